#include "scenarios/format/lists.h"

#include <algorithm>
#include <array>

#include "emu/layout/views.h"
#include "scenarios/format/fields.h"

namespace gogoscope {
namespace {

using Items = std::vector<std::uint64_t>;

/// A list that is linked through its members.
struct Linked {
  std::string_view owner, name;  ///< the struct that holds the head, and what the list is called there
  std::string_view head;         ///< field
  std::string_view type, link;   ///< struct and field that lead on
};
constexpr std::array<Linked, 6> kLinked = {{
    {"p", "gFree", "gFree.head", "g", "schedlink"},
    {"schedt", "runq", "runq.head", "g", "schedlink"},
    {"schedt", "gFree.stack", "gFree.stack.head", "g", "schedlink"},
    {"schedt", "gFree.noStack", "gFree.noStack.head", "g", "schedlink"},
    {"schedt", "midle", "midle", "m", "schedlink"},
    {"schedt", "pidle", "pidle", "p", "link"},
}};

struct ListName {
  std::string_view object, list;
};

std::optional<ListName> taken_apart(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  return ListName{name.substr(0, dot), name.substr(dot + 1)};
}

void walk(Items& out, const Linked& list, const Layout& layout, const MemoryView& memory, Addr owner,
          std::size_t bound) {
  Addr at(load_field(layout, memory, list.owner, owner, list.head).value_or(0));
  while (!at.is_nil() && out.size() < bound) {
    out.push_back(at.value());
    at = Addr(load_field(layout, memory, list.type, at, list.link).value_or(0));
  }
}

}  // namespace

std::vector<std::string_view> list_names(std::string_view of) {
  std::vector<std::string_view> out;
  if (of == "p") out = {"runnext", "runq"};
  if (of == "schedt") out = {"gFree"};  // both of its halves
  for (const Linked& list : kLinked) {
    if (list.owner == of) out.push_back(list.name);
  }
  return out;
}

bool is_list(std::string_view name) {
  const auto parts = taken_apart(name);
  const auto owner = parts ? struct_of_object(parts->object) : std::nullopt;
  if (!owner) return false;
  const std::vector<std::string_view> known = list_names(*owner);
  return std::find(known.begin(), known.end(), parts->list) != known.end();
}

std::optional<Items> list_items(std::string_view name, const Layout& layout, const MemoryView& memory,
                                const Entities& entities) {
  const auto parts = taken_apart(name);
  const Entity* owner = parts ? entities.find(parts->object) : nullptr;
  if (owner == nullptr) return std::nullopt;
  Items out;
  if (owner->kind == Entity::Kind::p && parts->list == "runnext") {
    const Addr g = PView(layout, memory, {owner->addr}).runnext().addr;
    if (!g.is_nil()) out.push_back(g.value());
  } else if (owner->kind == Entity::Kind::p && parts->list == "runq") {
    const PView p(layout, memory, {owner->addr});
    for (std::uint32_t i = 0; i < p.runq_length(); ++i) out.push_back(p.runq_at(i).addr.value());
  }
  const std::string_view type = struct_name(owner->kind);
  for (const Linked& list : kLinked) {
    const bool part = list.name.starts_with(parts->list) && list.name.substr(parts->list.size(), 1) == ".";
    if (list.owner != type || (list.name != parts->list && !part)) continue;
    walk(out, list, layout, memory, owner->addr, entities.all().size() + 1);
  }
  return out;
}

}  // namespace gogoscope
