#include <gtest/gtest.h>

#include "emu/history/event_info.h"
#include "emu/layout/describe.h"
#include "emu/layout/status.h"
#include "emu/machine/machine.h"
#include "emu/runtime/program.h"
#include "tests/emu/small_guest.h"
#include "tests/events_of.h"

namespace gogoscope {
namespace {

using namespace tests;

class Events : public ::testing::Test {
 protected:
  std::shared_ptr<Guest> guest = small_guest();
  HandRecord record{guest};

  Addr at(Addr base, const char* s, const char* name) { return field(*guest, base, s, name); }
  Addr ring(int slot) { return at(kP0, "p", "runq") + slot * 8; }

  std::vector<std::string> told() {
    std::vector<std::string> out;
    for (const Event& e : events_of(record.trace())) out.push_back(to_string(e, *guest));
    return out;
  }
  using Lines = std::vector<std::string>;
};

TEST_F(Events, a_stored_status_is_one) {
  record.store(at(kG2, "g", "atomicstatus"), 6, 4).step();
  EXPECT_EQ(told(), Lines{"g2: running -> dead on m0"});
}

TEST_F(Events, a_store_of_the_same_value_is_none) {
  record.store(at(kG2, "g", "atomicstatus"), 2, 4).step();
  record.store(at(kM0, "m", "curg"), kG2.value()).step();
  EXPECT_EQ(told(), Lines{});
}

TEST_F(Events, stores_to_the_neighbours_are_none) {
  record.store(at(kG2, "g", "stackLock"), 1, 4).step();
  record.store(at(kG2, "g", "waitsince"), 1).step();
  record.store(at(kM0, "m", "tls") + 8, kG1.value()).step();
  record.store(at(kP0, "p", "schedtick"), 1, 4).step();
  record.store(kStack2 + 2000, 6).step();
  EXPECT_EQ(told(), Lines{});
}

TEST_F(Events, tls_and_curg_name_gs) {
  record.store(at(kM0, "m", "tls"), kG0.value()).step();
  record.store(at(kM0, "m", "curg"), 0).step();
  record.store(at(kM0, "m", "tls"), 0x123).step();
  EXPECT_EQ(told(), (Lines{"m0 TLS: g2 -> g0", "m0.curg: g2 -> nil", "m0 TLS: g0 -> 0x123"}));
}

TEST_F(Events, sp_on_another_stack_is_one_and_on_the_same_none) {
  record.reg(Reg::rsp, (kStack2 + 0x400).value()).step();
  record.reg(Reg::rsp, (kStack0 + 0x1000).value()).step();
  record.reg(Reg::rsp, (kStack0 + 0xff8).value()).step();
  record.reg(Reg::rsp, (kStack1 + 2048 - 40).value()).step();
  EXPECT_EQ(told(), (Lines{"m0 stack: g2 -> g0", "m0 stack: g0 -> g1"}));
}

TEST_F(Events, bounds_set_round_a_resting_sp_are_none) {
  record.store(kG2, (kStack2 + 0x7f0).value()).step();
  EXPECT_EQ(told(), Lines{});
  record.store(kG2, kStack2.value()).step();
  record.reg(Reg::rsp, (kStack2 + 0x400).value()).step();
  EXPECT_EQ(told(), Lines{}) << "the stack it rests on is g2's all the same";
}

TEST_F(Events, runnext_gives_up_the_g_that_was_there) {
  record.store(at(kP0, "p", "runnext"), kG1.value()).step();
  record.store(at(kP0, "p", "runnext"), kG2.value()).step();
  record.store(at(kP0, "p", "runnext"), 0).step();
  EXPECT_EQ(told(), (Lines{"g1 put into p0.runnext", "g1 taken from p0.runnext", "g2 put into p0.runnext",
                           "g2 taken from p0.runnext"}));
}

TEST_F(Events, the_ring_is_reported_when_its_counters_move) {
  record.store(ring(0), kG1.value()).step();
  record.store(at(kP0, "p", "runqtail"), 1, 4).step();
  record.store(ring(1), kG2.value()).step();
  record.store(at(kP0, "p", "runqtail"), 2, 4).step();
  record.store(at(kP0, "p", "runqhead"), 2, 4).step();
  EXPECT_EQ(told(), (Lines{"g1 put into p0.runq", "g2 put into p0.runq", "g1 taken from p0.runq",
                           "g2 taken from p0.runq"}));
}

TEST_F(Events, the_ring_wraps) {
  poke(*guest->boot, at(kP0, "p", "runqhead"), 0xffffffff, 4);
  poke(*guest->boot, at(kP0, "p", "runqtail"), 0xffffffff, 4);
  HandRecord wrapped(guest);
  wrapped.store(ring(255), kG2.value()).step();
  wrapped.store(at(kP0, "p", "runqtail"), 0, 4).step();
  const std::vector<Event> events = events_of(wrapped.trace());
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(to_string(events[0], *guest), "g2 put into p0.runq");
}

TEST_F(Events, the_global_queue_is_reported_at_its_tail_and_head) {
  const Addr head = at(kSched, "schedt", "runq.head");
  const Addr tail = at(kSched, "schedt", "runq.tail");
  // pushBack on an empty queue, then on one of one g
  record.store(head, kG1.value()).step();
  record.store(tail, kG1.value()).step();
  record.store(at(kG1, "g", "schedlink"), kG2.value()).step();
  record.store(tail, kG2.value()).step();
  // pop, pop
  record.store(head, kG2.value()).step();
  record.store(head, 0).step();
  record.store(tail, 0).step();
  EXPECT_EQ(told(), (Lines{"g1 put into sched.runq", "g2 put into sched.runq", "g1 taken from sched.runq",
                           "g2 taken from sched.runq"}));
}

TEST_F(Events, a_batch_put_on_the_global_queue_is_reported_in_its_order) {
  record.store(at(kG1, "g", "schedlink"), kG2.value()).step();
  record.store(at(kSched, "schedt", "runq.head"), kG1.value()).step();
  record.store(at(kSched, "schedt", "runq.tail"), kG2.value()).step();
  EXPECT_EQ(told(), (Lines{"g1 put into sched.runq", "g2 put into sched.runq"}));
}

TEST_F(Events, a_push_at_the_front_of_the_global_queue_is_a_put) {
  record.store(at(kSched, "schedt", "runq.head"), kG1.value()).step();
  record.store(at(kSched, "schedt", "runq.tail"), kG1.value()).step();
  record.store(at(kG2, "g", "schedlink"), kG1.value()).step();
  record.store(at(kSched, "schedt", "runq.head"), kG2.value()).step();
  EXPECT_EQ(told(), (Lines{"g1 put into sched.runq", "g2 put into sched.runq"}));
}

TEST_F(Events, free_lists_are_last_in_first_out) {
  const Addr head = at(kP0, "p", "gFree.head");
  record.store(at(kG1, "g", "schedlink"), 0).step();
  record.store(head, kG1.value()).step();
  record.store(at(kG2, "g", "schedlink"), kG1.value()).step();
  record.store(head, kG2.value()).step();
  record.store(head, kG1.value()).step();
  record.store(at(kG2, "g", "schedlink"), 0).step();
  record.store(at(kSched, "schedt", "gFree.stack.head"), kG2.value()).step();
  EXPECT_EQ(told(), (Lines{"g1 put on p0.gFree", "g2 put on p0.gFree", "g2 taken from p0.gFree",
                           "g2 put on sched.gFree"}));
}

TEST_F(Events, a_g_forgotten_to_be_linked_is_still_put) {
  record.store(at(kP0, "p", "gFree.head"), kG1.value()).step();
  record.store(at(kP0, "p", "gFree.head"), kG2.value()).step();
  EXPECT_EQ(told(), (Lines{"g1 put on p0.gFree", "g2 put on p0.gFree"}));
}

TEST_F(Events, links_in_a_ring_do_not_hang_the_scanner) {
  record.store(at(kG1, "g", "schedlink"), kG2.value()).step();
  record.store(at(kG2, "g", "schedlink"), kG1.value()).step();
  record.store(at(kSched, "schedt", "runq.head"), kG1.value()).step();
  record.store(at(kSched, "schedt", "runq.tail"), kG3.value()).step();
  EXPECT_EQ(told().size(), 1U);
}

TEST_F(Events, a_new_g_has_a_name_from_the_moment_allgs_knows_it) {
  record.store(at(kG3, "g", "atomicstatus"), 6, 4).step();
  record.store(kAllgs + 8, 3).step();
  record.store(at(kG3, "g", "atomicstatus"), 1, 4).step();
  EXPECT_EQ(told(), Lines{"g3: dead -> runnable on m0"});
}

TEST_F(Events, an_exit_is_reported_once) {
  record.reg(Reg::rax, 1).step().stop({StopReason::exit, Text::untranslated("exit(0)"), 0});
  EXPECT_EQ(told(), Lines{"exit 0"});
}

TEST_F(Events, stores_come_before_the_stack_within_a_step) {
  record.store(at(kM0, "m", "tls"), kG0.value()).reg(Reg::rsp, (kStack0 + 0x1000).value()).step();
  EXPECT_EQ(told(), (Lines{"m0 TLS: g2 -> g0", "m0 stack: g2 -> g0"}));
}

TEST_F(Events, one_step_alone_gives_the_same) {
  record.store(at(kM0, "m", "tls"), kG0.value()).step();
  record.reg(Reg::rsp, (kStack0 + 0x1000).value()).step();
  record.store(at(kG2, "g", "atomicstatus"), 6, 4).step();
  std::vector<std::string> one_by_one;
  for (std::uint64_t k = 0; k < record.trace().steps(); ++k) {
    for (const Event& e : events_of(record.trace(), k, k + 1)) one_by_one.push_back(to_string(e, *guest));
  }
  EXPECT_EQ(one_by_one, told());
}

TEST_F(Events, go_on_where_they_were_and_are_cut) {
  record.store(at(kG2, "g", "atomicstatus"), 6, 4).step();
  RunEvents run(record.trace());
  run.follow(100);
  EXPECT_EQ(run.followed(), 1U);
  record.store(at(kG2, "g", "atomicstatus"), 1, 4).step();
  run.follow(100);
  ASSERT_EQ(without_breaks(run.all()).size(), 2U);
  EXPECT_EQ(without_breaks(run.all())[1].step, 1U);

  // The future is given up.
  Cursor past(record.trace());
  past.seek(1);
  record.pen().truncate(past);
  run.cut(1);
  EXPECT_EQ(run.followed(), 1U);
  run.follow(100);
  EXPECT_EQ(without_breaks(run.all()).size(), 1U);
}

/// A real run: main starts one goroutine, yields until it has exited, and returns.
class EventsOfARun : public ::testing::Test {
 protected:
  EventsOfARun() {
    ProgramOptions options;
    options.name = "one exit";
    options.bodies = {{"bodies",
                       "TEXT main·main(SB), $16-0\n GO main·worker(SB)\n CALL runtime·Gosched(SB)\n"
                       " CALL runtime·Gosched(SB)\n CALL runtime·Gosched(SB)\n RET\n"
                       "TEXT main·worker(SB), NOSPLIT, $0-0\n RET\n"}};
    auto built = build_program(options);
    if (auto* program = std::get_if<Program>(&built)) {
      trace = std::make_unique<Trace>(program->guest);
      Machine(program->guest, program->slots, *trace).run(100'000);
    }
  }
  void SetUp() override { ASSERT_NE(trace, nullptr); }

  std::vector<Event> events() { return events_of(*trace); }

  std::unique_ptr<Trace> trace;
};

TEST_F(EventsOfARun, tell_the_life_of_a_goroutine_in_order) {
  std::vector<std::string> life;
  for (const Event& e : events()) {
    const EventNaming naming{trace->guest()};
    for (const char* key : {"g", "from", "to"}) {
      if (word_of(e, key, naming) != "g2") continue;
      life.push_back(to_string(e, trace->guest()));
      break;
    }
  }
  const std::vector<std::string> expected = {"g2: dead -> runnable on m0",
                                             "g2 put into p0.runnext",
                                             "g2 taken from p0.runnext",
                                             "m0.curg: nil -> g2",
                                             "g2: runnable -> running on m0",
                                             "m0 TLS: g0 -> g2",
                                             "m0 stack: g0 -> g2",
                                             "m0 TLS: g2 -> g0",
                                             "m0 stack: g2 -> g0",
                                             "g2: running -> dead on m0",
                                             "m0.curg: g2 -> nil",
                                             "g2 put on p0.gFree"};
  EXPECT_EQ(life, expected);
}

TEST_F(EventsOfARun, hold_only_legal_changes_of_status) {
  for (const Event& e : events()) {
    const auto* change = e.as<StatusChange>();
    if (change == nullptr) continue;
    EXPECT_NE(trace->guest().release->g_transition(change->from, change->to), nullptr)
        << to_string(e, trace->guest());
  }
}

TEST_F(EventsOfARun, end_with_exit_0) {
  ASSERT_FALSE(events().empty());
  EXPECT_EQ(to_string(events().back(), trace->guest()), "exit 0");
}

TEST_F(EventsOfARun, are_the_same_step_by_step) {
  std::vector<std::string> scanned;
  for (const Event& e : events()) scanned.push_back(to_string(e, trace->guest()));
  std::vector<std::string> one_by_one;
  for (std::uint64_t k = 0; k < trace->steps(); ++k) {
    for (const Event& e : events_of(*trace, k, k + 1)) one_by_one.push_back(to_string(e, trace->guest()));
  }
  EXPECT_EQ(one_by_one, scanned);
}

TEST_F(EventsOfARun, nearly_every_store_has_a_name) {
  std::size_t stores = 0, unnamed = 0;
  for (Cursor c(*trace); !c.at_end();) {
    const Step step = c.next();
    c.forward();
    const Names names(trace->guest(), c.state());
    for (const Store& s : step.stores) {
      ++stores;
      if (names.describe(s.addr, s.size).empty()) ++unnamed;
    }
  }
  EXPECT_LT(unnamed * 10, stores) << unnamed << " of " << stores
                                  << "; a new g and p have none until they are listed";
}

TEST_F(EventsOfARun, frames_of_goexit0_end_at_mcall) {
  const CodeAddr entry = trace->guest().code.function("runtime.goexit0")->entry;
  Cursor c(*trace);
  while (c.state().pc() != entry && c.forward()) {
  }
  ASSERT_EQ(c.state().pc(), entry);
  const auto found = frames(trace->guest(), c.state(), 0);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].function->name, "runtime.mcall");
  EXPECT_EQ(describe(trace->guest(), c.state(), c.state().sp() + 8), "goexit0.gp");
}

}  // namespace
}  // namespace gogoscope
