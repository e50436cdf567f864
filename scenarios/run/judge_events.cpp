#include "scenarios/run/judge_events.h"

#include <algorithm>

#include "scenarios/format/read_events.h"
#include "scenarios/run/grading.h"

namespace gogoscope {
namespace {

bool matches(const ExpectedEvent& expected, const Event& event, const Told& told) {
  return gogoscope::matches(expected, event, told.guest, [&](std::string_view name, std::uint64_t step) {
    return told.goroutines.at_step(name, step);
  });
}

/// The event does not come after the first `at` events. If it has come before, that is what went wrong.
void never_comes(const ExpectedEvent& expected, const Told& told, std::size_t at,
                 const std::vector<bool>& taken, Verdict& verdict) {
  const Message after =
      at == 0 ? Message() : Message({" after {event}", "在 {event} 之后"}, {{"event", told.line(at - 1)}});
  for (std::size_t i = at; i-- > 0;) {
    if (taken[i] || !matches(expected, told.events[i], told)) continue;
    verdict.failures.push_back({expected.mark,
                                {{"expected the event {event}{after}, but it came too early: {early}",
                                  "{after}应有事件 {event}，它却来得太早：{early}"},
                                 {{"event", to_string(expected)}, {"after", after}, {"early", told.line(i)}}},
                                around(told, i, true)});
    return;
  }
  verdict.failures.push_back({expected.mark,
                              {{"expected the event {event}{after}, but it never happens",
                                "{after}应有事件 {event}，却一直没有出现"},
                               {{"event", to_string(expected)}, {"after", after}}},
                              at_the_end(told)});
}

}  // namespace

void judge_events(const Scenario& scenario, const Told& told, Verdict& verdict) {
  const std::vector<Event>& events = told.events;
  std::vector<bool> taken(events.size(), false);  // by an event that was expected
  std::size_t at = 0;
  for (std::size_t i = 0; i < scenario.events.size(); ++i) {
    const ExpectedEvent& expected = scenario.events[i];
    // With `exact`, the next event of any type that the list names must be the one expected.
    const auto in_question = [&](const Event& e) {
      return std::any_of(scenario.events.begin(), scenario.events.end(),
                         [&](const ExpectedEvent& other) { return other.type == e.type(); });
    };
    std::size_t found = at;
    while (found < events.size() && !matches(expected, events[found], told)) {
      if (scenario.exact && in_question(events[found])) {
        verdict.failures.push_back(
            {expected.mark,
             {{"expected the event {event} next, but found {found}", "接下来应为事件 {event}，却是 {found}"},
              {{"event", to_string(expected)}, {"found", told.line(found)}}},
             around(told, found, true)});
        return;
      }
      ++found;
    }
    if (found == events.size()) {
      never_comes(expected, told, at, taken, verdict);
      if (!events_are_graded(scenario)) return;
      continue;  // each is judged by itself, those after it from where the last one came
    }
    taken[found] = true;
    at = found + 1;
  }
  if (!scenario.exact) return;
  for (; at < events.size(); ++at) {
    const auto same = [&](const ExpectedEvent& e) { return e.type == events[at].type(); };
    const auto last = std::find_if(scenario.events.rbegin(), scenario.events.rend(), same);
    if (last == scenario.events.rend()) continue;
    verdict.failures.push_back(
        {last->mark,
         {{"expected no more events of this type, but found {found}", "不应再有这类事件，却出现了 {found}"},
          {{"found", told.line(at)}}},
         around(told, at, true)});
    return;
  }
}

void judge_never(const Scenario& scenario, const Told& told, Verdict& verdict) {
  for (const ExpectedEvent& forbidden : scenario.never) {
    const auto found =
        std::ranges::find_if(told.events, [&](const Event& e) { return matches(forbidden, e, told); });
    if (found == told.events.end()) continue;
    const auto at = static_cast<std::size_t>(found - told.events.begin());
    verdict.failures.push_back({forbidden.mark,
                                {{"the event {event} must never come, but it does: {found}",
                                  "事件 {event} 绝不应出现，却出现了：{found}"},
                                 {{"event", to_string(forbidden)}, {"found", told.line(at)}}},
                                around(told, at, true)});
  }
}

void judge_goroutines(const Told& told, Verdict& verdict) {
  for (const auto& [goroutine, started] : told.goroutines.missing()) {
    verdict.failures.push_back(
        {goroutine->mark,
         {{"expected the goroutine {name}, {function}, but go statements start {of} {n} {times}",
           "应有 goroutine {name}，即 {function}，而 go 语句只启动了 {of} {n} {times}"},
          {{"name", goroutine->name},
           {"function", goroutine->function_text},
           {"of", goroutine->function.function},
           {"n", started},
           {"times", TextView{started == 1 ? "time" : "times", "次"}}}},
         at_the_end(told)});
  }
}

}  // namespace gogoscope
