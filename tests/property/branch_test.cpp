// A future that was cut off comes back as it was: byte for byte, and with the engine at its end.
#include <fmt/format.h>

#include <sstream>

#include "emu/machine/machine.h"
#include "tests/property/shipped.h"

namespace gogoscope {
namespace {

std::string saved(const Trace& trace) {
  std::ostringstream out;
  trace.save(out);
  return out.str();
}

Cursor at(const Trace& trace, std::uint64_t state) {
  Cursor cursor(trace);
  cursor.seek(state);
  return cursor;
}

std::uint64_t hash_at(const Trace& trace, std::uint64_t state) { return at(trace, state).state().hash(); }

/// A machine and its record, of a shipped scenario.
struct Recording {
  explicit Recording(const std::string& path) : program(program_of(path)) {}

  /// An edit that changes no more than it says.
  Message edit(std::uint64_t state, std::uint64_t value) {
    return machine.edit(at(trace, state), RegisterEdit{Reg::r13, value});
  }
  void expect_engine_at_tip() const {
    EXPECT_EQ(hash_at(trace, trace.steps()), machine.engine_state().hash()) << "state " << trace.steps();
  }

  const Program program;
  Trace trace{program.guest};
  Machine machine{program.guest, program.slots, trace};
};

class Branches : public testing::TestWithParam<std::string> {};

TEST_P(Branches, come_back_byte_for_byte_and_the_engine_continues_at_their_end) {
  Recording run(GetParam());
  run.machine.run(kMostSteps / 2);
  const std::string first = saved(run.trace);
  const std::uint64_t steps = run.trace.steps();
  std::uint64_t random = 7;
  for (int i = 0; i < 8; ++i) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    const std::uint64_t state = (random >> 33) % steps;
    ASSERT_TRUE(run.edit(state, i + 1U).empty());
    ASSERT_EQ(run.trace.steps(), state + 1);
    run.machine.run(random % 3000);
    const std::string second = saved(run.trace);
    const std::uint64_t second_steps = run.trace.steps();
    run.expect_engine_at_tip();

    ASSERT_FALSE(run.trace.branches().empty());
    const RunBranch cut_off = run.trace.branches().back();
    ASSERT_EQ(cut_off.from, state);
    ASSERT_EQ(cut_off.steps, steps - state);
    run.machine.go_to_branch(cut_off.id);
    ASSERT_EQ(run.trace.steps(), steps);
    ASSERT_TRUE(saved(run.trace) == first) << "from state " << state;
    run.expect_engine_at_tip();

    // And there and back again: what was tried is a branch now.
    const RunBranch tried = run.trace.branches().back();
    ASSERT_EQ(tried.from, state);
    run.machine.go_to_branch(tried.id);
    ASSERT_EQ(run.trace.steps(), second_steps);
    ASSERT_TRUE(saved(run.trace) == second);
    run.machine.go_to_branch(run.trace.branches().back().id);
    ASSERT_TRUE(saved(run.trace) == first);
  }
  // It continues as if nothing had happened.
  run.machine.run(1000);
  run.expect_engine_at_tip();
  Recording straight(GetParam());
  straight.machine.run(kMostSteps / 2);
  straight.machine.run(1000);
  EXPECT_TRUE(saved(run.trace) == saved(straight.trace));
}

INSTANTIATE_TEST_SUITE_P(Shipped, Branches, testing::ValuesIn(shipped_scenarios()), test_name);

class BranchTree : public testing::Test {
 protected:
  Recording run{GOGOSCOPE_SOURCE "/scenarios/02-two-exits.yaml"};
};

TEST_F(BranchTree, a_branch_of_a_branch_is_there_again_with_its_branch) {
  run.machine.run(2000);
  const std::string first = saved(run.trace);
  ASSERT_TRUE(run.edit(1000, 1).empty());  // branch 1: the first run from 1000
  run.machine.run(500);
  ASSERT_TRUE(run.edit(1200, 2).empty());  // branch 2: the second one from 1200
  const std::string third = saved(run.trace);
  ASSERT_TRUE(run.edit(600, 3).empty());  // branch 3: the third one from 600; both others leave it
  ASSERT_EQ(run.trace.branches().size(), 1U);
  EXPECT_EQ(run.trace.branches()[0].id, 3);
  run.machine.go_to_branch(1);
  EXPECT_EQ(run.trace.steps(), 601U) << "branch 1 does not leave this record";
  run.machine.go_to_branch(3);
  EXPECT_TRUE(saved(run.trace) == third);
  ASSERT_EQ(run.trace.branches().size(), 3U) << "1, 2, and what was tried at 600";
  run.machine.go_to_branch(1);
  EXPECT_TRUE(saved(run.trace) == first);
  run.expect_engine_at_tip();
}

TEST_F(BranchTree, an_end_comes_back_with_its_branch) {
  run.machine.run(kMostSteps);
  ASSERT_NE(run.trace.end(), nullptr);
  const Stop end = *run.trace.end();
  ASSERT_TRUE(run.edit(run.trace.steps() - 3, 1).empty());
  EXPECT_EQ(run.trace.end(), nullptr);
  EXPECT_EQ(run.trace.branches().at(0).steps, 3U);
  run.machine.go_to_branch(1);
  ASSERT_NE(run.trace.end(), nullptr);
  EXPECT_EQ(*run.trace.end(), end);
}

TEST_F(BranchTree, an_edit_at_the_end_of_the_record_cuts_nothing_off) {
  run.machine.run(1000);
  ASSERT_TRUE(run.edit(1000, 1).empty());
  EXPECT_TRUE(run.trace.branches().empty());
}

TEST_F(BranchTree, branches_beyond_the_limits_are_forgotten_the_shortest_first) {
  run.machine.run(2000);
  run.trace.limit_branches({.count = 3});
  const auto lengths = [&] {
    std::vector<std::uint64_t> out;
    for (const RunBranch& branch : run.trace.branches()) out.push_back(branch.steps);
    return out;
  };
  // Tries of 0, 10, 20, 30 steps from one state, beside the run of 1000 steps that they cut off.
  for (const std::uint64_t steps : {0U, 10U, 20U, 30U}) {
    ASSERT_TRUE(run.edit(1000, steps + 1).empty());
    run.machine.run(steps);
  }
  EXPECT_EQ(lengths(), (std::vector<std::uint64_t>{1000, 11, 21})) << "the try of one step is forgotten";
  ASSERT_TRUE(run.edit(1000, 9).empty());
  EXPECT_EQ(lengths(), (std::vector<std::uint64_t>{1000, 21, 31}));
  run.machine.run(4);
  ASSERT_TRUE(run.edit(1000, 10).empty());
  EXPECT_EQ(lengths(), (std::vector<std::uint64_t>{1000, 31, 5})) << "the one made last stays";

  run.trace.limit_branches({.bytes = run.trace.branch_bytes() - 1});
  EXPECT_EQ(lengths(), (std::vector<std::uint64_t>{1000, 5}));
  run.trace.limit_branches({.bytes = 100});
  EXPECT_EQ(lengths(), (std::vector<std::uint64_t>{5}));
  run.trace.limit_branches({.bytes = 1});
  EXPECT_TRUE(lengths().empty()) << "one that is too large by itself is not kept";
}

TEST_F(BranchTree, a_branch_that_others_leave_is_not_forgotten_before_them) {
  run.machine.run(2000);
  ASSERT_TRUE(run.edit(1000, 1).empty());  // branch 1: 1000 steps
  run.machine.run(500);
  ASSERT_TRUE(run.edit(1003, 2).empty());  // branch 2: from 1003, 498 steps
  ASSERT_TRUE(run.edit(1000, 3).empty());  // branch 3: from 1000, 4 steps; 2 leaves it
  run.trace.limit_branches({.count = 3});
  ASSERT_TRUE(run.edit(1000, 4).empty());  // branch 4: 1 step
  ASSERT_EQ(run.trace.branches().size(), 3U)
      << "branch 2 was the shortest that no other leaves, but for the last";
  run.machine.go_to_branch(3);
  for (const RunBranch& branch : run.trace.branches()) EXPECT_NE(branch.id, 2);
}

TEST_F(BranchTree, what_is_refused_changes_nothing) {
  run.machine.run(2000);
  const std::string before = saved(run.trace);
  const std::uint64_t engine = run.machine.engine_state().hash();
  const Edit kWrong[] = {RegisterEdit{Reg::rflags, 3}, RegisterEdit{Reg::rip, 5},
                         MemoryEdit{run.trace.guest().map.find("text")->base, 8, 5},
                         MemoryEdit{Addr(0x10), 8, 5}};
  for (const Edit& edit : kWrong) {
    EXPECT_FALSE(run.machine.edit(at(run.trace, 1000), edit).empty());
    ASSERT_TRUE(saved(run.trace) == before);
  }
  for (const ThreadId thread : {0, 1}) {
    EXPECT_FALSE(run.machine.give_turn(at(run.trace, 1000), thread).empty());
    ASSERT_TRUE(saved(run.trace) == before);
  }
  EXPECT_TRUE(run.trace.branches().empty());
  EXPECT_EQ(run.machine.engine_state().hash(), engine);
}

}  // namespace
}  // namespace gogoscope
