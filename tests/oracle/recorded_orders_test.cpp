// The machine compared with native processes: ten recordings of each of three programs were made in gdb
// (real_go/record_ten.py); the same program run here does what one of them has done, in the same order and
// with the same numbers.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "tests/oracle/real_go_compare.h"
#include "tests/oracle/real_go_machine.h"
#include "tests/oracle/real_go_reader.h"
#include "tests/oracle/recording.h"

namespace gogoscope::oracle {
namespace {

struct RecordedOrder {
  int recordings = 0;      ///< that were equal to this one
  bool preempted = false;  ///< sysmon asked main to yield while gdb attended to the start of the process
  Moments moments;
};

struct Recorded {
  std::string go;  ///< "go1.19.8"
  std::vector<RecordedOrder> orders;
};

Recorded recorded_orders(const std::string& program) {
  const Json file = load_recording("orders-" + program);
  Recorded recorded{file.at("go"), {}};
  for (const Json& order : file.at("orders"))
    recorded.orders.push_back({order.at("recordings"), order.at("preempted"), read_moments(order)});
  return recorded;
}

/// Empty where a recording has the same order; else how the one that is nearest differs.
std::vector<RunDifference> unlike_all(const Recorded& recorded, const std::string& program,
                                      const Moments& ours) {
  std::vector<std::vector<RunDifference>> differences;
  for (const RecordedOrder& order : recorded.orders)
    differences.push_back(compare_runs(program, ours, order.moments));
  return *std::ranges::min_element(differences, {}, &std::vector<RunDifference>::size);
}

class RecordedOrders : public testing::TestWithParam<std::string> {};

TEST_P(RecordedOrders, are_ten_from_main_to_the_exit) {
  const Recorded recorded = recorded_orders(GetParam());
  EXPECT_EQ(std::accumulate(recorded.orders.begin(), recorded.orders.end(), 0,
                            [](int sum, const RecordedOrder& order) { return sum + order.recordings; }),
            10);
  for (std::size_t i = 0; i < recorded.orders.size(); ++i) {
    const Moments& order = recorded.orders[i].moments;
    EXPECT_EQ(order.front().what, "main.main entered by main");
    EXPECT_EQ(order.back().what, "exit 0");
    // What the recordings are about is in each.
    for (const char* part :
         {": running -> waiting", ": waiting -> runnable", ": running -> dead", "gogo to main",
          "mcall(runtime.park_m) by main", "mcall(runtime.goexit0) by main.", "goexit0(main."}) {
      EXPECT_TRUE(std::ranges::any_of(order, [&](const Moment& moment) {
        return moment.what.find(part) != std::string::npos;
      })) << part;
    }
    for (std::size_t j = 0; j < i; ++j)
      EXPECT_FALSE(compare_runs(GetParam(), order, recorded.orders[j].moments).empty()) << i << ", " << j;
  }
}

TEST_P(RecordedOrders, have_that_of_the_machine_whenever_its_threads_take_turns) {
  const auto binary = real_go_binary(GetParam());
  if (binary == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  const Recorded recorded = recorded_orders(GetParam());
  if (binary->go != recorded.go)
    GTEST_SKIP() << "recorded was " << recorded.go << ", built is " << binary->go;
  for (const std::uint32_t quantum : {10'000U, 1'009U, 53U}) {
    const auto run = run_in_the_machine(GetParam(), *binary, {.quantum = quantum});
    EXPECT_EQ(listed(unlike_all(recorded, GetParam(), moments_of(run->trace()))), "") << quantum;
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, RecordedOrders,
                         testing::Values("channel", "wait_group", "park_and_goexit"),
                         [](const auto& program) { return program.param; });

TEST(RecordedOrder, is_not_that_of_a_machine_with_two_processors) {
  const auto binary = real_go_binary("wait_group");
  if (binary == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  const Recorded recorded = recorded_orders("wait_group");
  if (binary->go != recorded.go)
    GTEST_SKIP() << "recorded was " << recorded.go << ", built is " << binary->go;
  const auto run = run_in_the_machine("wait_group", *binary, {.procs = 2});
  EXPECT_FALSE(unlike_all(recorded, "wait_group", moments_of(run->trace())).empty());
}

}  // namespace
}  // namespace gogoscope::oracle
