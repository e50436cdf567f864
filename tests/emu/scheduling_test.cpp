// Which goroutine runs next, on one P and on several: orders, batches, what is stolen.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "emu/layout/status.h"
#include "emu/runtime/fastrand.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// A program on several Ps, run to its end.
std::unique_ptr<Session> finished(const std::string& text, int procs = 1, Turns turns = {},
                                  bool race = false) {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", text}};
  options.step_budget = 500'000;
  options.heap_bytes = 4 << 20;
  options.procs = procs;
  options.turns = turns;
  options.race = race;
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    return nullptr;
  }
  auto session = live_session(std::get<Program>(built));
  const Outcome outcome = session->execute({CommandId::run});
  EXPECT_TRUE(outcome.stop && outcome.stop->reason() == StopReason::exit)
      << (outcome.stop ? stop_detail(outcome, *session) : "");
  return session;
}

/// In which order gs began to run, main left out.
std::vector<int> run_order(Session& session) {
  std::vector<int> order;
  for (const Event& e : session.events()) {
    const auto* change = e.as<StatusChange>();
    if (change != nullptr && change->to == kGrunning && change->g.number != 1)
      order.push_back(change->g.number);
  }
  return order;
}

std::string spawn(int n) {
  return fmt::format(
      "TEXT main·main(SB), $24-0\n"
      "\tMOVQ ${0}, 16(SP)\n"
      "more:\n"
      "\tGO main·task(SB)\n"
      "\tDECQ 16(SP)\n"
      "\tJNE more\n"
      "wait:\n"
      "\tCALL runtime·Gosched(SB)\n"
      "\tCMPQ main·ran(SB), ${0}\n"
      "\tJNE wait\n"
      "\tRET\n"
      "TEXT main·task(SB), NOSPLIT, $0-0\n"
      "\tLOCK\n"
      "\tINCQ main·ran(SB)\n"
      "\tRET\n"
      "GLOBL main·ran(SB), NOPTR, $8\n",
      n);
}

TEST(Scheduling, runs_the_last_started_first_and_the_others_in_order) {
  auto session = finished(spawn(20));
  std::vector<int> expected(20);
  expected[0] = 21;
  std::iota(expected.begin() + 1, expected.end(), 2);
  EXPECT_EQ(run_order(*session), expected);
}

TEST(Scheduling, race_builds_run_them_in_another_order_and_all_of_them) {
  std::vector<int> order = run_order(*finished(spawn(20), 1, {}, true));
  EXPECT_NE(order, run_order(*finished(spawn(20))));
  std::sort(order.begin(), order.end());
  std::vector<int> all(20);
  std::iota(all.begin(), all.end(), 2);
  EXPECT_EQ(order, all);
}

// The order that a native run shows: 258 started, the oldest 128 and the 257th went to the global queue;
// single ones come from there at ticks 61 and 122, the rest when the ring is empty.
TEST(Scheduling, a_full_ring_of_256_sends_its_oldest_128_to_the_global_queue) {
  auto session = finished(spawn(258));
  const std::vector<int> order = run_order(*session);
  ASSERT_EQ(order.size(), 258U);
  EXPECT_EQ(order[0], 259);  // runnext
  EXPECT_EQ(order[1], 130);  // the oldest that stayed
  const auto place = [&](int g) { return std::find(order.begin(), order.end(), g) - order.begin(); };
  // schedtick is 4 and main's slice was inherited by the first: the tick is 61 after 57 more.
  EXPECT_EQ(place(2), 58);
  EXPECT_EQ(place(3), 58 + 61);
  EXPECT_EQ(place(4), 128 + 3) << "behind runnext, all 128 of the ring and the two single ones";
  EXPECT_EQ(order.back(), 258) << "the one that found no place";
}

TEST(Scheduling, no_g_is_lost_or_run_twice_on_four_ps_whatever_the_turns) {
  for (const auto& [seed, quantum] : {std::pair(1U, 2U), std::pair(2U, 20U), std::pair(3U, 200U)}) {
    Turns turns;
    turns.kind = Turns::Kind::seed;
    turns.seed = seed;
    turns.quantum = quantum;
    auto session = finished(spawn(40), 4, turns);
    int dead = 0;
    for (const Event& e : session->events()) {
      const auto* change = e.as<StatusChange>();
      if (change != nullptr && change->from == kGrunning && change->to == kGdead) ++dead;
    }
    // Main may leave while the last ones, on the three other Ms, are on their way to be dead.
    EXPECT_GE(dead, 37) << seed << " " << quantum;
    EXPECT_EQ(run_order(*session).size(), 40U) << seed << " " << quantum;
  }
}

TEST(Scheduling, the_same_seed_gives_the_same_run) {
  Turns turns;
  turns.kind = Turns::Kind::seed;
  turns.seed = 5;
  auto first = finished(spawn(20), 3, turns), second = finished(spawn(20), 3, turns);
  EXPECT_EQ(first->cursor().position(), second->cursor().position());
  EXPECT_EQ(run_order(*first), run_order(*second));
  turns.seed = 6;
  EXPECT_NE(finished(spawn(20), 3, turns)->cursor().position(), first->cursor().position());
}

TEST(Scheduling, one_m_and_one_p_without_work_are_a_deadlock) {
  auto session = lesson(
      "TEXT main·main(SB), $40-0\n"
      "\tMOVQ $0, 0(SP)\n"
      "\tMOVQ $0, 8(SP)\n"
      "\tMOVQ $14, 16(SP)\n"
      "\tMOVQ $1, 24(SP)\n"
      "\tCALL runtime·gopark(SB)\n"
      "\tRET\n");
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::deadlock);
  EXPECT_NE(stop_detail(outcome, *session).find("all goroutines are asleep - deadlock!"), std::string::npos)
      << stop_detail(outcome, *session);
}

TEST(StealOrder, meets_each_p_once_from_wherever_it_starts) {
  for (std::uint32_t count = 1; count <= 32; ++count) {
    for (std::uint32_t start = 0; start < 100; ++start) {
      const runtime::StealOrder order = runtime::steal_order(start, count);
      std::vector<bool> met(count);
      std::uint32_t at = order.first;
      for (std::uint32_t i = 0; i < count; ++i, at = (at + order.stride) % count) met[at] = true;
      EXPECT_EQ(std::count(met.begin(), met.end(), true), count) << start << " of " << count;
    }
  }
}

TEST(StealOrder, takes_every_stride_in_turn) {
  // Coprime to 10: 1, 3, 7, 9.
  EXPECT_EQ(runtime::steal_order(0, 10).stride, 1U);
  EXPECT_EQ(runtime::steal_order(1, 10).stride, 3U);
  EXPECT_EQ(runtime::steal_order(2, 10).stride, 7U);
  EXPECT_EQ(runtime::steal_order(3, 10).stride, 9U);
  EXPECT_EQ(runtime::steal_order(4, 10).stride, 1U);
  EXPECT_EQ(runtime::steal_order(4, 10).first, 4U);
}

}  // namespace
}  // namespace gogoscope
