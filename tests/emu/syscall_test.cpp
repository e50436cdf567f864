// System calls: which M has the P before, during and after, with and without a sysmon that takes it.
#include "emu/layout/status.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

std::unique_ptr<Session> program(const std::string& text, bool sysmon) {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies", text}};
  options.step_budget = 200'000;
  options.sysmon = sysmon;
  auto built = build_program(options);
  if (const auto* wrong = std::get_if<1>(&built)) {
    ADD_FAILURE() << format(wrong->front());
    return nullptr;
  }
  return live_session(std::get<Program>(built));
}

std::string call(const std::string& usec, const std::string& in_call = "") {
  return "TEXT main·main(SB), $16-0\n"
         "\tGO main·other(SB)\n"
         "\tCALL runtime·entersyscall(SB)\n" +
         in_call + "\tMOVL $" + usec +
         ", 0(SP)\n"
         "\tCALL runtime·usleep(SB)\n"
         "\tCALL runtime·exitsyscall(SB)\n"
         "\tRET\n"
         "TEXT main·other(SB), $0-0\n"
         "\tRET\n";
}

std::uint64_t p0_field(const Session& session, const char* name) {
  const auto& state = session.cursor().state();
  const Addr p0(
      state.load_or_zero(Addr(state.load_or_zero(session.guest().code.data("runtime.allp")->addr))));
  const Field& field = *session.guest().release->layout.find("p", name);
  return state.load_or_zero(p0 + field.offset, static_cast<int>(field.size));
}

std::string statuses(Session& session, const std::string& g) {
  std::string text;
  for (const Event& e : session.events()) {
    const auto* change = e.as<StatusChange>();
    if (change != nullptr && name(change->g) == g)
      text += g_status_word(change->from) + ">" + g_status_word(change->to) + " ";
  }
  return text;
}

TEST(Syscall, systemstack_s_own_complaint_needs_no_stack_check) {
  auto session = program(call("100", "\tCALL runtime·badsystemstack(SB)\n"), false);
  ASSERT_NE(session, nullptr);
  const Outcome outcome = session->execute({CommandId::run});
  EXPECT_NE(stop_detail(outcome, *session).find("fatal: systemstack called from unexpected goroutine"),
            std::string::npos)
      << stop_detail(outcome, *session);
}

TEST(Syscall, leaves_the_p_beside_the_m_and_takes_it_back) {
  auto session = program(call("100"), false);
  ASSERT_NE(session, nullptr);
  ASSERT_TRUE(execute(*session, CommandId::run_to, "runtime.usleep").ok());
  EXPECT_EQ(p0_field(*session, "status"), 2U);
  EXPECT_EQ(p0_field(*session, "m"), 0U);
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::exit);
  EXPECT_EQ(p0_field(*session, "status"), 1U);
  EXPECT_EQ(p0_field(*session, "syscalltick"), 1U);
  EXPECT_NE(statuses(*session, "g1").find("running>syscall syscall>running"), std::string::npos)
      << statuses(*session, "g1");
}

TEST(Syscall, loses_the_p_to_sysmon_if_it_takes_long_and_there_is_work) {
  auto session = program(call("1000"), true);
  ASSERT_NE(session, nullptr);
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::exit) << stop_detail(outcome, *session);
  EXPECT_NE(statuses(*session, "g2").find("runnable>running running>dead"), std::string::npos)
      << "another M ran it meanwhile: " << statuses(*session, "g2");
}

TEST(Syscall, may_not_grow_the_stack) {
  auto session = program(call("1", "\tCALL main·other(SB)\n"), false);
  ASSERT_NE(session, nullptr);
  // other has a frame of 0 and no check; a call of one with a check fails in newstack.
  auto checked = program(call("1", "\tCALL runtime·deferreturn(SB)\n"), false);
  ASSERT_NE(checked, nullptr);
  const Outcome outcome = checked->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_NE(stop_detail(outcome, *session).find("stack split at bad time"), std::string::npos)
      << stop_detail(outcome, *session);
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::exit);
}

/// m1 is about to give up its P: it has looked at which Ps are idle. main comes back from a system call
/// without its P, takes the third one, and starts a worker there; no M is woken for it, since m1 still spins.
/// m1's second look must find it, or nothing ever will: main waits for the worker and never yields.
TEST(Syscall, work_put_on_a_p_that_was_idle_at_the_snapshot_is_found_by_the_last_spinning_m) {
  ProgramOptions options;
  options.name = "test";
  options.bodies = {{"bodies",
                     "GLOBL main·done(SB), NOPTR, $8\n"
                     "TEXT main·main(SB), $16-0\n"
                     "\tGO main·first(SB)\n"
                     "\tCALL runtime·entersyscall(SB)\n"
                     "\tMOVQ $500, AX\n"
                     "call:\n"
                     "\tDECQ AX\n"
                     "\tJNE call\n"
                     "\tCALL runtime·exitsyscall(SB)\n"
                     "\tGO main·worker(SB)\n"
                     "wait:\n"
                     "\tCMPQ main·done(SB), $1\n"
                     "\tJNE wait\n"
                     "\tRET\n"
                     "TEXT main·first(SB), $0-0\n"
                     "\tRET\n"
                     "TEXT main·worker(SB), $0-0\n"
                     "\tMOVQ $1, main·done(SB)\n"
                     "\tRET\n"}};
  options.step_budget = 100'000;
  options.procs = 3;
  options.turns.quantum = 3'000;  // long: the commands below decide
  auto built = build_program(options);
  ASSERT_TRUE(std::holds_alternative<Program>(built));
  auto session = live_session(std::get<Program>(built));
  const auto command = [&](CommandId id, std::string_view argument) {
    const Outcome outcome = execute(*session, id, argument);
    ASSERT_TRUE(outcome.ok()) << argument;
  };
  command(CommandId::run_to, "runtime.exitsyscall");
  command(CommandId::edit, "m0.oldp = 0");  // as if sysmon had taken it
  command(CommandId::give_turn, "m1");
  const auto spinning = [&] {
    const Addr sched = session->guest().code.data("runtime.sched")->addr;
    const Field& field = *session->guest().release->layout.find("schedt", "nmspinning");
    return session->cursor().state().load_or_zero(sched + field.offset, 4);
  };
  do {
    command(CommandId::run_to, "runtime.findrunnable:\"lock(&sched.lock)  // give the P back and block\"");
    ASSERT_NE(session->cursor().state().thread(), 0);
  } while (spinning() != 1);
  const int last = session->cursor().state().thread();
  command(CommandId::give_turn, "m0");
  command(CommandId::run_to, "main.main:\"JNE wait\"");
  ASSERT_EQ(session->cursor().state().thread(), 0);
  command(CommandId::give_turn, "m" + std::to_string(last));
  const Outcome end = session->execute({CommandId::run});
  ASSERT_TRUE(end.stop.has_value());
  EXPECT_EQ(end.stop->reason(), StopReason::exit) << stop_detail(end, *session);
}

}  // namespace
}  // namespace gogoscope
