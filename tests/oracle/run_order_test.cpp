// The order in which 300 goroutines run on one P, compared with a real process, row by row.
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

#include "tests/oracle/recording.h"
#include "tests/oracle/run_rules.h"

namespace gogoscope::oracle {
namespace {

const Waves kRecorded = {300, 301};

const std::vector<Row>& emulated() {
  static const std::vector<Row> rows = rows_of(run_waves(kRecorded)->trace());
  return rows;
}

std::vector<Row> of_event(const std::vector<Row>& rows, std::string_view event) {
  std::vector<Row> out;
  std::copy_if(rows.begin(), rows.end(), std::back_inserter(out),
               [&](const Row& r) { return r.event == event; });
  return out;
}

TEST(RunOrder, every_spawn_and_every_run_is_that_of_a_real_process) {
  std::vector<Row> recorded = recorded_rows();
  const std::vector<Row> rules = rows_by_the_rules(kRecorded, 4);
  for (std::size_t i = 0; i < recorded.size(); ++i) recorded[i].why = rules.at(i).why;
  ASSERT_EQ(of_event(recorded, "spawn").size(), 601U);
  ASSERT_EQ(of_event(recorded, "run").size(), 601U + 2) << "main twice";
  EXPECT_EQ(first_difference(recorded, emulated()), "");
}

TEST(RunOrder, every_spawn_and_every_run_follows_the_rules) {
  EXPECT_EQ(first_difference(rows_by_the_rules(kRecorded, 4), emulated()), "");
}

TEST(RunOrder, the_rules_are_those_of_a_real_process) {
  EXPECT_EQ(first_difference(rows_by_the_rules(kRecorded, 4), recorded_rows()), "");
}

TEST(RunOrder, follows_the_rules_whatever_main_starts_at_once) {
  // One; two; a ring without runnext; a full one; one more; enough for two halves, and for three.
  const Waves waves = {1, 2, 256, 257, 258, 400, 600, 64, 1};
  EXPECT_EQ(first_difference(rows_by_the_rules(waves, 4), rows_of(run_waves(waves)->trace())), "");
}

// The numbers that were noted first. Counters are compared absolutely, but for runqhead and runqtail, which
// are counted from where main.main found them: two goroutines of a real runtime have gone through the ring
// before.
class Noted : public testing::TestWithParam<bool> {
 protected:
  const Json noted = load_recording("three-hundred");
  const std::vector<Row> rows = GetParam() ? emulated() : recorded_rows();
  const std::vector<Row> spawns = of_event(rows, "spawn");
  const std::vector<Row> runs = of_event(rows, "run");
};
INSTANTIATE_TEST_SUITE_P(RunOrder, Noted, testing::Bool(),
                         [](const auto& test) { return test.param ? "emulated" : "recorded"; });

TEST_P(Noted, the_258th_of_300_finds_the_ring_full) {
  const Json& n = noted.at("the ring is full");
  const std::size_t spawn = n.at("spawn");
  ASSERT_GT(spawns.size(), spawn);
  for (std::size_t i = 0; i < spawn; ++i) EXPECT_EQ(spawns[i].runqsize, 0) << i;
  const std::int64_t start = n.at("runqhead before");
  EXPECT_EQ(spawns[spawn - 1].head, 0);
  EXPECT_EQ(spawns[spawn].head, n.at("runqhead").get<std::int64_t>() - start);
  EXPECT_EQ(spawns[spawn].tail, n.at("runqtail").get<std::int64_t>() - start);
  EXPECT_EQ(spawns[spawn].runqsize, n.at("runqsize"));
}

TEST_P(Noted, main_goes_behind_them_and_the_last_one_runs_first_and_inherits) {
  const Row &last_spawned = spawns[299], &first = runs.at(0);
  EXPECT_EQ(first.runqsize, noted.at("after Gosched").at("runqsize"));
  EXPECT_EQ(first.last, noted.at("after Gosched").at("who is last in the global queue"));
  EXPECT_EQ(first.goid, last_spawned.goid);
  EXPECT_EQ(first.inherit_time, noted.at("the first to run").at("inheritTime"));
  EXPECT_EQ(first.schedtick - last_spawned.schedtick, noted.at("the first to run").at("schedtick counts"));
}

TEST_P(Noted, then_the_ring_in_its_order_and_single_ones_from_the_global_queue_at_ticks_61_and_122) {
  const std::int64_t oldest_in_the_ring = spawns[128].goid;
  std::vector<std::int64_t> ticks;
  std::int64_t next = oldest_in_the_ring;
  std::size_t i = 1;
  for (; runs[i].runqsize > 0; ++i) {
    if (runs[i].runqsize < runs[i - 1].runqsize) {
      EXPECT_EQ(runs[i - 1].runqsize - runs[i].runqsize, 1);
      EXPECT_EQ(runs[i].goid, spawns[ticks.size()].goid) << "the oldest of all";
      ticks.push_back(runs[i - 1].schedtick);
      continue;
    }
    if (next == spawns[256].goid) ++next;  // it found no place in the ring
    EXPECT_EQ(runs[i].goid, next++);
    EXPECT_EQ(runs[i].inherit_time, 0);
  }
  EXPECT_EQ(ticks, noted.at("schedtick where one comes from the global queue").get<decltype(ticks)>());
  EXPECT_EQ(next, spawns[299].goid) << "all of the ring, but runnext, which ran first";
  EXPECT_EQ(runs[i - 1].head, runs[i - 1].tail);
  const std::int64_t taken = runs[i - 1].runqsize - runs[i].runqsize;
  EXPECT_EQ(taken, noted.at("taken at once when the ring is empty"));
  EXPECT_EQ(runs[i].tail - runs[i].head, taken - 1) << "one runs, the others fill the ring";
}

TEST_P(Noted, the_64th_dead_g_sends_33_to_the_global_list_and_an_empty_list_fetches_32) {
  int puts = 0, gets = 0;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row &before = rows[i - 1], &after = rows[i];
    if (after.sched_free > before.sched_free) {
      const Json& n = noted.at("gfput");
      EXPECT_EQ(before.p_free, n.at("p.gFree.n before"));
      EXPECT_EQ(after.p_free, n.at("p.gFree.n"));
      EXPECT_EQ(after.sched_free - before.sched_free, n.at("sched.gFree.n grows by"));
      ++puts;
    } else if (after.sched_free < before.sched_free && before.sched_free >= 32) {
      const Json& n = noted.at("gfget");
      EXPECT_EQ(before.p_free, n.at("p.gFree.n before"));
      EXPECT_EQ(after.p_free, n.at("p.gFree.n"));
      EXPECT_EQ(before.sched_free - after.sched_free, n.at("sched.gFree.n falls by"));
      ++gets;
    }
  }
  EXPECT_EQ(puts, 16) << "300 die, and again 301";
  EXPECT_EQ(gets, 8);
}

TEST(RunOrder, a_difference_names_the_rule) {
  // gfget takes all that there is, not as many as make 32.
  const auto session = run_waves(kRecorded, {{"runtime.gfget", "for _p_.gFree.n < 32 {", ""}});
  const std::string told = first_difference(rows_by_the_rules(kRecorded, 4), rows_of(session->trace()));
  EXPECT_NE(told.find("  p.gFree.n is 263, not 31\n"
                      "  sched.gFree.n is 0, not 232\n"
                      "  because: no dead g here: as many as make 32 come from the global list; "
                      "the old runnext goes to the tail of the ring\n"),
            std::string::npos)
      << told;
}

// A runtime broken in one line gives other rows, and the first that differs is where the line counts.
struct Broken {
  const char* claim;
  Mutation line;
  std::size_t row;  ///< the first that differs
};
void PrintTo(const Broken& broken, std::ostream* out) {
  *out << broken.line.function << ": " << broken.line.line;
}
class BrokenOrder : public testing::TestWithParam<Broken> {};

TEST_P(BrokenOrder, is_noticed) {
  const std::vector<Row> rows = rows_of(run_waves(kRecorded, {GetParam().line})->trace());
  EXPECT_EQ(equal_rows(recorded_rows(), rows), GetParam().row) << first_difference(recorded_rows(), rows);
}

constexpr std::size_t kBegin = 0;
constexpr std::size_t spawn(std::size_t n) { return n; }
constexpr std::size_t run(std::size_t n) { return spawn(300) + n; }
constexpr std::size_t second_spawn(std::size_t n) { return run(301) + n; }

const Broken kBroken[] = {
    {"a_batch_goes_to_the_ring_not_to_runnext", {"runtime.runqput", "if next {", ""}, run(174)},
    {"an_old_runnext_is_kicked_out", {"runtime.runqput", "gp = oldnext.ptr()", ""}, spawn(2)},
    {"a_full_ring_takes_no_more", {"runtime.runqput", "if t-h < uint32(len(_p_.runq)) {", ""}, spawn(258)},
    {"the_half_keeps_its_order", {"runtime.runqputslow", "if randomizeScheduler {", ""}, spawn(258)},
    {"gosched_goes_to_the_tail", {"runtime.globrunqput", "sched.runq.tail.set(gp)", ""}, run(1)},
    {"the_ring_counts_a_slice", {"runtime.execute", "_g_.m.p.ptr().schedtick++", ""}, run(2)},
    {"runnext_counts_none", {"runtime.execute", "if !inheritTime {", ""}, kBegin},
    {"tick_61_asks_the_global_queue", {"runtime.schedule", "gp = globrunqget(pp, 1)", ""}, run(59)},
    {"an_empty_ring_takes_a_batch", {"runtime.globrunqget", "runqput(_p_, gp1, false)", ""}, run(174)},
    {"64_dead_are_too_many", {"runtime.gfput", "if _p_.gFree.n >= 64 {", ""}, run(33)},
    {"a_refill_makes_32", {"runtime.gfget", "for _p_.gFree.n < 32 {", ""}, second_spawn(37)},
    {"dead_gs_are_used_again", {"runtime.gfget", "if gp == nil {", ""}, second_spawn(1)},
};
INSTANTIATE_TEST_SUITE_P(RunOrder, BrokenOrder, testing::ValuesIn(kBroken),
                         [](const auto& test) { return test.param.claim; });

}  // namespace
}  // namespace gogoscope::oracle
