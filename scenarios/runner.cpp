#include "scenarios/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/session/live.h"
#include "scenarios/moments.h"
#include "scenarios/read_events.h"

namespace gogoscope {
namespace {

std::string poke_error(const Poke& poke, const std::string& what) {
  return fmt::format("{} cannot be set at {}: {}", poke.field, poke.place_text, what);
}

/// Runs to the poke's place and carries it out; a sentence if that cannot be done.
std::string carry_out(const Poke& poke, Session& session) {
  const auto addresses = resolve(poke.place, session.guest().code);
  if (std::holds_alternative<std::string>(addresses))
    return poke_error(poke, std::get<std::string>(addresses));
  VisitCounter counter(std::get<std::vector<CodeAddr>>(addresses), session.trace());
  while (!counter.reach(poke.place.visit)) {
    const std::uint64_t before = session.trace().steps();
    const Outcome outcome = session.execute({CommandId::step, ""});
    if (!outcome.ok() || session.trace().steps() == before) {
      return poke_error(poke, "the run ends before it gets there");
    }
  }
  const auto value = evaluate(poke.value, session.guest(), session.cursor().state());
  if (value.index() == 1) return poke_error(poke, std::get<1>(value));
  const Outcome outcome =
      session.execute({CommandId::edit, fmt::format("{} = {:#x}", poke.field, std::get<0>(value))});
  return outcome.ok() ? "" : poke_error(poke, outcome.error);
}

std::string at_step(const Event& event) { return fmt::format("step {}: {}", event.step, to_string(event)); }

/// A few events around index `at`, the one in question marked.
std::vector<std::string> around(const std::vector<Event>& events, std::size_t at, bool mark) {
  std::vector<std::string> out;
  const std::size_t begin = at > 3 ? at - 3 : 0;
  const std::size_t end = std::min(events.size(), at + 3);
  for (std::size_t i = begin; i < end; ++i) {
    out.push_back(fmt::format("  {} {}", mark && i == at ? ">" : " ", at_step(events[i])));
  }
  if (out.empty()) out.push_back("    (no events)");
  return out;
}

/// The events around a moment.
std::vector<std::string> around_step(const std::vector<Event>& events, std::uint64_t step) {
  const auto first =
      std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.step >= step; });
  return around(events, static_cast<std::size_t>(first - events.begin()), false);
}

void judge_events(const Scenario& scenario, const std::vector<Event>& events, Verdict& verdict) {
  std::size_t at = 0;
  for (std::size_t i = 0; i < scenario.events.size(); ++i) {
    const ExpectedEvent& expected = scenario.events[i];
    // With `exact`, the next event of any type that the list names must be the one expected.
    const auto in_question = [&](const Event& e) {
      return std::any_of(scenario.events.begin(), scenario.events.end(),
                         [&](const ExpectedEvent& other) { return other.type == e.type; });
    };
    std::size_t found = at;
    while (found < events.size() && !matches(expected, events[found])) {
      if (scenario.exact && in_question(events[found])) {
        verdict.failures.push_back({expected.mark,
                                    fmt::format("expected the event {} next, but found {}",
                                                to_string(expected), at_step(events[found])),
                                    around(events, found, true)});
        return;
      }
      ++found;
    }
    if (found == events.size()) {
      const std::string after = at == 0 ? "" : fmt::format(" after {}", at_step(events[at - 1]));
      verdict.failures.push_back(
          {expected.mark,
           fmt::format("expected the event {}{}, but it never comes", to_string(expected), after),
           around(events, at, false)});
      return;
    }
    at = found + 1;
  }
  if (!scenario.exact) return;
  for (; at < events.size(); ++at) {
    const auto same = [&](const ExpectedEvent& e) { return e.type == events[at].type; };
    const auto last = std::find_if(scenario.events.rbegin(), scenario.events.rend(), same);
    if (last == scenario.events.rend()) continue;
    verdict.failures.push_back(
        {last->mark, fmt::format("expected no more events of this type, but found {}", at_step(events[at])),
         around(events, at, true)});
    return;
  }
}

void judge_expectations(const std::vector<Expectation>& expectations, const std::string& when,
                        const Guest& guest, const StateView& state, std::uint64_t k,
                        const std::vector<Event>& events, Verdict& verdict) {
  for (const Expectation& one : expectations) {
    const Answer answer = evaluate(one.comparison, guest, state);
    if (!answer.holds) {
      verdict.failures.push_back(
          {one.mark, fmt::format("{} (state {}): {}", when, k, answer.sentence), around_step(events, k)});
    }
  }
}

void judge_places(const Scenario& scenario, const Trace& trace, const std::vector<Event>& events,
                  Verdict& verdict) {
  const Guest& guest = trace.guest();
  for (const PlaceExpectations& at : scenario.at) {
    const auto addresses = resolve(at.place, guest.code);
    if (std::holds_alternative<std::string>(addresses)) continue;  // told when the file was loaded
    VisitCounter counter(std::get<std::vector<CodeAddr>>(addresses), trace);
    if (!counter.reach(at.place.visit)) {
      verdict.failures.push_back(
          {at.mark,
           fmt::format("expected to come to {}, but the run comes to this place {} time{}", at.place_text,
                       counter.visits(), counter.visits() == 1 ? "" : "s"),
           around(events, events.size(), false)});
      continue;
    }
    Cursor cursor = counter.cursor();
    // What the scenario itself sets here is part of the moment.
    while (!cursor.at_end() && trace.is_edit(cursor.position())) cursor.forward();
    judge_expectations(at.expect, "at " + at.place_text, guest, cursor.state(), cursor.position(), events,
                       verdict);
  }
}

std::string describe(const Stop& stop) {
  if (stop.reason == StopReason::exit) return fmt::format("exits with code {}", stop.exit_code);
  const std::string detail = stop.detail.empty() ? "" : ": " + stop.detail;
  return fmt::format("stops with a {}{}", name(stop.reason), detail);
}

void judge_stop(const Scenario& scenario, const Trace& trace, const std::vector<Event>& events,
                Verdict& verdict) {
  const ExpectedStop& expected = scenario.stop;
  const Stop* stop = trace.end();
  std::string message;
  if (stop == nullptr) {
    message = fmt::format("the run did not stop within its budget of {} steps", scenario.budget);
  } else if (stop->reason != expected.reason || stop->exit_code != expected.exit_code) {
    Stop wanted;
    wanted.reason = expected.reason;
    wanted.exit_code = expected.exit_code;
    message = fmt::format("expected that the run {}, but it {}", describe(wanted), describe(*stop));
  } else if (stop->detail.find(expected.detail_contains) == std::string::npos) {
    message = fmt::format("expected a {} whose detail contains \"{}\", but it is \"{}\"", name(stop->reason),
                          expected.detail_contains, stop->detail);
  }
  if (!message.empty())
    verdict.failures.push_back({expected.mark, message, around(events, events.size(), false)});
}

void judge_invariants(const Scenario& scenario, const std::vector<Event>& events, Verdict& verdict) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Event& event = events[i];
    if (event.type != EventType::invariant) continue;
    const bool expected = std::any_of(scenario.events.begin(), scenario.events.end(),
                                      [&](const ExpectedEvent& e) { return matches(e, event); });
    if (expected) continue;
    verdict.failures.push_back(
        {{1, 1, 1}, fmt::format("an invariant broke: {}", at_step(event)), around(events, i, true)});
  }
}

}  // namespace

ScenarioRun run_scenario(const LoadedScenario& loaded) {
  ScenarioRun run;
  run.session = live_session(loaded.program);
  for (const Poke& poke : loaded.scenario.set) {
    run.error = carry_out(poke, *run.session);
    if (!run.error.empty()) {
      run.error_mark = poke.mark;
      break;
    }
  }
  run.session->execute({CommandId::run, ""});
  return run;
}

Verdict judge(const LoadedScenario& loaded, const ScenarioRun& run) {
  Verdict verdict;
  const Trace& trace = run.session->trace();
  const std::vector<Event>& events = run.session->events();
  verdict.steps = trace.steps();
  if (!run.error.empty()) verdict.failures.push_back({run.error_mark, run.error, {}});
  judge_stop(loaded.scenario, trace, events, verdict);
  judge_events(loaded.scenario, events, verdict);
  judge_places(loaded.scenario, trace, events, verdict);
  Cursor end(trace);
  end.seek(trace.steps());
  judge_expectations(loaded.scenario.finally, "at the end", trace.guest(), end.state(), trace.steps(), events,
                     verdict);
  judge_invariants(loaded.scenario, events, verdict);
  return verdict;
}

std::string report(const Scenario& scenario, const Verdict& verdict) {
  std::string out;
  const std::vector<std::string>* told = nullptr;
  for (const Failure& failure : verdict.failures) {
    const FileMark& mark = failure.mark;
    out += fmt::format("{}:{}:{}: {}\n", scenario.path, std::max(mark.line, 1), std::max(mark.column, 1),
                       failure.message);
    // The same events need not be read twice.
    if (told != nullptr && *told == failure.context) continue;
    for (const std::string& line : failure.context) out += line + "\n";
    told = &failure.context;
  }
  return out;
}

}  // namespace gogoscope
