// Blocks of modelled functions: which lines they write, and which slots.
#include <gtest/gtest.h>

#include <algorithm>

#include "emu/layout/release.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {
namespace {

const Signature kF{"runtime.f", {{"a", "int"}, {"b", "int"}}, {}};

class Blocks : public ::testing::Test {
 protected:
  GoFunction f{kF, {.bytes = 0, .stack_check = false}};
  const Var a = f.param("a"), b = f.param("b");

  /// How many slots a line has.
  std::ptrdiff_t slots(std::uint32_t line) const {
    return std::count_if(f.statements().begin(), f.statements().end(),
                         [&](const Statement& s) { return s.go_line == line; });
  }
};

TEST_F(Blocks, an_if_is_one_slot_and_closes_the_brace_it_opens) {
  f.if_("    if a != 0 {  // a comment", a, [&] { f.line("        b = 1").set(b, 1); });
  EXPECT_EQ(f.lines(), (std::vector<std::string>{"    if a != 0 {  // a comment", "        b = 1", "    }"}));
  EXPECT_EQ(slots(1), 1);
  EXPECT_EQ(slots(2), 1);
  EXPECT_EQ(slots(3), 0);
}

TEST_F(Blocks, a_line_that_closes_its_own_brace_gets_no_second_one) {
  f.if_("    if a == 0 { return }", a == 0, [&] { f.ret(); });
  EXPECT_EQ(f.lines().size(), 1U);
  EXPECT_EQ(slots(1), 2);
}

TEST_F(Blocks, the_lines_before_an_else_end_with_a_jump_unless_they_never_continue) {
  f.if_("    if a != 0 {", a, [&] { f.line("        b = 1").set(b, 1); }).else_([&] {
    f.line("        b = 2").set(b, 2);
  });
  EXPECT_EQ(f.lines(), (std::vector<std::string>{"    if a != 0 {", "        b = 1", "    } else {",
                                                 "        b = 2", "    }"}));
  EXPECT_EQ(slots(2), 2);
  EXPECT_EQ(slots(4), 1);
  f.if_("    if a != 0 {", a, [&] { f.line("        return").ret(); }).else_([&] { f.set(b, 2); });
  EXPECT_EQ(slots(7), 1);
}

TEST_F(Blocks, each_test_of_a_condition_is_a_slot) {
  f.if_("    if a > 1 && (b > 1 || a == b) {", all(a > 1, any(b > 1, reads(b, a), a == b)), [] {});
  EXPECT_EQ(slots(1), 4);
}

TEST_F(Blocks, the_jump_back_ends_the_body_or_with_a_step_the_closing_line) {
  f.for_("    for a < b {", a < b, [&] { f.line("        a++").set(a, a + 1); });
  EXPECT_EQ(slots(2), 2);
  EXPECT_EQ(slots(3), 0);
  f.for_(
      "    for ; a < b; a++ {", a < b, [&] { f.line("        b--").set(b, b - 1); },
      [&] { f.set(a, a + 1); });
  EXPECT_EQ(slots(5), 1);
  EXPECT_EQ(slots(6), 2);
}

TEST_F(Blocks, a_wrong_line_takes_the_place_of_the_right_one) {
  f.line("    b = 1").set(b, 1).wrong("two", "b = 2", [&] { f.set(b, 2); });
  f.line("    if a < b {").wrong_if("not-less", "if a >= b {", a >= b).if_(a < b, [] {});
  ASSERT_EQ(f.statements().size(), 2U);
  EXPECT_EQ(f.wrong_names(1), std::vector<std::string>{"two"});
  EXPECT_EQ(f.wrong_names(2), std::vector<std::string>{"not-less"});
  f.replace(1, "two").replace(2, "not-less");
  EXPECT_EQ(f.statements().size(), 2U);
  EXPECT_EQ(f.lines()[0], "    b = 2  // was: b = 1");
  EXPECT_EQ(f.lines()[1], "    if a >= b {  // was: if a < b {");
  EXPECT_EQ(f.statements()[1].text, "if a >= b {");
}

TEST_F(Blocks, what_a_line_asks_and_stores_can_be_wrong) {
  using Names = std::vector<std::string>;
  f.line("    b = 1").set(b, 1);
  f.if_("    if a < b {", a < b, [] {});
  f.if_("    if a > 1 && a < b { b = 1; a = 2 }", all(a > 1, a < b), [&] { f.set(b, 1).set(a, 2); });
  f.line("    old := atomic.Xchg(a, 1)").set(b, Storing{[](Frame&) { return 0; }});
  f.line("    f()").call_symbol("f");
  EXPECT_EQ(f.mechanical_names(1), Names{"wrong-value"});
  EXPECT_EQ(f.mechanical_names(2), (Names{"always", "never"}));
  EXPECT_EQ(f.mechanical_names(4), (Names{"always", "never", "test-1-false", "test-1-true", "test-2-false",
                                          "test-2-true", "wrong-value-1", "wrong-value-2"}));
  EXPECT_EQ(f.mechanical_names(5), (Names{"wrong-value-1", "wrong-value-2"}));  // memory, variable
  EXPECT_EQ(f.mechanical_names(6), Names());
  f.replace(2, "never");
  EXPECT_EQ(f.lines()[1], "    if a < b {  // wrong: never");
  EXPECT_EQ(f.intact_lines()[1], "    if a < b {");
}

TEST_F(Blocks, a_wrong_line_with_other_slots_stops_the_program) {
  f.line("    b = 1").set(b, 1);
  EXPECT_DEATH(f.wrong("two-slots", "b = 2", [&] { f.set(b, 2).set(b, 3); }),
               "other slots than the right one");
}

TEST(Functions, are_named_once_in_their_list) {
  std::vector<std::string> names;
  for (const GoFunction& function : modelled_functions(Go(release_named("1.16")->layout)))
    names.push_back(function.signature().name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
  EXPECT_GT(names.size(), 130U);
}

}  // namespace
}  // namespace gogoscope::runtime
