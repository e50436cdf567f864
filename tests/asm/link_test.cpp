// Addresses into fields, names that are not defined, names local to a file.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

std::int32_t field(const std::vector<std::byte>& text, std::size_t at) {
  std::int32_t value = 0;
  std::memcpy(&value, text.data() + at, 4);
  return value;
}

TEST(Link, a_call_reaches_functions_before_after_and_elsewhere) {
  const Object object = assembled(
      "TEXT a(SB), NOSPLIT, $0\n RET\n"
      "TEXT b(SB), NOSPLIT, $0\n CALL a(SB)\n CALL c(SB)\n CALL elsewhere(SB)\n RET\n"
      "TEXT c(SB), NOSPLIT, $0\n RET\n");
  const Linked linked =
      link(object, {.text_base = 0x401000, .data_base = 0, .externs = {{"elsewhere", 0x501000}}});
  ASSERT_TRUE(linked.diagnostics.empty());
  EXPECT_EQ(field(linked.text, 33), -32 - 5);
  EXPECT_EQ(field(linked.text, 38), 64 - 42);
  EXPECT_EQ(field(linked.text, 43), 0x501000 - 0x40102f);
}

TEST(Link, an_immediate_after_the_field_counts) {
  const Object object = assembled(
      "TEXT f(SB), NOSPLIT, $0\n MOVQ $5, x(SB)\n SHLQ $1, x(SB)\n SHLQ $3, x(SB)\n BTQ $1, x(SB)\n "
      "RET\nGLOBL x(SB), $8\n");
  const Linked linked = link(object, {.text_base = 0x1000, .data_base = 0x2000, .externs = {}});
  ASSERT_TRUE(linked.diagnostics.empty());
  EXPECT_EQ(0x1000 + 11 + field(linked.text, 3), 0x2000);
  EXPECT_EQ(0x1000 + 11 + 7 + field(linked.text, 11 + 3), 0x2000);
  EXPECT_EQ(0x1000 + 18 + 8 + field(linked.text, 18 + 3), 0x2000);
  EXPECT_EQ(0x1000 + 26 + 9 + field(linked.text, 26 + 4), 0x2000);
}

TEST(Link, an_undefined_name_is_reported_where_it_is_used) {
  const Object object = assembled("TEXT main·f(SB), NOSPLIT, $0\n\tCALL\truntime·goexit2(SB)\n\tRET\n");
  const Linked wrong =
      link(object, {.text_base = 0x401000, .data_base = 0, .externs = {{"runtime.goexit1", 0x400000}}});
  ASSERT_EQ(wrong.diagnostics.size(), 1u);
  EXPECT_EQ(format(wrong.diagnostics[0]),
            "test.s:2:7: error: 'runtime.goexit2' is not defined; did you mean runtime.goexit1?\n"
            "\tCALL\truntime·goexit2(SB)\n"
            "\t    \t^~~~~~~~~~~~~~~~~~~\n");
  const Linked right =
      link(object, {.text_base = 0x401000, .data_base = 0, .externs = {{"runtime.goexit2", 0x400000}}});
  EXPECT_TRUE(right.diagnostics.empty());
}

TEST(Link, a_name_of_another_package_is_not_suggested) {
  const auto hint = [](std::string_view name, std::map<std::string, std::uint64_t, std::less<>> known) {
    const Object object =
        assembled("TEXT main·main(SB), NOSPLIT, $16\n\tGO\t" + std::string(name) + "(SB)\n");
    const Linked linked = link(object, {.text_base = 0x401000, .data_base = 0, .externs = std::move(known)});
    return linked.diagnostics.at(0).message.in(gogoscope::Language::en);
  };
  EXPECT_EQ(hint("·worker", {{"pages.worker", 0x400000}, {"runtime.newproc", 0x400000}}),
            "'main.worker' is not defined");
  EXPECT_EQ(hint("·worker", {{"main.worked", 0x400000}, {"runtime.newproc", 0x400000}}),
            "'main.worker' is not defined; did you mean main.worked?");
  EXPECT_EQ(hint("mian·worker", {{"main.worker", 0x400000}, {"runtime.newproc", 0x400000}}),
            "'mian.worker' is not defined; did you mean main.worker?");
}

TEST(Link, a_name_too_far_away_is_an_error) {
  const Object object = assembled("TEXT f(SB), NOSPLIT, $0\n CALL far(SB)\n");
  const Linked linked =
      link(object, {.text_base = 0x401000, .data_base = 0, .externs = {{"far", 0x200000000}}});
  ASSERT_EQ(linked.diagnostics.size(), 1u);
  EXPECT_EQ(linked.diagnostics[0].message.in(gogoscope::Language::en),
            "'far' is too far away: the field has 32 bits");
}

TEST(Link, a_name_may_be_too_far_below_and_is_reported_once_for_a_place) {
  const Object below = assembled("TEXT f(SB), NOSPLIT, $0\n CALL low(SB)\n");
  const Linked linked =
      link(below, {.text_base = 0x200000000, .data_base = 0, .externs = {{"low", 0x400000}}});
  ASSERT_EQ(linked.diagnostics.size(), 1u);
  EXPECT_EQ(linked.diagnostics[0].message.in(gogoscope::Language::en),
            "'low' is too far away: the field has 32 bits");
  // All that a macro writes has the place of its call.
  const Object thrice = assembled(
      "#define M CALL a(SB); CALL b(SB); CALL a(SB)\nTEXT caller(SB), NOSPLIT, $0\n M\n CALL a(SB); CALL "
      "a(SB)\n");
  std::string told;
  for (const Diagnostic& d : link(thrice, {.text_base = 0x1000, .data_base = 0, .externs = {}}).diagnostics)
    told += std::to_string(d.line) + ":" + std::to_string(d.column) + " " +
            d.message.in(gogoscope::Language::en) + "\n";
  EXPECT_EQ(told,
            "3:2 'a' is not defined\n3:2 'b' is not defined\n"
            "4:7 'a' is not defined\n4:19 'a' is not defined\n");
}

TEST(Link, each_source_has_its_own_local_names) {
  const Assembly a =
      assemble({{"a.s", "TEXT x<>(SB), NOSPLIT, $0\n RET\nTEXT a(SB), NOSPLIT, $0\n JMP x<>(SB)\n"},
                {"b.s", "TEXT x<>(SB), NOSPLIT, $0\n NOP\n RET\nTEXT b(SB), NOSPLIT, $0\n JMP x<>(SB)\n"}},
               options());
  ASSERT_TRUE(a.object);
  const Linked linked = link(*a.object, {.text_base = 0x401000, .data_base = 0, .externs = {}});
  ASSERT_TRUE(linked.diagnostics.empty());
  EXPECT_EQ(field(linked.text, 33), 0 - 37);
  EXPECT_EQ(field(linked.text, 97), 64 - 101);
}

}  // namespace
}  // namespace plan9::test
