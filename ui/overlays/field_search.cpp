#include "ui/overlays/field_search.h"

#include <algorithm>

#include "emu/layout/views.h"
#include "ui/draw.h"
#include "ui/overlays/fuzzy.h"

namespace gogoscope {
namespace {

/// The struct in which the rest of a path is to be looked up.
struct Inside {
  std::string prefix;  ///< "g2", "m0.curg"
  std::string_view rest;
  const StructLayout* layout;
  Addr base;
};

std::string_view pointed_at(std::string_view type) {
  for (const std::string_view name : {"g", "m", "p"}) {
    if (type == std::string("*").append(name) || type == std::string(name).append("uintptr")) return name;
  }
  return {};
}

std::optional<Inside> inside(std::string_view typed, const View& view) {
  const Layout& layout = view.guest->release->layout;
  // The last dot first: m0.curg.g is inside the g that m0.curg points to.
  for (std::size_t dot = typed.rfind('.'); dot != std::string_view::npos && dot > 0;
       dot = typed.rfind('.', dot - 1)) {
    const std::string_view head = typed.substr(0, dot);
    const std::string_view rest = typed.substr(dot + 1);
    if (const Entity* entity = view.names->entities().find(head)) {
      return Inside{std::string(head), rest, layout.find(struct_name(entity->kind)), entity->addr};
    }
    const auto field = view.names->find_field(head);
    const std::string_view target = field ? pointed_at(field->type) : "";
    if (target.empty()) continue;
    const auto pointer = view.state().load(field->addr, 8);
    if (pointer && *pointer != 0) return Inside{std::string(head), rest, layout.find(target), Addr(*pointer)};
  }
  return std::nullopt;
}

std::string value_of(const View& view, Addr addr, std::uint32_t size) {
  if (size != 1 && size != 2 && size != 4 && size != 8) return "";
  const auto value = view.state().load(addr, static_cast<int>(size));
  return value ? draw::hex_short(*value) : "";
}

}  // namespace

std::vector<FieldHit> find_fields(std::string_view typed, const View& view, std::size_t most) {
  std::vector<FieldHit> hits;
  const std::optional<Inside> in = inside(typed, view);
  if (in && in->layout != nullptr) {
    struct Found {
      const Field* field;
      FuzzyMatch match;
    };
    std::vector<Found> found;
    for (const Field& field : in->layout->fields) {
      if (auto match = fuzzy(in->rest, field.name)) found.push_back({&field, std::move(*match)});
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.match.score > b.match.score; });
    if (found.size() > most) found.resize(most);
    for (Found& one : found) {
      FieldHit& hit = hits.emplace_back();
      hit.path = in->prefix + "." + one.field->name;
      hit.addr = in->base + one.field->offset;
      hit.size = one.field->size;
      hit.type = one.field->type;
      if (one.field->leaf) hit.value = value_of(view, hit.addr, hit.size);
      for (const std::uint16_t at : one.match.at)
        hit.at.push_back(static_cast<std::uint16_t>(at + in->prefix.size() + 1));
    }
  }
  // What is typed may be a path as it stands, p0.runq[3]; then it comes first.
  const bool first_already = !hits.empty() && hits.front().path == typed;
  if (first_already || typed.find('.') == std::string_view::npos) return hits;
  if (const auto field = view.names->find_field(typed)) {
    std::erase_if(hits, [&](const FieldHit& hit) { return hit.path == typed; });
    hits.insert(hits.begin(), FieldHit{std::string(typed),
                                       field->addr,
                                       field->size,
                                       field->type,
                                       value_of(view, field->addr, field->size),
                                       {}});
  }
  return hits;
}

}  // namespace gogoscope
