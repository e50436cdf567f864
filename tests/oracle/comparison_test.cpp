#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/oracle/left_out.h"

namespace gogoscope::oracle {
namespace {

bool is_left_out(const Difference& difference) {
  const auto rows = left_out();
  return std::any_of(rows.begin(), rows.end(), [&](const LeftOut& row) { return excuses(row, difference); });
}

void expect_equal(const Comparison& comparison, int values) {
  EXPECT_GE(comparison.compared(), values) << "values were not compared";
  for (const Difference& difference : comparison.differences()) {
    EXPECT_TRUE(is_left_out(difference)) << to_string(difference);
  }
}

TEST(Oracle, the_recorded_program_runs_to_its_end) { EXPECT_EQ(recorded_lesson().end(), "exit(0)"); }

TEST(Oracle, gogo_equals_the_native_one_at_every_instruction) {
  expect_equal(compare_gogo(recorded_lesson()), 500);
}

TEST(Oracle, an_exit_equals_the_native_one_from_ret_to_goexit0) {
  expect_equal(compare_goexit(recorded_lesson()), 580);
}

TEST(Oracle, a_go_statement_with_arguments_writes_a_new_g_as_natively) {
  expect_equal(compare_newproc_malg(recorded_lesson()), 200);
}

TEST(Oracle, a_go_statement_writes_a_dead_g_again_as_natively) {
  expect_equal(compare_newproc_gfget(recorded_lesson()), 200);
}

TEST(Oracle, boot_equals_the_native_one_at_schedinit_and_at_the_first_schedule) {
  expect_equal(compare_boot(recorded_lesson()), 120);
}

TEST(Oracle, frames_of_modelled_functions_are_those_of_go_1_16_4_or_marked_as_ours) {
  expect_equal(compare_frames(recorded_lesson()), 100);
}

TEST(Oracle, structs_equal_the_native_ones_when_main_begins) {
  expect_equal(compare_structs(recorded_lesson()), 300);
}

TEST(Oracle, a_value_that_differs_is_noticed) {
  // The task has the same code, but 8 bytes of arguments: its SP is lower than the recorded one.
  const Lesson other(R"(
GLOBL main·counter(SB), NOPTR, $8
DATA main·task·f+0(SB)/8, $main·task(SB)
GLOBL main·task·f(SB), NOPTR, $8
TEXT main·main(SB), $24-0
    MOVL $8, 0(SP)
    LEAQ main·task·f(SB), AX
    MOVQ AX, 8(SP)
    MOVQ $0, 16(SP)
    CALL runtime·newproc(SB)
    CALL runtime·Gosched(SB)
    RET
TEXT main·task(SB), NOSPLIT, $0-8
    INCQ main·counter(SB)
    RET
)");
  const Comparison comparison = compare_goexit(other);
  std::set<std::string> noticed;
  for (const Difference& d : comparison.differences()) {
    if (!is_left_out(d)) noticed.insert(d.what);
  }
  // gopc: there is only one go statement.
  EXPECT_EQ(noticed, (std::set<std::string>{"g.gopc", "g.sched.bp", "g.sched.sp", "g.stktopsp", "rbp", "rbx",
                                            "rflags", "rsp", "writes to g"}));
}

TEST(Landmarks, name_the_same_place_in_two_processes_alike) {
  Landmarks native, ours;
  native.add("g", 0xc000000d80, 376);
  native.add_stack("g", 0xc000030000, 0xc000030800);
  ours.add("g", 0xc000000300, 376);
  ours.add_stack("g", 0xc000008000, 0xc000008800);
  EXPECT_EQ(native.name(0xc000000db8), "g+0x38");
  EXPECT_EQ(ours.name(0xc000000338), "g+0x38");
  EXPECT_EQ(native.name(0xc0000307d8), ours.name(0xc0000087d8));
  EXPECT_EQ(native.name(0xc0000307d8), "g.stack.hi-40");
  EXPECT_EQ(ours.name(0xc0000083a0), "g.stack.lo+928");
  EXPECT_EQ(ours.name(0xc000008800), "g.stack.hi");
  EXPECT_EQ(ours.name(40), "40");
  EXPECT_EQ(ours.name(~std::uint64_t{0}), "-1");
  EXPECT_EQ(ours.name(0xdeadbeef), "0xdeadbeef");
}

}  // namespace
}  // namespace gogoscope::oracle
