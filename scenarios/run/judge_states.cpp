#include "scenarios/run/judge_states.h"

#include "emu/history/named_cursor.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/step_place.h"

namespace gogoscope {
namespace {

/// `parts` says which section it is, and where.
void judge_expectations(const std::vector<Expectation>& expectations, const Message& when, FailureParts parts,
                        const Cursor& cursor, const Told& told, Verdict& verdict) {
  const std::uint64_t k = cursor.position();
  const Names names(told.guest, cursor.state());
  for (const Expectation& one : expectations) {
    const Answer answer = told.answer(one.comparison, {&cursor.state(), &names}, k);
    if (answer.holds) {
      verdict.met.push_back({one.mark, k});
      continue;
    }
    parts.expected = answer.expected;
    parts.got = answer.got;
    parts.state = k;
    parts.comparison = &one.comparison;
    verdict.failures.push_back({one.mark,
                                {{"{when} (state {k}): {sentence}", "{when}（状态 {k}）：{sentence}"},
                                 {{"when", when}, {"k", k}, {"sentence", answer.sentence}}},
                                around_step(told, k),
                                parts});
  }
}

}  // namespace

void judge_places(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  const Guest& guest = trace.guest();
  for (const PlaceExpectations& at : scenario.at) {
    const auto addresses = resolve(at.place, guest.code);
    if (std::holds_alternative<Message>(addresses)) continue;  // reported when the file was loaded
    VisitCounter counter(std::get<std::vector<CodeAddr>>(addresses), trace);
    if (!counter.reach(at.place.visit)) {
      verdict.failures.push_back(
          {at.mark,
           {{"expected to reach {place}, but the run reaches it {n} {times}",
             "应到达 {place}，而运行只到过这个位置 {n} {times}"},
            {{"place", at.place_text},
             {"n", counter.visits()},
             {"times", TextView{counter.visits() == 1 ? "time" : "times", "次"}}}},
           at_the_end(told),
           {"at",
            at.place_text,
            Message::untranslated(at.place_text),
            {{"{n} {times}", "{n} {times}"},
             {{"n", counter.visits()}, {"times", TextView{counter.visits() == 1 ? "time" : "times", "次"}}}},
            {},
            trace.steps()}});
      continue;
    }
    Cursor cursor = counter.cursor();
    // What the scenario itself sets here is part of the moment.
    while (!cursor.at_end() && trace.is_edit(cursor.position())) cursor.forward();
    judge_expectations(at.expect, {{"at {place}", "在 {place} 处"}, {{"place", at.place_text}}},
                       {"at", at.place_text, {}, {}, {}, {}}, cursor, told, verdict);
  }
}

void judge_last_state(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  Cursor end(trace);
  end.seek(trace.steps());
  judge_expectations(scenario.finally, {{"at the end", "在结束时"}}, {"finally", {}, {}, {}, {}, {}}, end,
                     told, verdict);
}

void judge_always(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  struct Asked {
    const Expectation* one = nullptr;
    bool named = false;  ///< it names goroutines, which are others from state to state
    bool asked = false, over = false;
    Message last;  ///< why it has no value
  };
  std::vector<Asked> all;
  for (const Expectation& one : scenario.always) {
    all.push_back({&one, names_goroutines(one.comparison), false, false, {}});
  }
  if (all.empty()) return;
  NamedCursor cursor(trace, 0);
  do {
    const std::uint64_t k = cursor.position();
    const Names names = cursor.names();
    for (Asked& one : all) {
      if (one.over) continue;
      const Comparison* comparison = &one.one->comparison;
      std::variant<Comparison, Message> bound;
      if (one.named) {
        bound = told.goroutines.bound(*comparison, k);
        if (bound.index() == 1) {
          one.last = std::get<1>(bound);
          continue;
        }
        comparison = &std::get<0>(bound);
      }
      const Answer answer = evaluate(*comparison, told.guest, Moment{&cursor.state(), &names});
      if (!answer.has_value) {
        one.last = answer.sentence;
        continue;
      }
      one.asked = true;
      if (answer.holds) continue;
      one.over = true;
      verdict.failures.push_back(
          {one.one->mark,
           {{"always, but not after {step} (state {k}): {sentence}",
             "应始终成立，但 {step} 之后不成立（状态 {k}）：{sentence}"},
            {{"step", step_place(k == 0 ? 0 : k - 1, trace)}, {"k", k}, {"sentence", answer.sentence}}},
           around_step(told, k == 0 ? 0 : k - 1),
           {"always", {}, answer.expected, answer.got, k == 0 ? std::optional<std::uint64_t>() : k - 1, k}});
    }
  } while (cursor.forward());
  for (const Asked& one : all) {
    if (one.asked) continue;
    verdict.failures.push_back(
        {one.one->mark,
         {{"always, but it has a value in no state of the run: {why}",
           "应始终成立，但在运行的任何状态里都没有值：{why}"},
          {{"why", one.last}}},
         at_the_end(told),
         {"always", {}, Message::untranslated(one.one->comparison.text), one.last, {}, trace.steps()}});
  }
}

}  // namespace gogoscope
