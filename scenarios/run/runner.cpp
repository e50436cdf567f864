#include "scenarios/run/runner.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/printable.h"
#include "emu/check/invariant.h"
#include "emu/guest/line_essence.h"
#include "emu/history/event_info.h"
#include "emu/layout/describe.h"
#include "emu/live/live.h"
#include "emu/session/arrival.h"
#include "scenarios/format/read_events.h"
#include "scenarios/run/around.h"
#include "scenarios/run/judge_end.h"
#include "scenarios/run/moments.h"

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
  std::variant<std::uint64_t, std::string> value;
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
      return;
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

Answer answer_at(const Comparison& comparison, const StateView& state, std::uint64_t k, const Told& told) {
  const auto bound = told.goroutines.bound(comparison, k);
  if (const auto* const why = std::get_if<std::string>(&bound))
    return {false, fmt::format("expected {}, but {}", comparison.text, *why)};
  return evaluate(std::get<Comparison>(bound), told.guest, state);
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

void judge_expectations(const std::vector<Expectation>& expectations, const Message& when,
                        const StateView& state, std::uint64_t k, const Told& told, Verdict& verdict) {
  for (const Expectation& one : expectations) {
    const Answer answer = answer_at(one.comparison, state, k, told);
    if (!answer.holds) {
      verdict.failures.push_back({one.mark,
                                  {{"{when} (state {k}): {sentence}", "{when}（状态 {k}）：{sentence}"},
                                   {{"when", when}, {"k", k}, {"sentence", answer.sentence}}},
                                  around_step(told, k)});
    }
  }
}

void judge_places(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  const Guest& guest = trace.guest();
  for (const PlaceExpectations& at : scenario.at) {
    const auto addresses = resolve(at.place, guest.code);
    if (std::holds_alternative<Message>(addresses)) continue;  // reported when the file was loaded
    VisitCounter counter(std::get<std::vector<CodeAddr>>(addresses), trace);
    if (!counter.reach(at.place.visit)) {
      verdict.failures.push_back({at.mark,
                                  {{"expected to reach {place}, but the run reaches it {n} {times}",
                                    "应到达 {place}，而运行只到过这个位置 {n} {times}"},
                                   {{"place", at.place_text},
                                    {"n", counter.visits()},
                                    {"times", TextView{counter.visits() == 1 ? "time" : "times", "次"}}}},
                                  at_the_end(told)});
      continue;
    }
    Cursor cursor = counter.cursor();
    // What the scenario itself sets here is part of the moment.
    while (!cursor.at_end() && trace.is_edit(cursor.position())) cursor.forward();
    judge_expectations(at.expect, {{"at {place}", "在 {place} 处"}, {{"place", at.place_text}}},
                       cursor.state(), cursor.position(), told, verdict);
  }
}

/// "step 812, at runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP` (gogo.s:13), breaks sp-in-tls-g: ...".
Message broken_at(const Event& event, const Trace& trace) {
  Cursor cursor(trace);
  cursor.seek(event.step);
  const Code& code = trace.guest().code;
  const CodeAddr pc = cursor.state().pc();
  const auto& broken = *event.as<InvariantBreak>();
  const Message why(
      {"breaks {name}\n    must be true: {sentence}\n    but: {reason}",
       "破坏了 {name}\n    应当成立：{sentence}\n    实际情况：{reason}"},
      {{"name", broken.name}, {"sentence", info(broken.id).sentence}, {"reason", broken.reason}});
  // The instruction after an edit has not run.
  if (trace.is_edit(event.step)) {
    return {{"step {n}, an edit by hand, {why}", "第 {n} 步，手工修改，{why}"},
            {{"n", event.step}, {"why", why}}};
  }
  std::string line;
  const Function* function = code.function_at(pc);
  const Instruction* instruction = code.instruction_at(pc);
  if (function != nullptr && instruction != nullptr) {
    line = fmt::format(", `{}` ({}:{})", line_essence(code.line_text(*function, instruction->line)),
                       code.sources()[function->source].name, instruction->line);
  }
  return {{"step {n}, at {place}{line}, {why}", "第 {n} 步，在 {place}{line}，{why}"},
          {{"n", event.step}, {"place", code.symbolize(pc)}, {"line", line}, {"why", why}}};
}

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
         around(told, at, false)});
    return;
  }
  if (first->as<InvariantBreak>()->name != expected.invariant) {
    verdict.failures.push_back(
        {expected.mark,
         {{"expected that {name} is the first to break, but {found}", "最先被破坏的应是 {name}，却是{found}"},
          {{"name", expected.invariant}, {"found", broken_at(*first, trace)}}},
         around(told, at, true)});
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
       around(told, at, true)});
}

/// Of an event that names no goroutine, as those of invariants.
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
         around(told, i, true)});
  }
}

/// Whether the run is to continue past a step that breaks invariants: the file says what comes after it.
bool goes_on(const Scenario& scenario, std::span<const Event> step, const Guest& guest) {
  if (scenario.breaks) return scenario.stop.mark.line > 0;
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
  if (!run.error.empty()) verdict.failures.push_back({run.error_mark, run.error, {}});
  // First of all: what else is wrong mostly follows from it.
  if (loaded.scenario.breaks) {
    judge_break(*loaded.scenario.breaks, trace, told, verdict);
  } else {
    judge_invariants(loaded.scenario, trace, told, verdict);
  }
  if (!loaded.scenario.breaks || loaded.scenario.stop.mark.line > 0) {
    judge_end(loaded.scenario, trace, told, verdict);
  }
  judge_goroutines(told, verdict);
  judge_events(loaded.scenario, told, verdict);
  judge_places(loaded.scenario, trace, told, verdict);
  Cursor end(trace);
  end.seek(trace.steps());
  judge_expectations(loaded.scenario.finally, {{"at the end", "在结束时"}}, end.state(), trace.steps(), told,
                     verdict);
  return verdict;
}

std::string report(const Scenario& scenario, const Verdict& verdict, Language language) {
  std::string out;
  const std::vector<std::string>* shown = nullptr;
  for (const Failure& failure : verdict.failures) {
    const FileMark& mark = failure.mark;
    out += fmt::format("{}:{}:{}: {}\n", scenario.path, std::max(mark.line, 1), std::max(mark.column, 1),
                       printable_lines(failure.message.in(language)));
    // The same events need not be read twice.
    if (shown != nullptr && *shown == failure.context) continue;
    for (const std::string& line : failure.context) out += line + "\n";
    shown = &failure.context;
  }
  return out;
}

}  // namespace gogoscope
