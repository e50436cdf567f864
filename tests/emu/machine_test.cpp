// The guest is a prisoner: whatever its code does, the answer is a value, and the state before it can be had
// again.
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// Runs a worker with that body to its end and says how it ended.
Stop end_of(const std::string& body) {
  auto session = worker(body);
  if (!session) return {};
  const Outcome outcome = session->execute({CommandId::run});
  const auto* const ended =
      outcome.stop ? std::get_if<RunEnded>(&outcome.stop->causes.front().what) : nullptr;
  return ended != nullptr ? ended->stop : Stop{StopReason::breakpoint, Text::untranslated("no stop"), 0};
}

void expect_fault(const std::string& body, const std::string& detail) {
  const Stop stop = end_of(body);
  EXPECT_EQ(stop.reason, StopReason::fault) << body;
  EXPECT_EQ(stop.detail.en, detail) << body;
}

TEST(Machine, runs_a_program_to_its_exit) {
  const Stop stop = end_of("");
  EXPECT_EQ(stop.reason, StopReason::exit);
  EXPECT_EQ(stop.exit_code, 0);
}

TEST(Machine, makes_faults_of_bad_memory_accesses) {
  expect_fault("\tXORL AX, AX\n\tMOVQ 0(AX), CX", "read of unmapped memory at 0x0 (nil pointer)");
  expect_fault("\tXORL AX, AX\n\tMOVQ CX, 8(AX)", "write to unmapped memory at 0x8 (nil pointer)");
  EXPECT_EQ(end_of("\tMOVQ $runtime·gogo(SB), AX\n\tMOVB $0, (AX)").detail.en.substr(0, 28),
            "write to read-only memory at");
  expect_fault("\tMOVQ $1, AX\n\tSHLQ $63, AX\n\tMOVQ (AX), AX",
               "read of unmapped memory at 0x8000000000000000");
}

TEST(Machine, makes_faults_of_bad_jumps) {
  expect_fault("\tXORL AX, AX\n\tCALL AX", "jump to unmapped memory at 0x0 (nil pointer)");
  EXPECT_NE(end_of("\tMOVQ $runtime·sched(SB), AX\n\tJMP AX")
                .detail.en.find("jump to memory that is not executable"),
            std::string::npos);
  expect_fault("\tMOVQ $runtime·gogo(SB), AX\n\tINCQ AX\n\tJMP AX",
               "the jump leads to runtime.gogo+0x1, where no instruction starts");
}

TEST(Machine, makes_faults_of_exceptions) {
  expect_fault("\tXORL CX, CX\n\tDIVQ CX", "divide error");
  expect_fault("\tINT $3", "breakpoint trap (INT $3)");
  expect_fault("\tUNDEF", "invalid opcode (UD2)");
  // globrunqget divides by it; the function is modelled, its division is none of ours.
  expect_fault("\tMOVQ $runtime·gomaxprocs(SB), AX\n\tMOVL $0, (AX)\n\tCALL runtime·Gosched(SB)",
               "divide error");
}

TEST(Machine, refuses_privileged_and_engine_killing_bytes_before_they_run) {
  for (const char* bad : {"\tHLT", "\tSYSCALL", "\tRDTSC", "\tCPUID", "\tBYTE $0xf0; BYTE $0x38; BYTE $0xc0",
                          "\tBYTE $0xff; BYTE $0xd8", "\tBYTE $0x0f; BYTE $0x23; BYTE $0xf8"}) {
    auto built = build_lesson(worker_text(bad));
    ASSERT_TRUE((std::holds_alternative<std::vector<Diagnostic>>(built))) << bad;
    const Diagnostic& first = std::get<1>(built).front();
    EXPECT_EQ(first.line, 6) << bad << ": " << format(first);
  }
}

TEST(Machine, stops_an_endless_loop_at_its_budget) {
  auto session = worker("loop:\n\tJMP loop");
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::budget);
  EXPECT_EQ(session->trace().steps(), session->guest().step_budget);
  EXPECT_TRUE(session->execute({CommandId::step}).ok());
  EXPECT_EQ(session->trace().steps(), session->guest().step_budget);
}

TEST(Machine, counts_a_repeated_string_instruction_as_one_step) {
  auto session = worker("\tLEAQ -256(SP), DI\n\tMOVQ $8, CX\n\tMOVQ $0x55, AX\n\tCLD\n\tREP; STOSQ");
  ASSERT_TRUE(execute(*session, CommandId::run_to, "main.worker").ok());
  for (int i = 0; i < 5; ++i) session->execute({CommandId::step});
  EXPECT_EQ(session->cursor().state().reg(Reg::rcx), 0U);
  const Step step = session->cursor().last();
  EXPECT_EQ(step.stores.size(), 8U);
  for (const Store& store : step.stores) EXPECT_EQ(store.new_value, 0x55U);
}

TEST(Machine, runs_pause_as_one_step) {
  auto session = worker("\tPAUSE\n\tPAUSE");
  ASSERT_TRUE(execute(*session, CommandId::run_to, "main.worker").ok());
  session->execute({CommandId::step});
  EXPECT_EQ(here(*session), "main.worker+0x2");
  session->execute({CommandId::step});
  EXPECT_EQ(here(*session), "main.worker+0x4");
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::exit);
}

TEST(Machine, says_deadlock_when_main_leaves_through_goexit) {
  auto session = lesson("TEXT main·main(SB), NOSPLIT, $0-0\n\tJMP runtime·goexit1(SB)\n");
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::deadlock);
  EXPECT_EQ(stop_detail(outcome, *session),
            "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
}

TEST(Machine, throws_when_mcall_runs_on_g0) {
  // Gosched where there is nothing to yield: on the system stack.
  auto session = worker(
      "\tMOVQ $gosched<>(SB), AX\n\tPUSHQ AX\n\tCALL runtime·systemstack(SB)\n\tPOPQ AX\n\tRET\n"
      "DATA gosched<>+0(SB)/8, $runtime·Gosched(SB)\n"
      "GLOBL gosched<>(SB), NOPTR, $8\n"
      "TEXT main·unused(SB), NOSPLIT, $0-0\n");
  const Outcome outcome = execute(*session, CommandId::run_to, "end");
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::throw_);
  EXPECT_EQ(stop_detail(outcome, *session), "fatal error: runtime: mcall called on m->g0 stack");
}

TEST(Machine, leaves_the_state_of_a_fault_as_it_was_before_the_instruction) {
  auto session = worker("\tXORL AX, AX\n\tMOVQ $7, CX\n\tPUSHQ (AX)\n\tPOPQ AX");
  session->execute({CommandId::run});
  const Trace& trace = session->trace();
  ASSERT_TRUE(trace.end());
  const Step fault = session->cursor().last();
  EXPECT_TRUE(fault.regs.empty());
  EXPECT_TRUE(fault.stores.empty());
  EXPECT_EQ(session->cursor().state().reg(Reg::rcx), 7U);
  // It can be stepped back from, and its cause repaired.
  session->execute({CommandId::back});
  EXPECT_EQ(session->cursor().state().reg(Reg::rcx), 7U);
  const Outcome edit = execute(*session, CommandId::edit, "rax = m0");
  ASSERT_TRUE(edit.ok()) << edit.error.in(Language::en);
  EXPECT_EQ(edit.cut_off, 1U);
  EXPECT_FALSE(trace.end());
  session->execute({CommandId::step});
  EXPECT_FALSE(trace.end());
}

}  // namespace
}  // namespace gogoscope
