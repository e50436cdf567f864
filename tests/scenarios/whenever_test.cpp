// always, never, whenever: what holds at every state, event or visit.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::kNames;
using testing::replaced;
using testing::sample_with;
using testing::with_goroutines;

TEST(Runner, always_fails_at_the_first_step_that_makes_it_untrue) {
  EXPECT_EQ(judged(sample_with("always: [g2.stack.lo <= g2.stack.hi, p0.gFree.n <= 1]\n")).report, "");
  const Judged j = judged(sample_with("always:\n  - p0.gFree.n: 0\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:12:5: always, but not after step ")) << j.report;
  EXPECT_TRUE(contains(j.report, ", at runtime.gfput+0x")) << j.report;
  EXPECT_TRUE(contains(j.report, "`_p_.gFree.n++` (gfput.go:")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected p0.gFree.n == 0, but p0.gFree.n is 1")) << j.report;
}

TEST(Runner, always_asks_only_where_its_names_have_a_value_but_somewhere) {
  EXPECT_EQ(with_goroutines(std::string(kNames) + "always: [elder.startpc != 0, elder != g9]\n").failures, 1U)
      << "there is no g9";
  const Judged j = judged(sample_with("always: [g7.goid > 0]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:10: always, but it has a value in no state of the run: expected "
                       "g7.goid > 0, but there is no g7 at this moment"))
      << j.report;
  EXPECT_EQ(with_goroutines(std::string(kNames) + "always: [elder.startpc == main.worker]\n").report, "");
  EXPECT_TRUE(
      contains(with_goroutines(std::string(kNames) + "always: [elder.atomicstatus != running]\n").report,
               "expected elder.atomicstatus != running, but elder.atomicstatus is running (2)"));
}

TEST(Runner, never_fails_at_the_first_such_event) {
  EXPECT_EQ(judged(sample_with("never:\n  - thread: {what: ends}\n  - status: {g: g1, to: dead}\n")).report,
            "");
  const Judged j = judged(sample_with("never:\n  - status: {to: dead, from: running}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:12:5: the event status {from: running, to: dead} must never come, but "
                       "it does: step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "  > step ")) << j.report;
  const std::string named =
      std::string(kNames) + "never:\n  - status: {g: heir, to: runnable, from: running}\n";
  EXPECT_EQ(with_goroutines(named).report, "");
  EXPECT_EQ(with_goroutines(replaced(named, "from: running", "from: dead")).failures, 1U);
}

TEST(Runner, whenever_asks_at_every_event_with_the_values_of_the_event) {
  EXPECT_EQ(
      judged(sample_with("whenever:\n"
                         "  - status: {from: running, to: dead}\n"
                         "    expect: [event.g.m == m0, event.m.curg == event.g, event.from == running, "
                         "event.to: event.g.atomicstatus, '[event.g.stack.hi - 96] != event.m.id']\n"
                         "  - {stack: {from: g0}, expect: [event.from == m0.g0, tls == event.to]}\n"
                         "  - {gfree: {op: put}, expect: {first(event.list): event.g}}\n"
                         "  - {runq: {op: put}, expect: [event.g in event.queue]}\n"
                         "  - {curg: {to: nil}, expect: [event.to == nil, event.from != nil]}\n"
                         "  - {exit: {}, expect: [event.code == 0]}\n"))
          .report,
      "");
  const Judged j = judged(sample_with("whenever:\n  - status: {to: running}\n    expect: [event.g == g1]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:14: whenever status {to: running}, here step ")) << j.report;
  EXPECT_TRUE(contains(j.report, ": g2: runnable -> running on m0 (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected event.g == g1, but event.g is g2")) << j.report;
  EXPECT_TRUE(contains(j.report, "\n  > step ")) << j.report;
  const Judged nil =
      judged(sample_with("whenever:\n  - curg: {to: nil}\n    expect: [event.to.goid == 1]\n"));
  EXPECT_TRUE(contains(nil.report, "expected event.to.goid == 1, but event.to is nil")) << nil.report;
  const Judged status =
      judged(sample_with("whenever:\n  - {status: {g: g2, to: dead}, expect: [event.from == runnable]}\n"));
  EXPECT_TRUE(contains(status.report, "but event.from is running (2)")) << status.report;
}

TEST(Runner, whenever_asks_at_every_visit_and_reports_the_first_that_breaks_it) {
  const std::string always = "whenever:\n  - place: runtime.gogo\n    expect: [tls == m0.g0]\n";
  EXPECT_EQ(judged(sample_with(always)).report, "");
  const Judged j = judged(sample_with(replaced(always, "tls == m0.g0", "sched.runqsize == 0, tls == m0.g0")));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:14: whenever at runtime.gogo, time 2 (state ")) << j.report;
}

TEST(Runner, whenever_that_never_matches_fails) {
  const Judged j =
      judged(sample_with("whenever:\n  - {status: {g: g1, to: dead}, expect: [tls == g1]}\n"
                         "  - {place: runtime.badctxt, expect: [tls == g1]}\n"));
  EXPECT_EQ(j.failures, 2U);
  EXPECT_TRUE(
      contains(j.report, "sample.yaml:12:6: whenever status {g: g1, to: dead}, but that never happens"))
      << j.report;
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:13: whenever runtime.badctxt, but that never happens"))
      << j.report;
}

}  // namespace
}  // namespace gogoscope
