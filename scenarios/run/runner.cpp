#include "scenarios/run/runner.h"

#include <algorithm>

#include "emu/layout/describe.h"
#include "emu/live/live.h"
#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"
#include "scenarios/run/around.h"
#include "scenarios/run/grading.h"
#include "scenarios/run/judge_end.h"
#include "scenarios/run/judge_events.h"
#include "scenarios/run/judge_invariants.h"
#include "scenarios/run/judge_lesson.h"
#include "scenarios/run/judge_output.h"
#include "scenarios/run/judge_states.h"
#include "scenarios/run/judge_whenever.h"
#include "scenarios/run/step_place.h"

namespace gogoscope {
namespace {

/// A poke on its way: it waits for its place.
struct Pending {
  const Poke* poke = nullptr;
  std::vector<CodeAddr> places;
  int visits = 0;
  bool done = false;
};

/// `why` is an argument called why.
Message poke_error(const Poke& poke, const Argument& why) {
  return {{"{field} cannot be set at {place}: {why}", "{field} 不能在 {place} 处设置：{why}"},
          {{"field", poke.field}, {"place", poke.place_text}, why}};
}

/// Carries a poke out here and now; a message if that cannot be done.
Message carry_out(const Poke& poke, const std::vector<NamedGoroutine>& named, Session& session) {
  const Image& state = session.cursor().state();
  const Goroutines goroutines(named, session.trace(), session.events());
  std::string field = poke.field;
  if (!poke.goroutine.empty()) {
    const std::string g = goroutines.at_state(poke.goroutine, session.cursor().position());
    if (g.empty())
      return poke_error(
          poke, {"why", TextView{"there is no such goroutine at this moment", "此刻没有这个 goroutine"}});
    field = g + field.substr(poke.goroutine.size());
  }
  std::variant<std::uint64_t, Message> value;
  if (poke.clock_ns != 0) {
    const auto clock = find_field(session.guest(), state, poke.field);
    if (!clock) return poke_error(poke, {"why", TextView{"this program has no clock", "这个程序没有时钟"}});
    value = state.load_or_zero(clock->addr) + poke.clock_ns;
  } else {
    const auto sum = goroutines.bound(poke.value, session.cursor().position());
    if (sum.index() == 1) return poke_error(poke, {"why", std::get<1>(sum)});
    value = evaluate(std::get<0>(sum), session.guest(), state);
  }
  if (value.index() == 1) return poke_error(poke, {"why", std::get<1>(value)});
  Assignment assignment{FieldPath{field}, std::get<0>(value)};
  if (const auto reg = reg_by_name(poke.field)) assignment.target = *reg;
  const Outcome outcome = session.execute({CommandId::edit, std::move(assignment)});
  return outcome.ok() ? Message() : poke_error(poke, {"why", outcome.error});
}

/// Goes on, step by step, and carries out each poke when the run comes to its place; those of one moment in
/// the order of the file.
void carry_out_pokes(const Scenario& scenario, ScenarioRun& run) {
  Session& session = *run.session;
  std::vector<Pending> pending;
  for (const Poke& poke : scenario.set) {
    auto places = resolve(poke.place, session.guest().code);
    if (places.index() == 1) {
      run.error = poke_error(poke, {"why", std::get<1>(places)});
      run.error_mark = poke.mark;
      return;
    }
    pending.push_back({&poke, std::move(std::get<0>(places))});
  }
  std::size_t left = pending.size();
  while (left > 0) {
    // All are asked before the first one adds a step.
    std::vector<const Poke*> due;
    for (Pending& one : pending) {
      if (one.done || !arrives_at(one.places, session.cursor())) continue;
      one.done = ++one.visits == one.poke->place.visit;
      if (one.done) due.push_back(one.poke);
    }
    for (const Poke* poke : due) {
      run.error = carry_out(*poke, scenario.goroutines, session);
      session.adopt_edits();
      run.error_mark = poke->mark;
      if (!run.error.empty()) return;
    }
    left -= due.size();
    if (!due.empty()) continue;  // where an edit of RIP leads is a place, too
    const Outcome outcome = session.execute({CommandId::step});
    if (outcome.to != outcome.from) continue;
    const Poke& missed =
        *std::find_if(pending.begin(), pending.end(), [](const Pending& p) { return !p.done; })->poke;
    run.error =
        poke_error(missed, {"why", TextView{"the run ends before it gets there", "运行到不了那里就结束了"}});
    run.error_mark = missed.mark;
    return;
  }
}

Message at_most(std::uint64_t n) { return {{"at most {n}", "最多 {n}"}, {{"n", n}}}; }

void judge_bounds(const Bounds& within, const Trace& trace, const Told& told, Verdict& verdict) {
  if (within.steps && trace.steps() > *within.steps) {
    verdict.failures.push_back(
        {within.steps_mark,
         {{"expected at most {most} steps, but the run takes {n}", "最多应有 {most} 步，而运行用了 {n} 步"},
          {{"most", *within.steps}, {"n", trace.steps()}}},
         around_step(told, *within.steps),
         {"within",
          {},
          at_most(*within.steps),
          Message({"{n}", "{n}"}, {{"n", trace.steps()}}),
          *within.steps,
          {}}});
  }
  if (!within.handoffs) return;
  const std::vector<std::uint64_t> all = handoffs(told.events);
  if (all.size() <= *within.handoffs) return;
  verdict.failures.push_back(
      {within.handoffs_mark,
       {{"expected at most {most} handoffs, but the run makes {n}; the first too many is {step}",
         "最多应有 {most} 次切换，而运行做了 {n} 次；第一次多出来的是 {step}"},
        {{"most", *within.handoffs},
         {"n", all.size()},
         {"step", step_place(all[*within.handoffs] - 1, trace)}}},
       around_step(told, all[*within.handoffs] - 1),
       {"within",
        {},
        at_most(*within.handoffs),
        Message({"{n}", "{n}"}, {{"n", all.size()}}),
        all[*within.handoffs] - 1,
        {}}});
}

/// Whether the run is to continue past a step that breaks invariants: the file says what comes after it.
bool goes_on(const Scenario& scenario, std::span<const Event> step, const Guest& guest) {
  if (scenario.breaks) return scenario.goes_on();
  return std::ranges::all_of(step, [&](const Event& event) {
    return event.as<InvariantBreak>() == nullptr || is_expected(scenario, event, guest);
  });
}

}  // namespace

ScenarioRun run_scenario(const LoadedScenario& loaded) {
  ScenarioRun run;
  run.session = live_session(loaded.program);
  carry_out_pokes(loaded.scenario, run);
  Session& session = *run.session;
  // An invariant breaks only once, so the run stops no more often than there are invariants.
  for (;;) {
    const Outcome outcome = session.execute({CommandId::run});
    if (!outcome.stop || outcome.stop->reason() != StopReason::invariant) break;
    if (!goes_on(loaded.scenario, events_of(session.events(), outcome.to - 1), session.guest())) break;
  }
  return run;
}

Verdict judge(const LoadedScenario& loaded, const ScenarioRun& run) {
  Verdict verdict;
  const Trace& trace = run.session->trace();
  const Goroutines goroutines(loaded.scenario.goroutines, trace, run.session->events());
  const Told told{run.session->events(), trace.guest(), goroutines};
  verdict.steps = trace.steps();
  if (!run.error.empty())
    verdict.failures.push_back(
        {run.error_mark, run.error, {}, {"set", {}, {}, run.error, {}, trace.steps()}});
  // First of all: what else is wrong mostly follows from it.
  if (loaded.scenario.breaks) {
    judge_break(*loaded.scenario.breaks, trace, told, verdict);
  } else {
    judge_invariants(loaded.scenario, trace, told, verdict);
  }
  if (!loaded.scenario.breaks || loaded.scenario.goes_on()) {
    judge_end(loaded.scenario, trace, told, verdict);
  }
  const bool ended = verdict.failures.empty();
  judge_goroutines(told, verdict);
  judge_events(loaded.scenario, trace, told, verdict);
  judge_output(loaded.scenario, trace, told, verdict);
  judge_places(loaded.scenario, trace, told, verdict);
  judge_last_state(loaded.scenario, trace, told, verdict);
  judge_never(loaded.scenario, told, verdict);
  judge_always(loaded.scenario, trace, told, verdict);
  judge_whenever(loaded.scenario, trace, told, verdict);
  judge_bounds(loaded.scenario.within, trace, told, verdict);
  judge_lesson(loaded.scenario, trace, told, verdict);
  grade(loaded.scenario, ended, verdict);
  return verdict;
}

}  // namespace gogoscope
