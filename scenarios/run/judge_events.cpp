#include "scenarios/run/judge_events.h"

#include <algorithm>

#include "scenarios/format/read_events.h"
#include "scenarios/run/grading.h"
#include "scenarios/run/step_place.h"

namespace gogoscope {
namespace {

bool matches(const ExpectedEvent& expected, const Event& event, const Told& told) {
  return gogoscope::matches(expected, event, told.guest, [&](std::string_view name, std::uint64_t step) {
    return told.goroutines.at_step(name, step);
  });
}

Message wanted(const ExpectedEvent& expected) { return Message::untranslated(to_string(expected)); }

/// The event after the first `at` that is most like the one expected: of its type, of the same goroutine if
/// it names one, and with as many of its fields as can be had; the last of several, since what came before
/// could still have been followed by the right one. Nothing if none shares a field.
std::optional<std::size_t> nearest(const ExpectedEvent& expected, const Told& told, std::size_t at,
                                   const std::vector<bool>& taken) {
  std::optional<std::size_t> best;
  std::size_t most = 0;
  for (std::size_t i = at; i < told.events.size(); ++i) {
    if (taken[i] || told.events[i].type() != expected.type) continue;
    std::size_t same = 0;
    bool of_another = false;
    for (const auto& field : expected.fields) {
      ExpectedEvent one = expected;
      one.fields = {field};
      const bool fits = matches(one, told.events[i], told);
      same += fits ? 1 : 0;
      of_another = of_another || (field.first == "g" && !fits);
    }
    if (same == 0 || same < most || of_another) continue;
    most = same;
    best = i;
  }
  return best;
}

/// The event does not come after the first `at` events. If it has come before, that is what went wrong.
void never_comes(const ExpectedEvent& expected, const Trace& trace, const Told& told, std::size_t at,
                 const std::vector<bool>& taken, Verdict& verdict) {
  const Message after =
      at == 0 ? Message() : Message({" after {event}", "在 {event} 之后"}, {{"event", told.line(at - 1)}});
  for (std::size_t i = at; i-- > 0;) {
    if (taken[i] || !matches(expected, told.events[i], told)) continue;
    verdict.failures.push_back({expected.mark,
                                {{"expected the event {event}{after}, but it came too early: {early}",
                                  "{after}应有事件 {event}，它却来得太早：{early}"},
                                 {{"event", to_string(expected)}, {"after", after}, {"early", told.line(i)}}},
                                around(told, i, true),
                                {"events", {}, wanted(expected), told.line(i), told.events[i].step, {}}});
    return;
  }
  const std::optional<std::size_t> instead = nearest(expected, told, at, taken);
  if (!instead) {
    verdict.failures.push_back(
        {expected.mark,
         {{"expected the event {event}{after}, but it never happens",
           "{after}应有事件 {event}，却一直没有出现"},
          {{"event", to_string(expected)}, {"after", after}}},
         at_the_end(told),
         {"events", {}, wanted(expected), {{"no such event", "没有这样的事件"}}, {}, trace.steps()}});
    return;
  }
  const std::uint64_t step = told.events[*instead].step;
  verdict.failures.push_back(
      {expected.mark,
       {{"expected the event {event}{after}, but it never happens\n    instead, by {step}: {instead}",
         "{after}应有事件 {event}，却一直没有出现\n    出现的是{step}：{instead}"},
        {{"event", to_string(expected)},
         {"after", after},
         {"instead", told.event(*instead)},
         {"step", step_place(step, trace)}}},
       around_and_end(told, *instead),
       {"events", {}, wanted(expected), told.line(*instead), step, {}}});
}

}  // namespace

void judge_events(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
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
             around(told, found, true),
             {"events", {}, wanted(expected), told.line(found), events[found].step, {}}});
        return;
      }
      ++found;
    }
    if (found == events.size()) {
      never_comes(expected, trace, told, at, taken, verdict);
      if (!events_are_graded(scenario)) return;
      continue;  // each is judged by itself, those after it from where the last one came
    }
    taken[found] = true;
    verdict.met.push_back({expected.mark, events[found].step + 1});
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
         around(told, at, true),
         {"exact",
          {},
          {{"no more events of this type", "不再有这类事件"}},
          told.line(at),
          events[at].step,
          {}}});
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
                                around(told, at, true),
                                {"never",
                                 {},
                                 {{"never {event}", "绝无 {event}"}, {{"event", to_string(forbidden)}}},
                                 told.line(at),
                                 found->step,
                                 {}}});
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
         at_the_end(told),
         {"goroutines",
          {},
          Message::untranslated(goroutine->function_text),
          {{"{n} started", "启动了 {n} 个"}, {{"n", started}}},
          {},
          {}}});
  }
}

}  // namespace gogoscope
