#include "emu/session/breakpoints.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/session/arrival.h"
#include "emu/session/nearest_name.h"

namespace gogoscope {
namespace {

constexpr const char* kExpected =
    "a breakpoint stands at a place such as runtime.gogo+0x23, or on a field such as g2.sched.sp";

bool stands_at(const Breakpoint& breakpoint, CodeAddr pc) {
  const auto& places = breakpoint.addresses;
  return std::find(places.begin(), places.end(), pc) != places.end();
}

/// Whether both stop a run at the same moments.
bool same(const Breakpoint& a, const Breakpoint& b) {
  if (a.written && b.written) {
    // A path through a pointer may name another place by now; who types it again wants the old one gone.
    return a.text == b.text || (a.written->addr == b.written->addr && a.written->size == b.written->size);
  }
  return !a.written && !b.written && a.addresses == b.addresses;
}

}  // namespace

bool writes(const Step& step, const FieldRef& place) {
  return std::any_of(step.stores.begin(), step.stores.end(), [&](const Store& store) {
    return store.addr < place.addr + place.size && place.addr < store.addr + store.size;
  });
}

void Breakpoints::toggle(Breakpoint breakpoint) {
  const auto old =
      std::find_if(all_.begin(), all_.end(), [&](const Breakpoint& b) { return same(b, breakpoint); });
  if (old != all_.end()) {
    all_.erase(old);
  } else {
    all_.push_back(std::move(breakpoint));
  }
}

std::string Breakpoints::toggle(const std::string& text, const Cursor& at) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return kExpected;
  const std::string wanted = text.substr(first, text.find_last_not_of(" \t") - first + 1);
  const Guest& guest = at.trace().guest();
  const auto parsed = parse_where(wanted);
  const Where* const where = std::get_if<Where>(&parsed);
  if (where != nullptr && where->kind != Where::Kind::place) return kExpected;

  // An offset, a line's text and a visit stand behind functions only.
  const bool in_code = wanted.find_first_of("+#\"") != std::string::npos ||
                       (where != nullptr && guest.code.function(where->place.function) != nullptr);
  if (in_code) {
    if (where == nullptr) return std::get<std::string>(parsed);
    const auto resolved = resolve(where->place, guest.code);
    if (const auto* error = std::get_if<std::string>(&resolved)) return *error;
    toggle({wanted, where->place, std::get<std::vector<CodeAddr>>(resolved), std::nullopt});
    return {};
  }
  const Names names(guest, at.state());
  if (const auto field = names.find_field(wanted)) {
    toggle({wanted, {}, {}, field});
    return {};
  }
  NearestName nearest(wanted);
  nearest.offer_functions(guest.code);
  nearest.offer_fields(guest.code, *guest.layout, names.entities());
  return fmt::format("there is neither a function nor, at this moment, a field {}{}", wanted, nearest.hint());
}

bool Breakpoints::stop_at(const Cursor& at) const {
  std::optional<Step> step;
  for (const Breakpoint& breakpoint : all_) {
    if (!breakpoint.written) {
      if (arrives_at(breakpoint.addresses, at)) return true;
      continue;
    }
    if (at.position() == 0) continue;
    if (!step) step = at.last();
    if (writes(*step, *breakpoint.written)) return true;
  }
  return false;
}

std::string Breakpoints::reason(const Cursor& at) const {
  const Code& code = at.trace().guest().code;
  const CodeAddr pc = at.state().pc();
  const bool here =
      std::any_of(all_.begin(), all_.end(), [pc](const Breakpoint& b) { return stands_at(b, pc); });
  std::string out = here ? code.symbolize(pc) : "";
  if (at.position() == 0) return out;
  const Step step = at.last();
  for (const Breakpoint& breakpoint : all_) {
    if (!breakpoint.written || !writes(step, *breakpoint.written)) continue;
    if (!out.empty()) out += "; ";
    out += fmt::format("{} written {} {}", breakpoint.text,
                       step.kind == StepKind::edit ? "by an edit before" : "at", code.symbolize(step.pc));
  }
  return out;
}

}  // namespace gogoscope
