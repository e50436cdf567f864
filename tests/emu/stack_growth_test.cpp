// Stack checks that fail: a stack that grows, the limit, g0, and a goroutine asked to yield.
#include "emu/check/run_events.h"
#include "emu/layout/views.h"
#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// A worker whose function calls one with a frame that 2048 bytes cannot hold.
std::string deep(const std::string& before = "") {
  return "GLOBL main·sum(SB), NOPTR, $8\n"
         "GLOBL main·bp(SB), NOPTR, $8\n"
         "TEXT main·main(SB), $16-0\n"
         "\tGO main·worker(SB)\n"
         "\tCALL runtime·Gosched(SB)\n"
         "\tRET\n"
         "TEXT main·worker(SB), $24-0\n" +
         before +
         "\tMOVQ $35, 8(SP)\n"
         "\tCALL main·big(SB)\n"
         "\tMOVQ 8(SP), AX\n"
         "\tADDQ AX, main·sum(SB)\n"
         "\tRET\n"
         "TEXT main·big(SB), $3000-0\n"
         "\tMOVQ 0(BP), AX\n"
         "\tMOVQ AX, main·bp(SB)\n"
         "\tMOVQ $7, main·sum(SB)\n"
         "\tRET\n";
}

Outcome run_to(Session& session, const std::string& place) {
  return execute(session, CommandId::run_to, place);
}

std::uint64_t word(const Session& session, const std::string& symbol) {
  return session.cursor().state().load_or_zero(session.guest().code.data(symbol)->addr);
}

TEST(StackGrowth, keeps_values_and_the_chain_of_saved_bps) {
  auto session = lesson(deep());
  ASSERT_NE(session, nullptr);
  ASSERT_TRUE(run_to(*session, "runtime.copystack").ok());
  ASSERT_TRUE(run_to(*session, "runtime.goexit0").ok());
  EXPECT_EQ(word(*session, "main.sum"), 42U);
  const Layout& layout = session->guest().release->layout;
  const auto& state = session->cursor().state();
  const Addr gp(state.load_or_zero(Addr(state.reg(Reg::rsp) + 8)));
  const auto field = [&](const char* name) {
    return state.load_or_zero(gp + layout.find("g", name)->offset);
  };
  EXPECT_EQ(field("stack.hi") - field("stack.lo"), 8192U) << "2048 doubled until 3008 and the guard fit";
  EXPECT_EQ(field("stackguard0"), field("stack.lo") + 928);
  EXPECT_EQ(field("stktopsp"), field("stack.hi") - 32);
  EXPECT_EQ(field("sched.sp"), field("stack.hi") - 88) << "as at every exit";
  // big saved the BP of worker: it points to where worker saved its own, 8 below worker's return address.
  EXPECT_EQ(word(*session, "main.bp"), field("stack.hi") - 48);
}

/// newproc takes as many bytes of arguments as leave room for 48 on a stack of 2048.
TEST(StackGrowth, begins_below_the_guard_where_arguments_fill_the_stack) {
  for (const int bytes : {1992, 1993, 2000}) {
    auto session = lesson(
        "TEXT main·main(SB), $2016-0\n"
        "\tMOVL $" +
        std::to_string(bytes) +
        ", 0(SP)\n"
        "\tLEAQ main·worker·f(SB), AX\n"
        "\tMOVQ AX, 8(SP)\n"
        "\tMOVQ $77, 16+1984(SP)\n"
        "\tCALL runtime·newproc(SB)\n"
        "\tCALL runtime·Gosched(SB)\n"
        "\tRET\n"
        "GLOBL main·last(SB), NOPTR, $8\n"
        "TEXT main·worker(SB), $64-2000\n"
        "\tMOVQ a+1984(FP), AX\n"
        "\tMOVQ AX, main·last(SB)\n"
        "\tCALL main·leaf(SB)\n"  // so that Go gives it a stack check
        "\tRET\n"
        "TEXT main·leaf(SB), NOSPLIT, $0-0\n"
        "\tRET\n");
    ASSERT_NE(session, nullptr);
    const Outcome outcome = session->execute({CommandId::run});
    ASSERT_TRUE(outcome.stop) << bytes;
    EXPECT_EQ(outcome.stop->reason(), StopReason::exit) << bytes;
    EXPECT_EQ(word(*session, "main.last"), 77U) << bytes;
    RunEvents events(session->trace());
    events.follow(session->trace().steps());
    for (const Event& event : events.all()) EXPECT_EQ(event.as<InvariantBreak>(), nullptr) << bytes;
  }
}

TEST(StackGrowth, leaves_a_dead_g_without_a_stack) {
  auto session = lesson(deep());
  ASSERT_NE(session, nullptr);
  ASSERT_TRUE(run_to(*session, "runtime.gfput").ok());
  ASSERT_TRUE(run_to(*session, "runtime.stackfree#2").ok()) << "once by copystack, once by gfput";
  ASSERT_TRUE(run_to(*session, "runtime.schedule").ok());
  const auto& state = session->cursor().state();
  const Layout& layout = session->guest().release->layout;
  const Addr allgs(state.load_or_zero(session->guest().code.data("runtime.allgs")->addr));
  const Addr gp(state.load_or_zero(allgs + 8));
  for (const char* name : {"stack.lo", "stack.hi", "stackguard0"}) {
    EXPECT_EQ(state.load_or_zero(gp + layout.find("g", name)->offset), 0U) << name;
  }
  EXPECT_NE(state.load_or_zero(gp + layout.find("g", "stackguard1")->offset), 0U);
}

TEST(StackGrowth, ends_at_the_limit_with_gos_message) {
  auto session = lesson(deep("\tMOVQ $4096, 0(SP)\n\tCALL runtime∕debug·setMaxStack(SB)\n"));
  ASSERT_NE(session, nullptr);
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::throw_);
  EXPECT_EQ(stop_detail(outcome, *session),
            "runtime: goroutine stack exceeds 4096-byte limit\nfatal error: stack overflow");
}

/// newstack, 1.16: whatever debug.SetMaxStack allows, maxstackceiling is the end.
TEST(StackGrowth, ends_at_the_ceiling_where_that_is_lower) {
  auto session =
      lesson(deep("\tMOVQ $runtime·maxstackceiling(SB), AX\n\tMOVQ $2048, (AX)\n"
                  "\tMOVQ $4096, 0(SP)\n\tCALL runtime∕debug·setMaxStack(SB)\n"));
  ASSERT_NE(session, nullptr);
  const Outcome outcome = session->execute({CommandId::run});
  ASSERT_TRUE(outcome.stop);
  EXPECT_EQ(outcome.stop->reason(), StopReason::throw_);
  EXPECT_EQ(stop_detail(outcome, *session),
            "runtime: goroutine stack exceeds 2048-byte limit\nfatal error: stack overflow");
}

}  // namespace
}  // namespace gogoscope
