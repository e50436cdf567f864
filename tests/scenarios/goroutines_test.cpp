// Goroutines that a scenario has given names.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::Judged;
using testing::kNames;
using testing::replaced;
using testing::with_goroutines;

TEST(Runner, a_goroutine_goes_by_its_name_wherever_a_g_does) {
  const std::string right =
      std::string(kNames) +
      "set:\n  - {at: main.worker#1, field: elder.param, value: younger}\n"
      "events:\n  - status: {g: younger, to: dead}\n  - status: {g: elder, to: dead}\n  - curg: {to: heir}\n"
      "at:\n  - place: main.worker#1\n    expect: [tls == younger, m0.curg: younger, elder in p0.runq, "
      "'[younger.stack.hi - 40] == runtime.goexit + 1', elder.atomicstatus == runnable]\n"
      "  - place: main.worker#2\n    expect: [tls == elder, elder.param == g3]\n"
      "finally:\n  heir.atomicstatus: dead\n  younger: g3\n  heir: g2\n";
  EXPECT_EQ(with_goroutines(right).report, "");
  const Judged j = with_goroutines(replaced(right, "g: younger, to", "g: elder, to"));
  EXPECT_EQ(j.failures, 1U) << j.report;
  EXPECT_TRUE(contains(j.report, "expected the event status {g: elder, to: dead}")) << j.report;
  EXPECT_TRUE(contains(with_goroutines(replaced(right, "younger: g3", "younger: g2")).report,
                       "expected younger == g2, but younger is g3"));
}

TEST(Runner, a_name_is_a_goroutine_not_the_g_that_it_used) {
  const Judged late = with_goroutines(std::string(kNames) + "finally: {elder.atomicstatus: dead}\n");
  EXPECT_TRUE(contains(late.report,
                       "expected elder.atomicstatus == dead, but there is no goroutine elder at this "
                       "moment"))
      << late.report;
  const Judged early =
      with_goroutines(std::string(kNames) + "at:\n  - place: main.main\n    expect: [elder != nil]\n");
  EXPECT_TRUE(contains(early.report, "there is no goroutine elder")) << early.report;
  // Both have the same g; each event is of one of them.
  EXPECT_EQ(with_goroutines(std::string(kNames) +
                            "events:\n  - status: {g: heir, to: dead}\n  - exit: {}\nexact: true\n")
                .failures,
            1U);
  EXPECT_EQ(with_goroutines(std::string(kNames) +
                            "events:\n  - status: {g: heir, to: running}\n  - status: {g: elder}\n")
                .failures,
            1U);
}

TEST(Runner, a_goroutine_that_is_never_started_fails) {
  const Judged j = with_goroutines("goroutines: {fourth: main.worker#4}\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:14:14: expected the goroutine fourth, main.worker#4, but go statements "
                       "start main.worker 3 times"))
      << j.report;
}

}  // namespace
}  // namespace gogoscope
