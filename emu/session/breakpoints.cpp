#include "emu/session/breakpoints.h"

#include <algorithm>

#include "asm/text/near.h"
#include "emu/history/delta.h"
#include "emu/session/arrival.h"

namespace gogoscope {
namespace {

/// Whether both stop a run at the same moments.
bool same(const Breakpoint& a, const Breakpoint& b) {
  if (a.written && b.written) {
    // A path through a pointer may name another place by now; typed again, it means the old one.
    return a.text == b.text || (a.written->addr == b.written->addr && a.written->size == b.written->size);
  }
  return !a.written && !b.written && a.addresses == b.addresses;
}

/// All fields of all gs, ms, ps and sched, and the data symbols.
void offer_fields(NearName& near, const Guest& guest, const Entities& entities) {
  for (const Entity& entity : entities.all()) {
    const StructLayout* const fields = guest.release->layout.find(struct_name(entity.kind));
    if (fields == nullptr) continue;
    for (const Field& field : fields->fields) near.offer(entity.short_name + "." + field.name);
  }
  for (const DataSymbol& symbol : guest.code.data()) near.offer(symbol.name);
}

}  // namespace

bool writes(const Step& step, const FieldRef& place) {
  return std::any_of(step.stores.begin(), step.stores.end(), [&](const Store& store) {
    return store.addr < place.addr + place.size && place.addr < store.addr + store.size;
  });
}

bool last_step_writes(const Cursor& at, const FieldRef& place) {
  const auto offset = at.state().map().image_offset(place.addr, place.size);
  if (!offset) return writes(at.last(), place);
  bool found = false;
  delta::visit(
      at.last_record(), [](unsigned, std::uint64_t) {},
      [&](std::uint32_t stored, unsigned size, std::uint64_t) {
        found = found || (stored < *offset + place.size && *offset < stored + size);
      });
  return found;
}

std::variant<Breakpoint, Message> resolve(const BreakSpot& spot, const Cursor& at) {
  const Guest& guest = at.trace().guest();
  Breakpoint out;
  if (const auto* const place = std::get_if<Place>(&spot)) {
    auto resolved = resolve(*place, guest.code);
    if (auto* const wrong = std::get_if<Message>(&resolved)) return std::move(*wrong);
    out.text = to_string(*place);
    out.place = *place;
    out.addresses = std::get<std::vector<CodeAddr>>(std::move(resolved));
    return out;
  }
  const std::string& path = std::get<FieldPath>(spot).text;
  const Names names(guest, at.state());
  out.text = path;
  out.written = names.find_field(path);
  if (out.written) return out;
  NearName near(path);
  for (const Function& function : guest.code.functions()) near.offer(function.name);
  offer_fields(near, guest, names.entities());
  return Message({"there is neither a function nor, at this moment, a field {name}{hint}",
                  "没有函数 {name}，此刻也没有这个字段{hint}"},
                 {{"name", path}, {"hint", did_you_mean(path, {near.name()})}});
}

std::vector<Breakpoint>::iterator Breakpoints::find(const Breakpoint& like) {
  return std::find_if(all_.begin(), all_.end(), [&](const Breakpoint& b) { return same(b, like); });
}

void Breakpoints::add(Breakpoint breakpoint) {
  breakpoint.id = {++made_};
  all_.push_back(std::move(breakpoint));
}

Message Breakpoints::set(const BreakSpot& spot, const Cursor& at) {
  auto resolved = resolve(spot, at);
  if (auto* const wrong = std::get_if<Message>(&resolved)) return std::move(*wrong);
  auto& breakpoint = std::get<Breakpoint>(resolved);
  if (find(breakpoint) == all_.end()) add(std::move(breakpoint));
  return {};
}

Message Breakpoints::clear(const BreakSpot& spot, const Cursor& at) {
  auto resolved = resolve(spot, at);
  if (auto* const wrong = std::get_if<Message>(&resolved)) return std::move(*wrong);
  const auto old = find(std::get<Breakpoint>(resolved));
  if (old != all_.end()) all_.erase(old);
  return {};
}

Message Breakpoints::toggle(const BreakSpot& spot, const Cursor& at) {
  auto resolved = resolve(spot, at);
  if (auto* const wrong = std::get_if<Message>(&resolved)) return std::move(*wrong);
  auto& breakpoint = std::get<Breakpoint>(resolved);
  if (const auto old = find(breakpoint); old != all_.end()) {
    all_.erase(old);
  } else {
    add(std::move(breakpoint));
  }
  return {};
}

Message Breakpoints::problem(BreakpointId id) const {
  const bool known = std::any_of(all_.begin(), all_.end(), [&](const Breakpoint& b) { return b.id == id; });
  if (known) return {};
  return Message({"there is no breakpoint {number}", "没有编号为 {number} 的断点"}, {{"number", id.number}});
}

Message Breakpoints::clear(BreakpointId id) {
  Message wrong = problem(id);
  if (wrong.empty()) std::erase_if(all_, [&](const Breakpoint& b) { return b.id == id; });
  return wrong;
}

bool Breakpoints::stop_at(const Cursor& at) const {
  for (const Breakpoint& breakpoint : all_) {
    if (!breakpoint.written) {
      if (arrives_at(breakpoint.addresses, at)) return true;
      continue;
    }
    if (at.position() > 0 && last_step_writes(at, *breakpoint.written)) return true;
  }
  return false;
}

std::vector<StopCause> Breakpoints::causes(const Cursor& at) const {
  std::vector<StopCause> out;
  for (const Breakpoint& breakpoint : all_) {
    if (breakpoint.written || !arrives_at(breakpoint.addresses, at)) continue;
    out.push_back({at.state().thread(), at.state().pc(), CameToPlace{breakpoint.id}});
  }
  if (at.position() == 0) return out;
  const Step step = at.last();
  for (const Breakpoint& breakpoint : all_) {
    if (!breakpoint.written || !writes(step, *breakpoint.written)) continue;
    const bool by_edit = step.kind == StepKind::edit;
    out.push_back({step.thread, step.pc, FieldWritten{breakpoint.id, breakpoint.text, by_edit}});
  }
  return out;
}

}  // namespace gogoscope
