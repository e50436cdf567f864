// The search finds what every order leads to, and nothing else: compared with running every order from boot.
#include "emu/explore/explorer.h"
#include "emu/explore/search.h"
#include "emu/layout/release.h"
#include "tests/emu/lesson.h"
#include "tests/emu/plain_orders.h"

namespace gogoscope {
namespace {

using tests::end_text;
using tests::PlainOrders;

/// A guest whose threads are in main.main, main.second, main.third from the start: no scheduler takes part.
Program small(const std::string& text, int threads = 2) {
  ProgramOptions options;
  options.bodies = {{"bodies", text}};
  options.turns.explored = true;
  options.step_budget = 3 * Pilot::kAlone;  // an endless loop of private steps is seen after that many
  auto built = build_program(options);
  if (const auto* const wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    std::abort();
  }
  Program program = std::get<Program>(built);
  Image& boot = *program.guest->boot;
  const auto poke = [&](Addr addr, std::uint64_t value, std::size_t size) {
    boot.write(*boot.map().image_offset(addr, size), std::as_bytes(std::span(&value, 1)).first(size));
  };
  const char* const entries[] = {"main.main", "main.second", "main.third"};
  const ThreadTable table = *ThreadTable::of(*program.guest);
  for (int i = 0; i < threads; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    boot.set_reg(thread, Reg::rip, program.guest->code.function(entries[i])->entry.value());
    boot.set_reg(thread, Reg::rsp, 0x7fffffffe000 - static_cast<std::uint64_t>(i) * 0x1000);
    boot.set_reg(thread, Reg::rflags, 0x202);
    poke(table.row_addr(thread), static_cast<std::uint64_t>(ThreadState::runnable), 4);
  }
  poke(table.schedule_addr() + ScheduleWords::kThreads, static_cast<std::uint64_t>(threads), 8);
  return program;
}

std::string how(const OrderEnd& end) {
  switch (end.kind) {
    case OrderEnd::Kind::endless:
      return "endless";
    case OrderEnd::Kind::broke:
      return "breaks " + std::string(info(end.invariant).name);
    default:
      return std::string(name(end.stop.reason)) + " " + end.stop.detail.en;
  }
}

std::set<std::string> searched(const Program& program, int preemptions, Explored* out = nullptr,
                               Pruning pruning = Pruning::by_preemptions_left) {
  std::set<std::string> ends;
  ExploreOptions options;
  options.preemptions = preemptions;
  options.fails = [&](const OrderEnd& end, const Trace&, const StateView& state) {
    ends.insert(end_text(*program.guest, state, how(end)));
    return false;
  };
  Trace trace(program.guest);
  OrderSearch search(options, trace, pruning);
  Machine(program.guest, program.slots, trace).fly(search);
  Explored explored = search.take();
  EXPECT_TRUE(explored.complete);
  if (out != nullptr) *out = std::move(explored);
  return ends;
}

using Ends = std::vector<std::string>;

/// Those of one that are not in the other.
Ends without(const std::set<std::string>& one, const std::set<std::string>& other) {
  Ends out;
  std::ranges::set_difference(one, other, std::back_inserter(out));
  return out;
}

/// At every K, until more preemptions change nothing, or up to `most`.
void compare(const std::string& text, int threads, int most) {
#if defined(__SANITIZE_ADDRESS__)
  most = std::min(most, threads > 2 ? 0 : 1);  // the plain enumeration runs thousands of orders from boot
#endif
  const Program program = small(text, threads);
  for (int k = 0; k <= most; ++k) {
    Explored explored;
    const std::set<std::string> found = searched(program, k, &explored);
    PlainOrders plain(program.guest, program.slots);
    const std::set<std::string> all = plain.ends(k);
    EXPECT_FALSE(all.empty());
    EXPECT_EQ(without(found, all), Ends{}) << "found only by the search, with " << k << " preemptions";
    EXPECT_EQ(without(all, found), Ends{}) << "not found by the search, with " << k << " preemptions";
    EXPECT_LE(explored.orders, plain.orders());
    if (explored.every_order) {
      PlainOrders more(program.guest, program.slots);
      EXPECT_EQ(more.ends(k + 1), all) << "the search said that " << k << " preemptions are all there is";
      return;
    }
  }
}

constexpr const char* kEnd = "\tMOVQ $main·word(SB), AX\n\tMOVQ AX, 0(SP)\n\tCALL runtime·exitThread(SB)\n";
constexpr const char* kData =
    "DATA main·x+0(SB)/8, $0\nGLOBL main·x(SB), $8\nDATA main·y+0(SB)/8, $0\nGLOBL main·y(SB), $8\n"
    "DATA main·word+0(SB)/8, $0\nGLOBL main·word(SB), $8\n";

std::string thread(const char* name, const std::string& body) {
  return std::string("TEXT main·") + name + "(SB), NOSPLIT, $32-0\n" + body;
}

constexpr const char* kLoad = "\tMOVQ main·x(SB), BX\n";
constexpr const char* kStore = "\tMOVQ BX, main·x(SB)\n";

std::string adds(int n) { return kLoad + std::string("\tADDQ $") + std::to_string(n) + ", BX\n" + kStore; }

/// Two threads that load, add and store.
std::string lost_update() {
  return thread("main", adds(1) + kEnd) + thread("second", adds(2) + kEnd) + kData;
}

TEST(Explore, finds_every_lost_update_of_two_threads) { compare(lost_update(), 2, 3); }

TEST(Explore, finds_what_three_threads_do) {
  compare(thread("main", adds(3) + kEnd) + thread("second", adds(5) + kEnd) +
              thread("third", adds(7) + kEnd) + kData,
          3, 2);
}

TEST(Explore, finds_the_lost_wakeup_of_a_futex) {
  // Without the value that FUTEX_WAIT compares: the wakeup may come before the sleep.
  const std::string sleeper =
      "\tCMPQ main·x(SB), $1\n\tJEQ done\n\tMOVQ $main·x(SB), AX\n\tMOVQ AX, 0(SP)\n\tMOVQ main·x(SB), BX\n"
      "\tMOVL BX, 8(SP)\n\tMOVQ $-1, 16(SP)\n\tCALL runtime·futexsleep(SB)\ndone:\n\tMOVQ $1, main·y(SB)\n";
  const std::string waker =
      "\tMOVQ $1, main·x(SB)\n\tMOVQ $main·x(SB), AX\n\tMOVQ AX, 0(SP)\n\tMOVL $1, 8(SP)\n"
      "\tCALL runtime·futexwakeup(SB)\n";
  compare(thread("main", sleeper + kEnd) + thread("second", waker + kEnd) + kData, 2, 3);
}

TEST(Explore, lets_others_move_for_free_where_a_thread_spins) {
  const std::string spins = "wait:\n\tCMPQ main·x(SB), $1\n\tJNE wait\n\tMOVQ $1, main·y(SB)\n\tUNDEF\n";
  const std::string sets = "\tMOVQ main·y(SB), BX\n\tMOVQ $1, main·x(SB)\n" + std::string(kEnd);
  compare(thread("main", spins) + thread("second", sets) + kData, 2, 4);
}

TEST(Explore, sees_that_threads_that_wait_for_each_other_never_end) {
  const std::string a =
      "wait:\n\tCMPQ main·x(SB), $1\n\tJNE wait\n\tMOVQ $1, main·y(SB)\n" + std::string(kEnd);
  const std::string b =
      "\tCMPQ main·y(SB), $0\n\tJNE skip\n\tMOVQ $1, main·x(SB)\nskip:\n" + std::string(kEnd);
  compare(thread("main", a) + thread("second", b) + kData, 2, 4);
  const Program program = small(thread("main", "again:\n\tINCQ BX\n\tANDQ $3, BX\n\tJMP again\n") +
                                thread("second", kEnd) + kData);
  const std::set<std::string> ends = searched(program, 1);
  EXPECT_TRUE(std::ranges::any_of(ends, [](const std::string& e) { return e.starts_with("endless"); }));
}

TEST(Explore, lets_deadlines_pass_where_no_thread_moves_or_as_a_choice) {
  const std::string sleeps = "\tMOVL $20, 0(SP)\n\tCALL runtime·usleep(SB)\n" + adds(1);
  const std::string longer =
      "\tMOVL $50, 0(SP)\n\tCALL runtime·usleep(SB)\n\tCALL runtime·nanotime(SB)\n\tMOVQ 0(SP), BX\n"
      "\tMOVQ BX, main·y(SB)\n";
  compare(thread("main", sleeps + kEnd) + thread("second", longer + kEnd) + kData, 2, 2);
  compare(thread("main", sleeps + kEnd) + thread("second", longer + kEnd) +
              thread("third", "\tMOVQ $7, main·x(SB)\n" + std::string(kEnd)) + kData,
          3, 1);
}

TEST(Explore, takes_a_yield_for_no_preemption) {
  const std::string yields = kLoad + std::string("\tCALL runtime·osyield(SB)\n\tADDQ $1, BX\n") + kStore;
  compare(thread("main", yields + kEnd) + thread("second", yields + kEnd) + kData, 2, 2);
}

/// The second thread breaks an invariant if the first one has come to a certain point, and not to the next.
std::string breaks_in_some_orders() {
  const std::string runqsize =
      std::to_string(runtime::Go(release_named("1.16")->layout).sched("runqsize").offset) + "(CX)";
  const std::string passes = "\tMOVQ $1, main·x(SB)\n\tMOVQ $2, main·x(SB)\n";
  const std::string breaks = "\tMOVQ $runtime·sched(SB), CX\n\tCMPQ main·x(SB), $1\n\tJNE done\n\tMOVL $3, " +
                             runqsize + "\n\tMOVL $0, " + runqsize + "\ndone:\n";
  return thread("main", passes + kEnd) + thread("second", breaks + kEnd) + kData;
}

TEST(Explore, finds_the_orders_that_break_an_invariant) {
  compare(breaks_in_some_orders(), 2, 3);
  const auto broken = [](const std::string& e) { return e.starts_with("breaks runqsize-counts"); };
  EXPECT_TRUE(std::ranges::none_of(searched(small(breaks_in_some_orders()), 0), broken));
  EXPECT_TRUE(std::ranges::any_of(searched(small(breaks_in_some_orders()), 1), broken));
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(Explore, would_be_seen_to_lose_ends_if_it_pruned_by_state_alone) {
  std::size_t lost = 0;
  for (const auto& [text, threads] :
       {std::pair(lost_update(), 2),
        std::pair(thread("main", adds(3) + kEnd) + thread("second", adds(5) + kEnd) +
                      thread("third", adds(7) + kEnd) + kData,
                  3)}) {
    const Program program = small(text, threads);
    for (int k = 1; k <= 2; ++k) {
      PlainOrders plain(program.guest, program.slots);
      const std::set<std::string> all = plain.ends(k);
      EXPECT_EQ(without(all, searched(program, k)), Ends{});
      const Ends missing = without(all, searched(program, k, nullptr, Pruning::by_state_alone));
      lost += missing.size();
    }
  }
  EXPECT_GT(lost, 0U);
}
#endif

TEST(Explore, finds_the_same_in_any_number_of_shards) {
  const Program program = small(thread("main", adds(3) + kEnd) + thread("second", adds(5) + kEnd) +
                                    thread("third", adds(7) + kEnd) + kData,
                                3);
  ExploreOptions options;
  options.preemptions = 2;
  // Some end: so that there is a failure, and a shortest one.
  options.fails = [](const OrderEnd& end, const Trace&, const StateView&) { return end.key % 3 == 0; };
  const Explored one = explore(program.guest, program.slots, options);
  EXPECT_GT(one.states(), 50U);
  ASSERT_TRUE(one.failure);
  for (unsigned of = 2; of <= 5; ++of) {
    std::vector<Explored> shards;
    for (unsigned i = 0; i < of; ++i) {
      options.shard = {i, of};
      shards.push_back(explore(program.guest, program.slots, options));
      EXPECT_LT(shards.back().states(), one.states()) << "a shard has done it all";
    }
    const Explored all = whole_of(std::move(shards));
    EXPECT_EQ(all.keys, one.keys);
    EXPECT_EQ(all.outcomes.size(), one.outcomes.size());
    for (const Explored::Outcome& outcome : one.outcomes) {
      EXPECT_TRUE(std::ranges::any_of(all.outcomes, [&](const Explored::Outcome& other) {
        return other.fails == outcome.fails && other.keys == outcome.keys && other.end.same_kind(outcome.end);
      }));
    }
    ASSERT_TRUE(all.failure);
    EXPECT_EQ(all.failure->order.preemptions, one.failure->order.preemptions);
  }
}

TEST(Explore, says_that_it_is_not_complete_where_it_ended_early) {
  const Program program = small(lost_update());
  ExploreOptions options;
  options.preemptions = 2;
  options.max_states = 3;
  const Explored some = explore(program.guest, program.slots, options);
  EXPECT_FALSE(some.complete);
  EXPECT_FALSE(some.every_order);
  options.max_states = 0;
  EXPECT_TRUE(explore(program.guest, program.slots, options).complete);
}

TEST(Explore, finds_the_shortest_order_that_fails) {
  const Program program = small(lost_update());
  const Addr x = program.guest->code.data("main.x")->addr;
  ExploreOptions options;
  options.preemptions = 2;
  options.fails = [&](const OrderEnd&, const Trace&, const StateView& state) {
    return state.load_or_zero(x) == 1;
  };
  const Explored first = explore(program.guest, program.slots, options);
  ASSERT_TRUE(first.failure);
  options.shorter_than = first.failure->order.steps + 1;
  const Explored found = explore(program.guest, program.slots, options);
  ASSERT_TRUE(found.failure);
  EXPECT_LE(found.failure->order.steps, first.failure->order.steps);
  options.shorter_than = found.failure->order.steps;
  EXPECT_FALSE(explore(program.guest, program.slots, options).failure);
}

}  // namespace
}  // namespace gogoscope
