// An expression is read, or refused at a place within it. What is read is read again as it is written, has an
// answer at every moment of a run, and a value that can be written down is the value.
#include "scenarios/format/expression.h"

#include <memory>

#include "emu/history/cursor.h"
#include "emu/machine/machine.h"
#include "emu/runtime/program.h"
#include "tests/fuzz/claim.h"

namespace gogoscope::fuzz {
namespace {

/// A run with two Ms, ended and waiting goroutines, and moments all over it.
struct Run {
  Program program;
  std::unique_ptr<Trace> trace;
  std::vector<Cursor> moments;

  Run() {
    ProgramOptions options;
    options.procs = 2;
    options.bodies = {
        {"bodies",
         "TEXT main·main(SB), $16-0\n GO main·worker(SB)\n GO main·worker(SB)\n CALL runtime·Gosched(SB)\n"
         " GO main·worker(SB)\n CALL runtime·Gosched(SB)\n RET\n"
         "TEXT main·worker(SB), $0-0\n CALL runtime·Gosched(SB)\n RET\n"}};
    auto built = build_program(options);
    claim(built.index() == 0, "the run's program is right");
    program = std::move(std::get<Program>(built));
    trace = std::make_unique<Trace>(program.guest);
    Machine(program.guest, program.slots, *trace).run(20'000);
    for (int i = 0; i <= 4; ++i) {
      moments.emplace_back(*trace);
      moments.back().seek(trace->steps() * static_cast<std::uint64_t>(i) / 4);
    }
  }
};

const GoroutineNames& goroutines() {
  static const GoroutineNames names = {"worker", "other"};
  return names;
}

const EventValues& event_values() {
  using Kind = EventValue::Kind;
  static const EventValues values = {{"g", Kind::g},       {"m", Kind::m},      {"from", Kind::status},
                                     {"to", Kind::status}, {"n", Kind::number}, {"list", Kind::list},
                                     {"what", Kind::word}};
  return values;
}

void claim_error(const ExpressionError& error, std::string_view text) {
  claim_message(error.message);
  claim(error.column >= 1 && error.width >= 1, "a place counts from 1", text);
  claim(static_cast<std::size_t>(error.column) <= characters(text) + 1, "an error is within the expression",
        text);
  claim(static_cast<std::size_t>(error.column + error.width - 1) <= characters(text) + 1, "its mark too",
        text);
}

void answers(const Comparison& comparison, const Run& run, const EventValues& values) {
  const Guest& guest = *run.program.guest;
  const Layout& layout = guest.release->layout;
  for (const ExpressionError& e : check_symbols(comparison.left, guest.code)) claim_message(e.message);
  for (const Cursor& moment : run.moments) {
    const Answer answer = evaluate(comparison, guest, moment.state());
    if (!answer.holds) claim_message(answer.sentence);
    claim(answer.has_value || !answer.holds, "what has no value does not hold", comparison.text);
    if (names_goroutines(comparison)) continue;
    const auto value = left_as_written(comparison, guest, moment.state());
    if (!value) continue;
    const std::string written = comparison.left.text + " == " + *value;
    const auto again = parse_comparison(written, layout, goroutines(), values);
    claim(again.index() == 0, "a value is written in words that can be read", written);
    claim(evaluate(std::get<0>(again), guest, moment.state()).holds, "and is the value", written);
  }
}

}  // namespace
}  // namespace gogoscope::fuzz

/// The text as an expression and as a claim; its first two lines as a field and a value.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gogoscope;
  using namespace gogoscope::fuzz;
  static const Run run;
  const Layout& layout = run.program.guest->release->layout;
  const std::string_view text = as_text(data, size);

  for (const bool of_an_event : {false, true}) {
    const EventValues& values = of_an_event ? event_values() : EventValues();
    const auto parsed = parse_comparison(text, layout, goroutines(), values);
    if (const auto* const error = std::get_if<ExpressionError>(&parsed)) {
      claim_error(*error, text);
      continue;
    }
    const auto& comparison = std::get<Comparison>(parsed);
    const auto again = parse_comparison(comparison.text, layout, goroutines(), values);
    claim(again.index() == 0 && std::get<0>(again).text == comparison.text, "what is read is read again",
          text);
    answers(comparison, run, values);
  }

  const auto sentence = parse_claim(text, layout);
  if (const auto* const error = std::get_if<ExpressionError>(&sentence)) {
    claim_error(*error, text);
  } else {
    const Names before(*run.program.guest, run.moments[1].state());
    const Names after(*run.program.guest, run.moments[2].state());
    holds(std::get<0>(sentence), *run.program.guest, {&run.moments[1].state(), &before},
          {&run.moments[2].state(), &after});
  }

  const std::size_t line = text.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view field = text.substr(0, line), value = text.substr(line + 1);
  bool in_value = false;
  const auto equality = parse_equality(field, value, layout, in_value, goroutines());
  if (const auto* const error = std::get_if<ExpressionError>(&equality)) {
    claim_error(*error, in_value ? value : field);
  } else {
    answers(std::get<0>(equality), run, {});
  }
  return 0;
}
