// How a run ends, and what is said where it should have ended otherwise.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::kSample;
using testing::replaced;
using testing::sample_with;

TEST(Runner, fault_without_expectation_fails) {
  const std::string faulting = replaced(std::string(kSample), "      RET\n  TEXT",
                                        "      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n  TEXT");
  const Judged j = judged(faulting);
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected that the run exits with code 0, but it stops with a fault"))
      << j.report;
  EXPECT_EQ(judged(faulting + "finally:\n  stop: {reason: fault}\n").failures, 0U);
}

/// The sample with other lines in its worker.
std::string working(std::string_view lines) {
  return replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET\n", "NOSPLIT, $0-0\n" + std::string(lines));
}

/// The sample with other lines in main.main.
std::string main_of(std::string_view lines) {
  return replaced(std::string(kSample),
                  "      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n", lines);
}

TEST(Runner, fault_names_function_line_goroutine_and_m) {
  const Judged j = judged(working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:7: expected that the run exits with code 0, but it stops with a "
                       "fault: read of unmapped memory at 0x0 (nil pointer)\n"
                       "    at main.worker+0x2, `MOVQ 0(AX), CX` (sample.yaml:11), g2 on m0\n"))
      << j.report;
}

TEST(Runner, throw_names_what_threw_and_the_task_that_led_there) {
  const Judged j = judged(working("      CALL runtime·badctxt(SB)\n      RET\n"));
  EXPECT_TRUE(contains(j.report, "but it stops with a throw: fatal error: ctxt != 0\n    at runtime.badctxt"))
      << j.report;
  EXPECT_TRUE(contains(j.report,
                       "`throw(\"ctxt != 0\")` (badctxt.go:2), g2 on m0, called from main.worker+0x5, "
                       "`CALL runtime·badctxt(SB)` (sample.yaml:10)"))
      << j.report;
}

TEST(Runner, spent_budget_names_where_the_run_is) {
  const Judged j = judged(main_of("  loop:\n      JMP loop\n") + "budget: 5000\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:7:7: the run did not stop within its budget of 5000 steps\n    at "
                       "main.main+0xe, `JMP loop` (sample.yaml:7), g1 on m0\n"))
      << j.report;
}

TEST(Runner, deadlock_lists_what_each_goroutine_waits_for) {
  const Judged j =
      judged(replaced(main_of("      GO   main·worker(SB)\n      CALL runtime·gopark(SB)\n      RET\n"),
                      "NOSPLIT, $0-0\n      RET", "$48-0\n      CALL runtime·gopark(SB)\n      RET"));
  EXPECT_TRUE(contains(j.report, "all goroutines are asleep - deadlock!\n    at runtime.checkdead+"))
      << j.report;
  for (const char* line : {"\n    g1 [", "(sample.yaml:7)\n", "\n    g2 [", "(sample.yaml:10)\n"}) {
    EXPECT_TRUE(contains(j.report, line)) << line << " in " << j.report;
  }
}

TEST(Runner, task_without_ret_is_what_happened) {
  const Judged j = judged(main_of("      GO   main·worker(SB)\n"));
  EXPECT_TRUE(contains(j.report, "sample.yaml:6:7: expected that the run exits with code 0, but step "))
      << j.report;
  EXPECT_TRUE(contains(j.report,
                       " runs past the last line of main.main, main.main+0x30, `GO main·worker(SB)` "
                       "(sample.yaml:6): a RET or a JMP is missing there; in the end it stops with a throw"))
      << j.report;
  // One of nothing but a NOP, which emits nothing, ends where it begins.
  const Judged empty = judged(
      replaced(main_of("      NOP\n"), "TEXT main·main(SB), $16-0", "TEXT main·main(SB), NOSPLIT, $0-0"));
  EXPECT_TRUE(contains(empty.report, " runs past the last line of main.main, ")) << empty.report;
  // One whose stack grows as it should has not run past anything.
  const Judged grown = judged(working("      INT $3\n"));
  EXPECT_FALSE(contains(grown.report, "runs past")) << grown.report;
}

TEST(Runner, nosplit_task_without_ret_is_what_happened) {
  const Judged j = judged(working("      XORL AX, AX\n"));
  EXPECT_TRUE(contains(
      j.report, " runs past the last line of main.worker, main.worker, `XORL AX, AX` (sample.yaml:10)"))
      << j.report;
}

TEST(Runner, stop_may_name_its_place) {
  const std::string faulting = working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n");
  const auto stops_at = [&](const std::string& place) {
    return judged(faulting + "finally:\n  stop: {reason: fault, at: '" + place + "'}\n");
  };
  EXPECT_EQ(stops_at("main.worker").report, "");
  EXPECT_EQ(stops_at("main.worker+0x2").report, "");
  EXPECT_EQ(stops_at("main.worker:\"MOVQ 0(AX), CX\"").report, "");
  EXPECT_TRUE(contains(stops_at("main.worker:\"XORL AX, AX\"").report,
                       "expected that the run stops at main.worker:\"XORL AX, AX\", but it does not"));
  EXPECT_TRUE(
      contains(stops_at("main.main").report, "expected that the run stops at main.main, but it does not"));
  EXPECT_TRUE(
      contains(stops_at("main.worker#2").report, "a run stops only once: write the place without #2"));
}

TEST(Runner, process_ends_with_2_after_a_throw_or_fault) {
  const std::string faulting = working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n");
  EXPECT_EQ(judged(faulting + "finally:\n  stop: {reason: fault}\n  exit: 2\n").report, "");
  const Judged j = judged(faulting + "finally:\n  stop: {reason: fault}\n  exit: 1\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(
      contains(j.report, "expected that the process exits with code 1, but a fault ends it with code 2"))
      << j.report;
  EXPECT_TRUE(contains(judged(sample_with("finally:\n  stop: {reason: budget}\n  exit: 2\n")).report,
                       "a run that spends its budget has not ended"));
}

TEST(Runner, fault_that_does_not_come_fails) {
  const Judged j = judged(sample_with("finally:\n  stop: {reason: fault}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(
      j.report, "sample.yaml:12:3: expected that the run stops with a fault, but it exits with code 0"))
      << j.report;
}

TEST(Runner, other_detail_of_a_fault_fails) {
  const std::string faulting = replaced(std::string(kSample), "      RET\n  TEXT",
                                        "      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n  TEXT");
  const Judged j = judged(faulting + "finally:\n  stop: {reason: fault, detail-contains: no such words}\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected a fault whose detail contains \"no such words\", but it is \""))
      << j.report;
}

TEST(Runner, other_exit_code_fails) {
  const Judged j = judged(sample_with("finally: {exit: 3}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected that the run exits with code 3, but it exits with code 0"))
      << j.report;
}

TEST(Runner, endless_run_ends_at_its_budget) {
  const std::string endless =
      replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n  loop:\n      JMP loop");
  const Judged j = judged(endless + "budget: 20000\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "the run did not stop within its budget of 20000 steps")) << j.report;
}

TEST(Runner, a_budget_that_runs_out_may_be_expected) {
  const std::string endless =
      replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n  loop:\n      JMP loop");
  const std::string expected = "budget: 20000\nfinally: {stop: {reason: budget}}\n";
  EXPECT_EQ(judged(endless + expected).report, "");
  const Judged j = judged(std::string(kSample) + expected);
  EXPECT_EQ(j.failures, 1U);
}

}  // namespace
}  // namespace gogoscope
