#include "scenarios/format/expression.h"

#include <gtest/gtest.h>

#include "emu/layout/layout.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

const Layout& layout() { return release_named("1.16")->layout; }

std::string error_of(std::string_view text) {
  const auto parsed = parse_comparison(text, layout());
  if (parsed.index() == 0) return "";
  const ExpressionError& e = std::get<1>(parsed);
  return std::to_string(e.column) + "+" + std::to_string(e.width) + ": " + e.message.in(Language::en);
}

TEST(Expression, errors_point_at_the_term) {
  EXPECT_EQ(error_of(""), "1+1: expected a register, a field or a number; the expression ends");
  EXPECT_EQ(error_of("rsp"), "4+1: expected + - or one of == != < <= > >=");
  EXPECT_EQ(error_of("rsp == "), "8+1: expected a register, a field or a number; the expression ends");
  EXPECT_EQ(error_of("rsp = 1"), "5+1: a comparison is written ==");
  EXPECT_EQ(error_of("rsp == 1 2"), "10+1: expected the end of the expression, found '2'");
  EXPECT_EQ(error_of("rsp == 0x"), "8+2: not a number: '0x'");
  EXPECT_EQ(error_of("rsp == 12ab"), "8+4: not a number: '12ab'");
  EXPECT_EQ(error_of("rsp == 0x1ffffffffffffffff"),
            "8+19: a number does not fit into 64 bits: '0x1ffffffffffffffff'");
  EXPECT_EQ(error_of("[rsp == 1"), "1+1: this bracket is not closed");
  EXPECT_EQ(error_of("g2.nosuch == 1"), "1+9: g2 has no field 'nosuch'");
  EXPECT_EQ(error_of("p0.runq[256] == 1"), "1+12: p0.runq has the elements 0 to 255");
  EXPECT_EQ(error_of("p0.runq[1 i0.\x7f\xb0] == 1"), "10+1: an index is a number, such as [0]");
  EXPECT_EQ(error_of("p0.runq[1x] == 1"), "10+1: an index is a number, such as [0]");
  EXPECT_EQ(error_of("p0.runq[1"), "1+1: this index is not closed");
  EXPECT_EQ(error_of("p0.runq == 1"),
            "1+7: p0.runq is an array: name one of its elements, such as p0.runq[0]");
  EXPECT_EQ(error_of("rsp == dead"), "8+4: the word 'dead' can only be compared with a status field");
  EXPECT_EQ(error_of("g2.atomicstatus == dead + 1"),
            "20+4: the word 'dead' can only be compared with a status field");
  EXPECT_EQ(error_of("g2 in p0.m"),
            "7+4: expected a list such as p0.runq, p0.gFree, sched.runq, found 'p0.m'");
  EXPECT_EQ(error_of("first(g2) == nil"),
            "7+2: expected a list such as p0.runq, p0.gFree, sched.runq, found 'g2'");
  EXPECT_EQ(error_of("rsp == $5"), "8+1: expected a register, a field or a number, found '$'");
}

TEST(Expression, right_forms_are_accepted) {
  for (const char* text : {"rsp == m0.g0.sched.sp - 16",
                           "[g2.stack.hi - 40] == runtime.goexit + 1",
                           "g2.atomicstatus == dead",
                           "g2.atomicstatus == _Gdead",
                           "p0.status == running",
                           "m0.curg == nil",
                           "tls != m0.g0",
                           "p0.runq[3] == g2",
                           "m0.curg.goid >= 1",
                           "-1 < p0.gFree.n",
                           "rax==0X1f",
                           "runtime\u00b7goexit == 1",
                           "[[rsp]] <= 5",
                           "stack == m0.g0",
                           "g2 in sched.runq",
                           "p0.runnext not in p0.runq",
                           "last(p0.runq) == g3",
                           "sched.runqsize > 0",
                           "g0.stack.hi == m0.g0.stack.hi",
                           "rax != runtime/debug.setMaxStack",
                           "rax != runtime∕debug·setMaxStack"}) {
    EXPECT_EQ(error_of(text), "") << text;
  }
}

TEST(Expression, deep_brackets_and_long_sums_are_refused) {
  EXPECT_NE(error_of(std::string(1000, '[') + "rsp").find("nested too deeply"), std::string::npos);
  std::string sum = "rsp == 1";
  for (int i = 0; i < 100; ++i) sum += "+1";
  EXPECT_NE(error_of(sum).find("more than 32 terms"), std::string::npos);
}

class AtTheEnd : public ::testing::Test {
 protected:
  void SetUp() override {
    auto loaded = load_scenario_text("sample.yaml", std::string(testing::kSample));
    ASSERT_EQ(loaded.index(), 0U);
    run_ = run_scenario(std::get<0>(loaded));
  }

  Answer answer(std::string_view text) {
    auto parsed = parse_comparison(text, layout());
    if (parsed.index() == 1) return {false, std::get<1>(parsed).message};
    const Session& session = *run_.session;
    return evaluate(std::get<0>(parsed), session.guest(), session.cursor().state());
  }

  ScenarioRun run_;
};

TEST_F(AtTheEnd, true_comparisons_hold) {
  for (const char* text :
       {"g2.atomicstatus == dead", "m0.curg == g1", "tls == g1", "p0.gFree.n == 1", "-1 < p0.gFree.n",
        "m0.curg.goid == 1", "g2.stack.hi - g2.stack.lo == 2048", "[runtime.allgs + 8] == 2",
        "fs_base == m0 + 0x90", "g2.m == nil", "rsp <= g1.stack.hi", "g2.stackguard1 > g2.stack.hi",
        "stack == g1", "g2 in p0.gFree", "first(p0.gFree) == g2", "g1 not in sched.runq",
        "last(sched.runq) == nil"}) {
    const Answer a = answer(text);
    EXPECT_TRUE(a.holds) << text << ": " << a.sentence.in(Language::en);
  }
}

TEST_F(AtTheEnd, false_comparisons_show_both_sides) {
  EXPECT_EQ(answer("g2.atomicstatus == running").sentence.in(Language::en),
            "expected g2.atomicstatus == running, but g2.atomicstatus is dead (6)");
  // A status is a word by itself only.
  EXPECT_EQ(answer("-g2.atomicstatus == 6").sentence.in(Language::en),
            "expected -g2.atomicstatus == 6, but -g2.atomicstatus is -6");
  EXPECT_EQ(answer("m0.curg == g2").sentence.in(Language::en), "expected m0.curg == g2, but m0.curg is g1");
  EXPECT_EQ(answer("p0.gFree.n == 2").sentence.in(Language::en),
            "expected p0.gFree.n == 2, but p0.gFree.n is 1");
  EXPECT_EQ(answer("p0.gFree.n == sched.runqsize + 2").sentence.in(Language::en),
            "expected p0.gFree.n == sched.runqsize + 2, but p0.gFree.n is 1 and sched.runqsize + 2 is 2");
}

TEST_F(AtTheEnd, a_list_says_that_it_does_not_hold_something) {
  EXPECT_EQ(answer("g1 in p0.gFree").sentence.in(Language::en),
            "expected g1 in p0.gFree, but it is not there");
  EXPECT_EQ(answer("g2 not in p0.gFree").sentence.in(Language::en),
            "expected g2 not in p0.gFree, but it is there");
  EXPECT_EQ(answer("g2 in p7.runq").sentence.in(Language::en),
            "expected g2 in p7.runq, but there is no p7.runq at this moment");
}

TEST_F(AtTheEnd, a_claim_compares_with_the_moment_before) {
  const Session& session = *run_.session;
  const Trace& trace = session.trace();
  Cursor before(trace);
  before.seek(trace.steps() - 1);
  const Names names_before(session.guest(), before.state());
  const Names names(session.guest(), session.cursor().state());
  const auto holds_here = [&](std::string_view text) {
    const auto claim = parse_claim(text, layout());
    return claim.index() == 0 && holds(std::get<0>(claim), session.guest(), {&before.state(), &names_before},
                                       {&session.cursor().state(), &names});
  };
  const std::uint64_t pc = before.state().reg(Reg::rip);
  EXPECT_TRUE(holds_here("before.rip == " + std::to_string(pc)));
  EXPECT_FALSE(holds_here("before.rip == " + std::to_string(pc + 1)));
  EXPECT_TRUE(holds_here("before.g2.atomicstatus == dead"));
  EXPECT_FALSE(holds_here("before.g9.atomicstatus == dead"));
}

TEST_F(AtTheEnd, what_does_not_exist_is_a_sentence) {
  EXPECT_EQ(answer("g7.goid == 1").sentence.in(Language::en),
            "expected g7.goid == 1, but there is no g7 at this moment");
  EXPECT_EQ(answer("g2.m.id == 0").sentence.in(Language::en),
            "expected g2.m.id == 0, but g2.m.id does not exist at this moment: a pointer on the way is nil");
  EXPECT_EQ(answer("[0x10] == 0").sentence.in(Language::en),
            "expected [0x10] == 0, but [0x10] reads 0x10, which is not mapped");
}

}  // namespace
}  // namespace gogoscope
