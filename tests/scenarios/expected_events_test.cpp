// Events that are to come, and visits of places.
#include <gtest/gtest.h>

#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::judged;
using testing::Judged;
using testing::sample_with;

TEST(Runner, event_that_never_comes_fails) {
  const Judged j =
      judged(sample_with("events:\n  - status: {g: g2, to: dead}\n  - status: {g: g1, to: dead}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:5: expected the event status {g: g1, to: dead} after step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "g2: running -> dead on m0")) << j.report;
  EXPECT_TRUE(contains(j.report, "but it never happens")) << j.report;
}

TEST(Runner, order_of_events_matters) {
  const std::string right = "  - status: {g: g2, to: running}\n  - status: {g: g2, to: dead}\n";
  const std::string wrong = "  - status: {g: g2, to: dead}\n  - status: {g: g2, to: running}\n";
  EXPECT_EQ(judged(sample_with("events:\n" + right)).failures, 0U);
  EXPECT_EQ(judged(sample_with("events:\n" + wrong)).failures, 1U);
}

TEST(Runner, exact_forbids_events_in_between) {
  const std::string gfree = "events:\n  - gfree: {op: put, g: g2}\n";
  EXPECT_EQ(judged(sample_with(gfree + "exact: true\n")).failures, 0U);
  const Judged j = judged(sample_with("events:\n  - status: {g: g2, to: dead}\nexact: true\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected the event status {g: g2, to: dead} next, but found step "))
      << j.report;
}

TEST(Runner, exact_forbids_further_events_afterwards) {
  const Judged j = judged(sample_with("events:\n  - curg: {from: nil, to: g1}\nexact: true\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected no more events of this type, but found step ")) << j.report;
}

TEST(Runner, place_that_is_not_visited_so_often_fails) {
  const Judged j = judged(sample_with("at:\n  - place: runtime.goexit0#2\n    expect: [rsp > 0]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(
      j.report, "sample.yaml:12:12: expected to reach runtime.goexit0#2, but the run reaches it 1 time"))
      << j.report;
}

}  // namespace
}  // namespace gogoscope
