// gopark with both answers of unlockf, goready, and Goexit beside a plain return.
#include "emu/layout/status.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

std::string parking(const std::string& answer) {
  return "DATA main·unlockf+0(SB)/8, $main·release(SB)\n"
         "GLOBL main·unlockf(SB), NOPTR, $8\n"
         "GLOBL main·parked(SB), NOPTR, $8\n"
         "TEXT main·main(SB), $16-0\n"
         "\tGO main·worker(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tMOVQ main·parked(SB), AX\n"
         "\tMOVQ AX, 0(SP)\n"
         "\tMOVQ $1, 8(SP)\n"
         "\tCALL runtime·goready(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tRET\n"
         "TEXT main·worker(SB), $40-0\n"
         "\tLEAQ main·unlockf(SB), AX\n"
         "\tMOVQ AX, 0(SP)\n"
         "\tLEAQ main·parked(SB), AX\n"
         "\tMOVQ AX, 8(SP)\n"
         "\tMOVQ $14, 16(SP)\n"
         "\tMOVQ $1, 24(SP)\n"
         "\tCALL runtime·gopark(SB)\n"
         "\tRET\n"
         "TEXT main·release(SB), NOSPLIT, $0-24\n"
         "\tMOVQ gp+0(FP), AX\n"
         "\tMOVQ lock+8(FP), BX\n"
         "\tMOVQ AX, (BX)\n"
         "\tMOVB $" +
         answer +
         ", ok+16(FP)\n"
         "\tRET\n";
}

std::string statuses_of_g2(Session& session) {
  std::string text;
  for (const Event& e : session.events()) {
    const auto* change = e.as<StatusChange>();
    if (change != nullptr && name(change->g) == "g2")
      text += g_status_word(change->from) + ">" + g_status_word(change->to) + " ";
  }
  return text;
}

TEST(Park, waits_until_goready_if_unlockf_says_yes) {
  auto session = lesson(parking("1"));
  ASSERT_NE(session, nullptr);
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::exit);
  EXPECT_NE(statuses_of_g2(*session).find("running>waiting waiting>runnable runnable>running running>dead"),
            std::string::npos)
      << statuses_of_g2(*session);
}

TEST(Park, goes_on_at_once_if_unlockf_says_no) {
  auto session = lesson(parking("0"));
  ASSERT_NE(session, nullptr);
  // g2 is dead when main calls goready for it.
  EXPECT_EQ(session->execute({CommandId::run}).stop->reason(), StopReason::throw_);
  EXPECT_NE(statuses_of_g2(*session).find("running>waiting waiting>runnable runnable>running running>dead"),
            std::string::npos)
      << statuses_of_g2(*session);
}

}  // namespace
}  // namespace gogoscope
