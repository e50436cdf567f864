#include "scenarios/run/judge_invariants.h"

#include <algorithm>

#include "emu/check/invariant.h"
#include "scenarios/format/read_events.h"
#include "scenarios/run/step_place.h"

namespace gogoscope {
namespace {

/// "step 812, at runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP` (gogo.s:13), breaks sp-in-tls-g: ...".
Message broken_at(const Event& event, const Trace& trace) {
  const auto& broken = *event.as<InvariantBreak>();
  const Message why(
      {"breaks {name}\n    must be true: {sentence}\n    but: {reason}",
       "破坏了 {name}\n    应当成立：{sentence}\n    实际情况：{reason}"},
      {{"name", broken.name}, {"sentence", info(broken.id).sentence}, {"reason", broken.reason}});
  return {{"{step}, {why}", "{step}，{why}"}, {{"step", step_place(event.step, trace)}, {"why", why}}};
}

}  // namespace

void judge_break(const ExpectedBreak& expected, const Trace& trace, const Told& told, Verdict& verdict) {
  const std::vector<Event>& events = told.events;
  const auto first = std::find_if(events.begin(), events.end(),
                                  [](const Event& e) { return e.as<InvariantBreak>() != nullptr; });
  const auto at = static_cast<std::size_t>(first - events.begin());
  if (first == events.end()) {
    verdict.failures.push_back(
        {expected.mark,
         {{"expected that {name} breaks, but no invariant does", "{name} 应被破坏，却没有不变式被破坏"},
          {{"name", expected.invariant}}},
         around(told, at, false),
         {"breaks",
          {},
          Message::untranslated(expected.invariant),
          {{"none breaks", "没有被破坏的"}},
          {},
          trace.steps()}});
    return;
  }
  if (first->as<InvariantBreak>()->name != expected.invariant) {
    verdict.failures.push_back(
        {expected.mark,
         {{"expected that {name} is the first to break, but {found}", "最先被破坏的应是 {name}，却是{found}"},
          {{"name", expected.invariant}, {"found", broken_at(*first, trace)}}},
         around(told, at, true),
         {"breaks", {}, Message::untranslated(expected.invariant), told.line(at), first->step, {}}});
    return;
  }
  if (!expected.place) return;
  Cursor cursor(trace);
  cursor.seek(first->step);
  const auto places = resolve(*expected.place, trace.guest().code);
  const auto* pcs = std::get_if<std::vector<CodeAddr>>(&places);
  if (pcs != nullptr && std::find(pcs->begin(), pcs->end(), cursor.state().pc()) != pcs->end()) return;
  verdict.failures.push_back(
      {expected.place_mark,
       {{"expected that {name} breaks at {place}, but {found}", "{name} 应在 {place} 被破坏，却是{found}"},
        {{"name", expected.invariant}, {"place", expected.place_text}, {"found", broken_at(*first, trace)}}},
       around(told, at, true),
       {"breaks",
        expected.place_text,
        Message::untranslated(expected.place_text),
        step_place(first->step, trace),
        first->step,
        {}}});
}

bool is_expected(const Scenario& scenario, const Event& event, const Guest& guest) {
  const GoroutineAt none = [](std::string_view, std::uint64_t) { return std::nullopt; };
  return std::ranges::any_of(
      scenario.events, [&](const ExpectedEvent& e) { return gogoscope::matches(e, event, guest, none); });
}

void judge_invariants(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  const std::vector<Event>& events = told.events;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    if (event.as<InvariantBreak>() == nullptr) continue;
    if (is_expected(scenario, event, told.guest)) continue;
    verdict.failures.push_back(
        {{1, 1, 1},
         {{"an invariant broke: {found}", "不变式被破坏：{found}"}, {{"found", broken_at(event, trace)}}},
         around(told, i, true),
         {"",
          {},
          Message::literal(info(event.as<InvariantBreak>()->id).sentence),
          Message::literal(event.as<InvariantBreak>()->reason),
          event.step,
          {}}});
  }
}

}  // namespace gogoscope
