// The invariants, over all that ships: they hold at every step, and are found the same however they are
// asked.
#include "emu/check/report.h"
#include "emu/check/run_events.h"
#include "emu/history/event_info.h"
#include "emu/machine/machine.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

std::string text_of(const std::vector<Event>& events, const Guest& guest) {
  std::string out;
  for (const Event& e : events) out += std::to_string(e.step) + ": " + to_string(e, guest) + "\n";
  return out;
}

class Invariants : public testing::TestWithParam<std::string> {};

/// Files whose run breaks something say so; runner and reports judge them.
bool is_to_break(const std::string& path) {
  const auto loaded = load_scenario(path);
  const auto* scenario = std::get_if<LoadedScenario>(&loaded);
  return scenario != nullptr && scenario->scenario.breaks.has_value();
}

TEST_P(Invariants, hold_at_every_step) {
  if (is_to_break(GetParam())) GTEST_SKIP();
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(program.guest->step_budget);
  ASSERT_GT(trace.steps(), 0U);
  RunEvents run(trace);
  run.follow(trace.steps());
  EXPECT_EQ(run.followed(), trace.steps());
  std::vector<Event> breaks = run.all();
  std::erase_if(breaks, [](const Event& e) { return e.as<InvariantBreak>() == nullptr; });
  EXPECT_EQ(text_of(breaks, trace.guest()), "");
}

TEST_P(Invariants, are_nowhere_broken_at_a_moment_looked_at_by_itself) {
  if (is_to_break(GetParam())) GTEST_SKIP();
  const Program program = program_of(GetParam());
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(program.guest->step_budget);
  Cursor cursor(trace);
  const std::uint64_t stride = trace.steps() / 100 + 1;
  do {
    for (const InvariantReport& r : invariants_at(cursor)) {
      ASSERT_NE(r.state, InvariantState::broken)
          << "state " << cursor.position() << ": " << info(r.id).name << ": " << r.detail.en;
    }
    cursor.seek(cursor.position() + stride);
  } while (!cursor.at_end());
}

INSTANTIATE_TEST_SUITE_P(Shipped, Invariants, testing::ValuesIn(shipped_scenarios()), test_name);

}  // namespace
}  // namespace gogoscope
