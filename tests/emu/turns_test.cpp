// Which thread moves next is input, and part of the record like everything else. Two threads that count, made
// by hand: no scheduler takes part.
#include <cstring>
#include <sstream>

#include "emu/guest/thread_table.h"
#include "emu/machine/machine.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// main.main counts in AX, main.worker in BX, each on its own forever.
constexpr const char* kCounters =
    "TEXT main·main(SB), NOSPLIT, $0-0\n"
    "again:\n"
    "\tINCQ AX\n"
    "\tJMP again\n"
    "TEXT main·worker(SB), NOSPLIT, $0-0\n"
    "again:\n"
    "\tINCQ BX\n"
    "\tJMP again\n";

void poke(Image& image, std::uint32_t offset, std::uint64_t value, std::size_t size) {
  image.write(offset, std::as_bytes(std::span(&value, 1)).first(size));
}

/// A guest that starts with both threads in their loops.
Program counters(Turns turns) {
  ProgramOptions options;
  options.bodies = {{"bodies", kCounters}};
  options.turns = std::move(turns);
  options.step_budget = 2000;
  Program program = std::get<Program>(build_program(options));
  Image& boot = *program.guest->boot;
  const char* const entries[] = {"main.main", "main.worker"};
  for (int i = 0; i < 2; ++i) {
    const std::uint64_t pc = program.guest->code.function(entries[i])->entry.value();
    boot.set_reg(static_cast<ThreadId>(i), Reg::rip, pc);
    boot.set_reg(static_cast<ThreadId>(i), Reg::rflags, 0x202);
    const Addr state = ThreadTable::of(*program.guest)->row_addr(static_cast<ThreadId>(i));
    poke(boot, *boot.map().image_offset(state, 4),
         static_cast<std::uint64_t>(i == 0 ? ThreadState::runnable : ThreadState::fresh), 4);
  }
  const Addr made = ThreadTable::of(*program.guest)->schedule_addr() + ScheduleWords::kThreads;
  poke(boot, *boot.map().image_offset(made, 8), 2, 8);
  return program;
}

/// Thread of each step, 's' where a turn continues: "s1111s00".
std::string turns_of(const Trace& trace) {
  std::string out;
  Cursor cursor(trace);
  while (!cursor.at_end()) {
    const Step step = cursor.next();
    out += step.kind == StepKind::thread ? 's' : static_cast<char>('0' + step.thread);
    cursor.forward();
  }
  return out;
}

std::string first_turns(Turns turns, std::uint64_t steps) {
  const Program program = counters(std::move(turns));
  Trace trace(program.guest);
  Machine(program.guest, program.slots, trace).run(steps);
  return turns_of(trace);
}

struct Words {
  ThreadTable table;
  explicit Words(const Guest& guest) : table(*ThreadTable::of(guest)) {}
  std::string state(ThreadId thread) const { return hex(table.row_addr(thread)); }
  std::string deadline(ThreadId thread) const { return hex(table.row_addr(thread) + ThreadRow::kDeadline); }
  static std::string hex(Addr addr) {
    std::ostringstream out;
    out << "0x" << std::hex << addr.value();
    return out.str();
  }
};

TEST(Turns, go_round_in_quanta) { EXPECT_EQ(first_turns({.quantum = 4}, 20), "s1111s0000s1111s0000"); }

TEST(Turns, follow_an_explicit_list_before_anything_else) {
  EXPECT_EQ(first_turns({.quantum = 3, .first = {{0, 2}, {1, 5}, {0, 1}}}, 16), "s00s11111s0s111s");
}

TEST(Turns, skip_the_part_of_a_list_that_names_a_thread_which_cannot_move) {
  EXPECT_EQ(first_turns({.quantum = 3, .first = {{5, 2}, {1, 2}}}, 7), "s11s000");
}

TEST(Turns, go_to_threads_with_large_numbers) {
  const Program program = counters({.quantum = 4});
  const Guest& guest = *program.guest;
  const ThreadTable table = *ThreadTable::of(guest);
  constexpr ThreadId kFar = 1000;
  Image& boot = *program.guest->boot;
  boot.set_reg(kFar, Reg::rip, guest.code.function("main.worker")->entry.value());
  boot.set_reg(kFar, Reg::rflags, 0x202);
  poke(boot, *guest.map.image_offset(table.row_addr(kFar), 4), static_cast<std::uint64_t>(ThreadState::fresh),
       4);
  poke(boot, *guest.map.image_offset(table.row_addr(1), 4), static_cast<std::uint64_t>(ThreadState::none), 4);
  poke(boot, *guest.map.image_offset(table.schedule_addr() + ScheduleWords::kThreads, 8), kFar + 1, 8);
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(20);
  Cursor cursor(trace);
  cursor.seek(20);
  EXPECT_EQ(cursor.state().reg(0, Reg::rax), 4U);
  EXPECT_EQ(cursor.state().reg(kFar, Reg::rbx), 4U);
  EXPECT_EQ(cursor.state().hash(), machine.engine_state().hash());
  while (cursor.back()) {
  }
  EXPECT_EQ(cursor.state().reg(kFar, Reg::rbx), 0U);
  EXPECT_LE(trace.delta_bytes(), 20U * 10) << "bytes a step";
}

TEST(Turns, see_what_the_guests_own_code_stores_to_the_table_of_threads) {
  ProgramOptions options;
  options.bodies = {{"bodies",
                     "TEXT main·main(SB), NOSPLIT, $0-0\n"
                     "\tMOVL $3, kernel·threads(SB)\n"
                     "again:\n"
                     "\tINCQ AX\n"
                     "\tJMP again\n"
                     "TEXT main·worker(SB), NOSPLIT, $0-0\n"
                     "\tRET\n"}};
  const Program program = std::get<Program>(build_program(options));
  program.guest->boot->set_reg(0, Reg::rip, program.guest->code.function("main.main")->entry.value());
  Trace trace(program.guest);
  Machine(program.guest, program.slots, trace).run(20);
  ASSERT_NE(trace.end(), nullptr) << "the only thread has put itself to sleep";
  EXPECT_EQ(trace.end()->reason, StopReason::deadlock);
  EXPECT_EQ(trace.steps(), 1U);
}

TEST(Turns, of_a_seed_are_the_same_every_time_and_differ_from_those_of_another) {
  const Turns seven{.kind = Turns::Kind::seed, .quantum = 9, .seed = 7};
  const Turns eight{.kind = Turns::Kind::seed, .quantum = 9, .seed = 8};
  EXPECT_EQ(first_turns(seven, 200), first_turns(seven, 200));
  EXPECT_NE(first_turns(seven, 200), first_turns(eight, 200));
}

TEST(Turns, change_no_register_and_keep_those_of_both_threads) {
  const Program program = counters({.quantum = 4});
  Trace trace(program.guest);
  Machine(program.guest, program.slots, trace).run(20);
  Cursor cursor(trace);
  cursor.seek(20);
  EXPECT_EQ(cursor.state().reg(0, Reg::rax), 4U);
  EXPECT_EQ(cursor.state().reg(1, Reg::rbx), 4U);
  EXPECT_EQ(cursor.state().reg(0, Reg::rbx), 0U);
  while (cursor.back()) {
    const Step step = cursor.next();
    EXPECT_EQ(step.kind == StepKind::thread && !step.regs.empty(), false);
    EXPECT_EQ(step.thread, cursor.state().thread());
  }
  EXPECT_EQ(cursor.state().reg(1, Reg::rbx), 0U);
}

TEST(Turns, leave_the_record_equal_to_the_engine) {
  const Program program = counters({.kind = Turns::Kind::seed, .quantum = 5, .seed = 3});
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  Cursor cursor(trace);
  for (int i = 0; i < 200; ++i) {
    machine.run(1);
    ASSERT_TRUE(cursor.forward());
    ASSERT_EQ(cursor.state().hash(), machine.engine_state().hash()) << "state " << cursor.position();
  }
}

TEST(Turns, are_the_same_after_going_back_and_on_again) {
  const Program program = counters({.kind = Turns::Kind::seed, .quantum = 5, .seed = 3});
  Trace trace(program.guest);
  Machine machine(program.guest, program.slots, trace);
  machine.run(300);
  const std::string whole = turns_of(trace);
  for (const std::uint64_t k : {299U, 150U, 77U, 1U, 0U}) {
    Cursor past(trace);
    past.seek(k);
    machine.resume_from(past);
    machine.run(300 - k);
    ASSERT_EQ(turns_of(trace), whole) << "from state " << k;
  }
}

TEST(Turns, pass_over_a_thread_that_sleeps) {
  auto session = live_session(counters({.quantum = 4}));
  const Words words(session->guest());
  ASSERT_TRUE(execute(*session, CommandId::edit, words.state(1) + " = 3").ok());
  execute(*session, CommandId::run_to, "60");
  EXPECT_EQ(turns_of(session->trace()).find('s'), std::string::npos);
}

TEST(Turns, let_the_clock_jump_to_the_first_deadline_when_no_thread_can_move) {
  auto session = live_session(counters({.quantum = 4}));
  const Words words(session->guest());
  for (const ThreadId thread : {0, 1}) {
    ASSERT_TRUE(execute(*session, CommandId::edit, words.state(thread) + " = 3").ok());
    ASSERT_TRUE(
        execute(*session, CommandId::edit, words.deadline(thread) + (thread == 0 ? " = 900" : " = 500"))
            .ok());
  }
  execute(*session, CommandId::run_to, "20");
  const StateView& state = session->cursor().state();
  EXPECT_EQ(words.table.clock(state), 500U);
  EXPECT_EQ(state.thread(), 1);
  EXPECT_EQ(words.table.row(state, 1).state, ThreadState::runnable);
  EXPECT_EQ(words.table.row(state, 0).state, ThreadState::asleep) << "its deadline is later";
}

TEST(Turns, wake_a_sleeper_whose_deadline_a_moved_clock_has_passed) {
  auto session = live_session(counters({.quantum = 4}));
  const Words words(session->guest());
  ASSERT_TRUE(execute(*session, CommandId::edit, words.state(1) + " = 3").ok());
  ASSERT_TRUE(execute(*session, CommandId::edit, words.deadline(1) + " = 500").ok());
  execute(*session, CommandId::run_to, "10");
  EXPECT_EQ(turns_of(session->trace()).find('s'), std::string::npos);
  ASSERT_TRUE(execute(*session, CommandId::edit, "kernel.clock = 500").ok());
  execute(*session, CommandId::run_to, "20");
  EXPECT_NE(turns_of(session->trace()).find('s'), std::string::npos);
}

TEST(Turns, end_in_a_deadlock_where_every_thread_sleeps_forever) {
  auto session = live_session(counters({.quantum = 4}));
  const Words words(session->guest());
  for (const ThreadId thread : {1, 0})
    ASSERT_TRUE(execute(*session, CommandId::edit, words.state(thread) + " = 3").ok());
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::deadlock);
}

TEST(GiveTurn, is_a_recorded_step_and_gives_up_the_old_future) {
  auto session = live_session(counters({.quantum = 4}));
  execute(*session, CommandId::run_to, "3");
  ASSERT_EQ(session->cursor().state().thread(), 1);
  execute(*session, CommandId::run_to, "9");
  execute(*session, CommandId::run_to, "3");
  const Outcome outcome = execute(*session, CommandId::give_turn, "m0");
  ASSERT_TRUE(outcome.ok()) << outcome.error.in(Language::en);
  EXPECT_EQ(outcome.cut_off, 6U);
  EXPECT_EQ(session->cursor().state().thread(), 0);
  EXPECT_EQ(turns_of(session->trace()), "s11s");
  session->execute({CommandId::back});
  EXPECT_EQ(session->cursor().state().thread(), 1);
}

TEST(GiveTurn, says_why_it_cannot_be_and_keeps_the_future) {
  auto session = live_session(counters({.quantum = 4}));
  const Words words(session->guest());
  ASSERT_TRUE(execute(*session, CommandId::edit, words.state(1) + " = 3").ok());
  execute(*session, CommandId::run_to, "9");
  execute(*session, CommandId::run_to, "5");
  const auto refused = [&](const char* m) {
    const Outcome outcome = execute(*session, CommandId::give_turn, m);
    EXPECT_EQ(session->trace().steps(), 9U);
    return outcome.error.in(Language::en);
  };
  EXPECT_EQ(refused("m1"), "m1 cannot move: it sleeps");
  EXPECT_EQ(refused("m7"), "m7 has no thread");
  EXPECT_EQ(refused("m0"), "it is m0's turn already");
  EXPECT_EQ(refused("p0"), "'p0' is not an M; give a turn to one such as m1");
}

TEST(Turns, survive_a_trace_file) {
  const Program program = counters({.quantum = 4});
  Trace trace(program.guest);
  Machine(program.guest, program.slots, trace).run(50);
  std::stringstream file;
  trace.save(file);
  auto opened = Trace::open(file);
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<Trace>>(opened))
      << std::get<Message>(opened).in(Language::en);
  EXPECT_EQ(turns_of(*std::get<std::unique_ptr<Trace>>(opened)), turns_of(trace));
}

TEST(Visits, are_not_counted_again_when_a_turn_comes_again) {
  auto session = live_session(counters({.quantum = 1}));
  // Each round of two steps is cut by a turn of the other: still one visit a round.
  ASSERT_TRUE(execute(*session, CommandId::run_to, "main.worker+0x0#3").ok());
  EXPECT_EQ(session->cursor().state().reg(1, Reg::rbx), 2U);
}

}  // namespace
}  // namespace gogoscope
