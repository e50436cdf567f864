// Scenarios made at random: each loads and runs without a crash, two runs are the same byte for byte, a walk
// back to boot passes the states that the way there passed, the engine goes on from the past as it went
// before, and no invariant breaks unless fields were changed by hand; then the report names it.
//
// GOGOSCOPE_SEEDS=5000..9999 tries those seeds, or a single one. A failure prints the scenario.
#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "emu/machine/machine.h"
#include "scenarios/run/runner.h"
#include "tests/property/random_scenario.h"

namespace gogoscope {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::uint64_t kSeeds = 25;
#else
constexpr std::uint64_t kSeeds = 400;
#endif

std::string saved(const Trace& trace) {
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

/// Hashes of states all over a record, walked over forwards and then backwards.
void expect_same_way_back(const Trace& trace) {
  const std::uint64_t stride = trace.steps() / 40 + 1;
  std::vector<std::uint64_t> hashes;
  Cursor cursor(trace);
  do {
    if (cursor.position() % stride == 0) hashes.push_back(cursor.state().hash());
  } while (cursor.forward());
  do {
    if (cursor.position() % stride != 0) continue;
    ASSERT_EQ(cursor.state().hash(), hashes[cursor.position() / stride]) << "state " << cursor.position();
  } while (cursor.back());
  ASSERT_EQ(cursor.state().hash(), trace.guest().boot->hash());
}

/// The engine, put back to a state of the past, makes the same future of it.
void expect_same_future(const Program& program, std::uint64_t seed) {
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(program.guest->step_budget);
  const std::string first = saved(trace);
  const std::uint64_t steps = trace.steps();
  Cursor past(trace);
  past.seek(seed * 0x9e3779b97f4a7c15 % steps);
  machine.resume_from(past);
  machine.run(steps - trace.steps());
  ASSERT_TRUE(saved(trace) == first) << "gone on from state " << past.position();
}

const Event* first_break(const std::vector<Event>& events) {
  for (const Event& event : events) {
    if (event.as<InvariantBreak>() != nullptr) return &event;
  }
  return nullptr;
}

/// The ends that a right program has: it exits, all its goroutines wait, or it takes too long.
bool is_fair_end(const Stop* end) {
  return end == nullptr || end->reason == StopReason::exit || end->reason == StopReason::deadlock;
}

std::string words(const Stop* end) {
  return end != nullptr ? std::string(name(end->reason)) + " " + end->detail.en : "budget";
}

void run_and_judge(std::uint64_t seed) {
  const RandomScenario made = random_scenario(seed);
  SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + made.text);
  const auto read = load_scenario_text("random.yaml", made.text);
  if (const auto* const problems = std::get_if<Diagnostics>(&read)) {
    for (const Diagnostic& d : *problems) ADD_FAILURE() << format(d);
    return;
  }
  const auto& loaded = std::get<LoadedScenario>(read);
  const ScenarioRun run = run_scenario(loaded), again = run_scenario(loaded);
  const Trace& trace = run.session->trace();
  ASSERT_TRUE(saved(trace) == saved(again.session->trace())) << "two runs";
  ASSERT_EQ(run.error, again.error);
  ASSERT_NO_FATAL_FAILURE(expect_same_way_back(trace));

  const Event* const broken = first_break(run.session->events());
  const std::string told = report(loaded.scenario, judge(loaded, run));
  if (broken != nullptr) {
    const std::string name(broken->as<InvariantBreak>()->name);
    EXPECT_TRUE(made.pokes) << name << " breaks at step " << broken->step << "\n" << told;
    // A run that could not carry out a poke is judged by that alone.
    EXPECT_TRUE(!run.error.empty() || told.find(name) != std::string::npos) << name << " is not in:\n"
                                                                            << told;
  }
  if (made.pokes) return;
  EXPECT_TRUE(is_fair_end(trace.end())) << words(trace.end());
  if (loaded.scenario.set.empty()) expect_same_future(loaded.program, seed);
}

TEST(RandomScenarios, run_alike_undo_exactly_and_keep_the_invariants) {
  std::uint64_t first = 1, last = kSeeds;
  if (const char* const asked = std::getenv("GOGOSCOPE_SEEDS")) {
    char* rest = nullptr;
    first = last = std::strtoull(asked, &rest, 10);
    if (std::string_view(rest).starts_with("..")) last = std::strtoull(rest + 2, &rest, 10);
    ASSERT_EQ(*rest, '\0') << "GOGOSCOPE_SEEDS is a number, or two with .. between";
  }
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    run_and_judge(seed);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace gogoscope
