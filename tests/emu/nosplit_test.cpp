// Chains of NOSPLIT functions that are too deep for what a stack check leaves, as Go's linker sees them.
#include "emu/runtime/nosplit.h"

#include "tests/emu/lesson.h"

namespace gogoscope {
namespace {

/// What is wrong with a program whose main.main is there and whose other functions are `tasks`.
std::string reported(const std::string& tasks, Language language = Language::en) {
  const auto built = build_lesson("TEXT main·main(SB), $16-0\n\tRET\n" + tasks);
  std::string out;
  if (const auto* wrong = std::get_if<1>(&built)) {
    for (const Diagnostic& d : *wrong)
      out += d.file + ":" + std::to_string(d.line) + ": " + d.message.in(language) + "\n";
  }
  return out;
}

// The verdicts on f, h, p and r are those of a real go build; the frame has 8 bytes more for BP.
TEST(Nosplit, frames_fit_into_792_bytes) {
  EXPECT_EQ(reported("TEXT main·h(SB), NOSPLIT, $784-0\n\tRET\n"), "");
  EXPECT_EQ(
      reported("TEXT main·h(SB), NOSPLIT, $792-0\n\tRET\n"),
      "bodies:3: nosplit stack overflow: 792 assumed on entry to main.h (nosplit); -8 after main.h (nosplit) "
      "uses 800\n");
  EXPECT_EQ(
      reported("TEXT main·h(SB), NOSPLIT, $792-0\n\tRET\n", Language::zh),
      "bodies:3: nosplit 栈溢出：进入 main.h (nosplit) 时假定有 792；main.h (nosplit) 用去 800 后剩 -8\n");
}

TEST(Nosplit, a_chain_is_reported_from_its_start) {
  EXPECT_EQ(reported("TEXT main·f(SB), NOSPLIT, $400-0\n\tCALL main·g(SB)\n\tRET\n"
                     "TEXT main·g(SB), NOSPLIT, $400-0\n\tRET\n"),
            "bodies:3: nosplit stack overflow: 792 assumed on entry to main.f (nosplit); 384 after main.f "
            "(nosplit) "
            "uses 408; 376 on entry to main.g (nosplit); -32 after main.g (nosplit) uses 408\n");
}

TEST(Nosplit, what_checks_its_stack_needs_a_call_of_morestack) {
  EXPECT_EQ(reported("TEXT main·q(SB), NOSPLIT, $768-0\n\tCALL AX\n\tRET\n"), "");
  EXPECT_EQ(
      reported("TEXT main·p(SB), NOSPLIT, $776-0\n\tCALL AX\n\tRET\n"),
      "bodies:3: nosplit stack overflow: 792 assumed on entry to main.p (nosplit); 8 after main.p (nosplit) "
      "uses 784; 0 on entry to function pointer; -8 on entry to runtime.morestack (nosplit)\n");
  // gopark checks its stack.
  EXPECT_EQ(reported("TEXT main·p(SB), NOSPLIT, $768-0\n\tCALL runtime·gopark(SB)\n\tRET\n"), "");
  EXPECT_NE(reported("TEXT main·p(SB), NOSPLIT, $776-0\n\tCALL runtime·gopark(SB)\n\tRET\n"), "");
}

TEST(Nosplit, a_circle_ends_in_a_verdict) {
  EXPECT_EQ(reported("TEXT main·r(SB), NOSPLIT, $16-0\n\tCALL main·r(SB)\n\tRET\n"),
            "bodies:3: nosplit stack overflow: 792 assumed on entry to main.r (nosplit); 768 after main.r "
            "(nosplit) "
            "uses 24; 760 on entry to main.r (nosplit); and so on, in a circle of calls\n");
}

TEST(Nosplit, what_is_pushed_counts) {
  const std::string leaf = "TEXT main·h(SB), NOSPLIT, $784-0\n\tRET\n";
  EXPECT_EQ(reported(leaf + "TEXT main·i(SB), $16-0\n\tCALL main·h(SB)\n\tRET\n"), "");
  EXPECT_EQ(
      reported(leaf + "TEXT main·i(SB), $16-0\n\tPUSHQ AX\n\tCALL main·h(SB)\n\tPOPQ AX\n\tRET\n"),
      "bodies:5: nosplit stack overflow: 792 guaranteed after split check in main.i; 784 on entry to main.h "
      "(nosplit); -8 after main.h (nosplit) uses 792\n");
}

TEST(Nosplit, callees_of_the_runtime_have_the_sizes_of_go) {
  EXPECT_EQ(reported("TEXT main·p(SB), NOSPLIT, $672-0\n\tCALL runtime·entersyscall(SB)\n\tRET\n"),
            "bodies:3: nosplit stack overflow: 792 assumed on entry to main.p (nosplit); 112 after main.p "
            "(nosplit) "
            "uses 680; 104 on entry to runtime.entersyscall (nosplit); 80 after runtime.entersyscall "
            "(nosplit) uses "
            "24; 72 on entry to runtime.reentersyscall (nosplit); 24 after runtime.reentersyscall (nosplit) "
            "uses 48; "
            "16 on entry to runtime.casgstatus (nosplit); -48 after runtime.casgstatus (nosplit) uses 64\n");
}

TEST(Nosplit, there_is_no_verdict_where_a_size_is_ours) {
  const auto built = build_lesson("TEXT main·main(SB), $16-0\n\tRET\n");
  const Function* dropg = std::get<Program>(built).guest->code.function("runtime.dropg");
  ASSERT_NE(dropg, nullptr);
  EXPECT_TRUE(dropg->frame_is_ours);
  EXPECT_GT(dropg->frame, 0);
  EXPECT_EQ(reported("TEXT main·p(SB), NOSPLIT, $776-0\n\tCALL runtime·dropg(SB)\n\tRET\n"), "");
  EXPECT_NE(reported("TEXT main·p(SB), NOSPLIT, $784-0\n\tCALL runtime·dropg(SB)\n\tRET\n"), "");
}

}  // namespace
}  // namespace gogoscope
