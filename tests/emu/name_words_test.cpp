// Names in the learner's language, and what words of a stack are for.
#include "emu/layout/name_words.h"

#include <algorithm>
#include <set>

#include "emu/layout/describe.h"
#include "tests/emu/lesson.h"
#include "tests/emu/small_guest.h"

namespace gogoscope {
namespace {

using namespace tests;

constexpr std::string_view NameWords::*kPhrases[] = {
    &NameWords::return_address, &NameWords::saved_bp, &NameWords::stack_word,      &NameWords::in_stack,
    &NameWords::stack_hi,       &NameWords::stack_lo, &NameWords::stack_hi_and_lo,
};
static_assert(sizeof(NameWords) == std::size(kPhrases) * sizeof(std::string_view), "a phrase is not tested");

std::multiset<std::string> placeholders(std::string_view pattern) {
  std::multiset<std::string> out;
  for (auto open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
    out.emplace(pattern.substr(open, pattern.find('}', open) - open + 1));
  }
  return out;
}

bool has_chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
}

TEST(NameWords, of_both_languages_have_the_same_placeholders) {
  for (const auto phrase : kPhrases) {
    const std::string_view en = english_names().*phrase, zh = chinese_names().*phrase;
    EXPECT_FALSE(placeholders(en).empty());
    EXPECT_EQ(placeholders(en), placeholders(zh)) << en;
    EXPECT_TRUE(has_chinese(zh)) << zh;
    EXPECT_FALSE(has_chinese(en)) << en;
  }
}

class ChineseNames : public ::testing::Test {
 protected:
  /// goexit1 of g2 has called mcall, which has saved and called goexit0 on g0's stack.
  void SetUp() override {
    poke(state, hi2 - 40, kGoexit + 6);
    poke(state, hi2 - 96, kGoexit1 + 0x36);
    poke(state, field(*guest, kG2, "g", "sched.sp"), (hi2 - 88).value());
    poke(state, field(*guest, kG2, "g", "sched.pc"), kGoexit1 + 0x36);
    poke(state, g0sp - 16, kMcall + 0x5b);
    set_reg(state, Reg::rip, kGoexit0 + 0x10);
    set_reg(state, Reg::rsp, (g0sp - 16 - 56).value());
  }

  std::shared_ptr<Guest> guest = small_guest();
  Image& state = *guest->boot;
  const Addr hi2 = kStack2 + 2048;
  const Addr g0sp = kStack0 + 0x1000;
};

TEST_F(ChineseNames, every_phrase_comes_out) {
  const Names zh(*guest, state, chinese_names());
  const Names en(*guest, state);
  const auto describes = [&](Addr at, const char* english, const char* chinese) {
    EXPECT_EQ(en.describe(at), english);
    EXPECT_EQ(zh.describe(at), chinese);
  };
  const auto means = [&](Addr value, const char* english, const char* chinese) {
    EXPECT_EQ(en.meaning(value.value()), english);
    EXPECT_EQ(zh.meaning(value.value()), chinese);
  };
  describes(g0sp - 16, "return address of goexit0", "goexit0 的返回地址");
  describes(g0sp - 24, "saved BP of goexit0", "goexit0 保存的 BP");
  describes(hi2 - 8, "g2.stack hi-8", "g2 的栈 hi-8");
  means(hi2 - 40, "in g2's stack, hi-40", "在 g2 的栈中，hi-40");
  means(kStack2, "top of g1's stack, bottom of g2's stack", "g1 的栈的上界 hi，g2 的栈的下界 lo");
  means(hi2, "top of g2's stack", "g2 的栈的上界 hi");
  means(kStack1, "bottom of g1's stack", "g1 的栈的下界 lo");
}

TEST_F(ChineseNames, leave_the_words_of_go_as_they_are) {
  const Names zh(*guest, state, chinese_names());
  EXPECT_EQ(zh.describe(field(*guest, kG2, "g", "sched.sp")), "g2.sched.sp");
  EXPECT_EQ(zh.describe(g0sp - 8), "goexit0.gp");
  EXPECT_EQ(zh.meaning(kG2.value()), "g2");
  EXPECT_EQ(zh.meaning(field(*guest, kG2, "g", "sched").value()), "&g2.sched");
  EXPECT_EQ(zh.meaning(kGoexit0F.value()), "goexit0·f");
  EXPECT_EQ(zh.meaning(kGoexit + 1), "runtime.goexit+0x1");
}

TEST_F(ChineseNames, change_no_role) {
  for (const NameWords* words : {&english_names(), &chinese_names()}) {
    const Names names(*guest, state, *words);
    EXPECT_EQ(names.role(g0sp - 16), WordRole::return_address);
    EXPECT_EQ(names.role(g0sp - 24), WordRole::saved_bp);
    EXPECT_EQ(names.role(g0sp - 8), WordRole::frame_var);
    EXPECT_EQ(names.role(g0sp - 25), WordRole::frame_var) << "locked, a byte";
    EXPECT_EQ(names.role(g0sp - 64), WordRole::plain);
    EXPECT_EQ(names.role(hi2 - 40), WordRole::return_address) << "goexit did call goexit1";
    EXPECT_EQ(names.role(hi2 - 8), WordRole::plain);
    EXPECT_EQ(names.role(hi2), WordRole::none);
    EXPECT_EQ(names.role(kG2), WordRole::none);
    EXPECT_EQ(names.role(kAllgs), WordRole::none);
  }
}

TEST_F(ChineseNames, pointers_into_stacks_are_told_from_their_ends_and_from_all_else) {
  const Names names(*guest, state);
  for (const Addr in : {hi2 - 8, hi2 - 40, hi2 - 1, kStack2 + 1, g0sp}) {
    EXPECT_TRUE(names.points_into_stack(in.value())) << names.meaning(in.value());
    EXPECT_EQ(names.meaning(in.value()).substr(0, 3), "in ");
  }
  for (const Addr out : {hi2, kStack2, kStack1, kG2, kAllgs, Addr(kGoexit), Addr(0), Addr(12)}) {
    EXPECT_FALSE(names.points_into_stack(out.value())) << names.meaning(out.value());
    EXPECT_NE(names.meaning(out.value()).substr(0, 3), "in ");
  }
}

std::unique_ptr<Session> worker_at(const std::string& body, const std::string& where) {
  auto session = worker(body);
  EXPECT_TRUE(execute(*session, CommandId::run_to, where).ok());
  return session;
}

WordRole role_below_hi(const Session& session, const char* g, std::int64_t bytes) {
  const Image& state = session.cursor().state();
  const Names names(session.guest(), state);
  const auto hi = names.find_field(std::string(g) + ".stack.hi");
  EXPECT_TRUE(hi) << g;
  return hi ? names.role(Addr(state.load_or_zero(hi->addr)) - bytes) : WordRole::none;
}

TEST(ForgedReturn, is_the_word_that_newproc1_put_under_the_first_frame) {
  // g2 is ready and has never run: its frame hangs on its gobuf.
  auto session = worker_at("", "runtime.gogo#2");
  EXPECT_EQ(role_below_hi(*session, "g2", 40), WordRole::forged_return);
  EXPECT_EQ(role_below_hi(*session, "g2", 32), WordRole::plain);
  // It runs.
  execute(*session, CommandId::run_to, "main.worker");
  EXPECT_EQ(role_below_hi(*session, "g2", 40), WordRole::forged_return);
  EXPECT_EQ(role_below_hi(*session, "g1", 40), WordRole::forged_return) << "runtime.main was started so too";
  // goexit has been returned to and has called goexit1: the same word, and now a CALL has pushed it.
  execute(*session, CommandId::run_to, "runtime.goexit1");
  EXPECT_EQ(role_below_hi(*session, "g2", 40), WordRole::return_address);
}

TEST(ForgedReturn, is_no_word_of_a_frame_that_was_called) {
  auto session = worker_at("\tCALL runtime\u00b7Gosched(SB)", "runtime.mcall#2");
  const Image& state = session->cursor().state();
  const Names names(session->guest(), state);
  EXPECT_EQ(names.role(state.sp()), WordRole::return_address) << "of mcall, called by Gosched";
  int forged = 0;
  const auto hi = names.find_field("m0.curg.stack.hi");
  const Addr top(state.load_or_zero(hi->addr));
  for (Addr at = state.sp(); at < top; at = at + 8)
    forged += names.role(at) == WordRole::forged_return ? 1 : 0;
  EXPECT_EQ(forged, 1);
}

TEST(ForgedReturn, is_found_in_the_frames_that_a_gobuf_promises) {
  // gogo has switched the stack and not jumped yet: PC says nothing of the frames, the gobuf does.
  auto session = worker_at("", "runtime.gogo+0x26#2");
  EXPECT_EQ(role_below_hi(*session, "g2", 40), WordRole::plain);
  const Image& state = session->cursor().state();
  const Names names(session->guest(), state);
  const CodeAddr pc(state.load_or_zero(names.find_field("g2.sched.pc")->addr));
  const auto frames = frames_from(session->guest(), state, names.entities(), pc, state.sp());
  EXPECT_EQ(place_in_frames(frames, state.sp()).role, WordRole::forged_return);
  EXPECT_EQ(place_in_frames(frames, state.sp()).frame->function->name, "main.worker");
  EXPECT_EQ(place_in_frames(frames, state.sp() - 8).role, WordRole::plain);
}

}  // namespace
}  // namespace gogoscope
