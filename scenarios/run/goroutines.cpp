#include "scenarios/run/goroutines.h"

#include <fmt/format.h>

#include <limits>

#include "emu/disasm/go_wrapper.h"
#include "emu/history/cursor.h"
#include "emu/layout/ids.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

/// Whether the event is that of a g that begins to live: newproc1 makes it runnable.
const StatusChange* start_of(const Event& event) {
  const auto* const change = event.as<StatusChange>();
  if (change == nullptr || !change->g.is_ordinary()) return nullptr;
  const auto lifeless = [](std::uint32_t status) { return status == kGidle || status == kGdead; };
  return lifeless(change->from) && !lifeless(change->to) ? change : nullptr;
}

}  // namespace

Goroutines::Goroutines(const std::vector<NamedGoroutine>& names, const Trace& trace,
                       const std::vector<Event>& events) {
  if (names.empty()) return;
  for (const NamedGoroutine& name : names) found_.push_back({&name, std::nullopt, 0});
  const Guest& guest = trace.guest();
  Cursor cursor(trace);
  for (const Event& event : events) {
    const StatusChange* const start = start_of(event);
    if (start == nullptr) continue;
    const std::string g = gogoscope::name(start->g);
    for (Found& one : found_) {
      if (one.life && one.life->g == g && event.step < one.life->to) one.life->to = event.step;
    }
    cursor.seek(event.step + 1);
    const CodeAddr pc(
        load_field(guest.release->layout, cursor.state(), "g", start->g.addr, "startpc").value_or(0));
    const Function* const function = guest.code.function_at(pc);
    if (function == nullptr) continue;
    const Function* const called = called_by_go_wrapper(guest.code, cursor.state(), *function);
    for (Found& one : found_) {
      const Place& place = one.goroutine->function;
      const bool starts =
          place.function == function->name || (called != nullptr && place.function == called->name);
      if (!starts || ++one.started != place.visit) continue;
      one.life = Life{g, event.step, std::numeric_limits<std::uint64_t>::max()};
    }
  }
}

std::optional<std::string> Goroutines::at_step(std::string_view name, std::uint64_t k) const {
  for (const Found& one : found_) {
    if (one.goroutine->name != name) continue;
    return one.life && k >= one.life->from && k < one.life->to ? one.life->g : "";
  }
  return std::nullopt;
}

std::string Goroutines::at_state(std::string_view name, std::uint64_t k) const {
  return k == 0 ? "" : at_step(name, k - 1).value_or("");
}

std::variant<Sum, Message> Goroutines::bound(const Sum& sum, std::uint64_t k) const {
  Sum out = sum;
  for (Term& term : out.terms) {
    if (term.inner) {
      auto inner = bound(*term.inner, k);
      if (inner.index() == 1) return std::get<1>(std::move(inner));
      term.inner = std::make_shared<const Sum>(std::get<0>(std::move(inner)));
    }
    if (term.goroutine.empty()) continue;
    const std::string g = at_state(term.goroutine, k);
    if (g.empty()) {
      return Message({"there is no goroutine {name} at this moment", "此刻没有 goroutine {name}"},
                     {{"name", term.goroutine}});
    }
    term.name = g + term.name.substr(term.goroutine.size());
    term.goroutine.clear();
  }
  return out;
}

std::variant<Comparison, Message> Goroutines::bound(const Comparison& comparison, std::uint64_t k) const {
  Comparison out = comparison;
  for (const auto& [from, to] : {std::pair(&comparison.left, &out.left), {&comparison.right, &out.right}}) {
    auto side = bound(*from, k);
    if (side.index() == 1) return std::get<1>(std::move(side));
    *to = std::get<0>(std::move(side));
  }
  return out;
}

std::vector<Goroutines::Missing> Goroutines::missing() const {
  std::vector<Missing> out;
  for (const Found& one : found_) {
    if (!one.life) out.push_back({one.goroutine, one.started});
  }
  return out;
}

}  // namespace gogoscope
