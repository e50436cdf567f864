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

}  // namespace
}  // namespace gogoscope
