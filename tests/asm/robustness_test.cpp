// Large and hostile texts: they end, with bounded output. How long they take is not asked here: a text that
// hangs the assembler runs into the time limit that every test has.
#include <gtest/gtest.h>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

Assembly assembled(const std::string& text) { return assemble({{"test.s", text}}, options()); }

std::size_t output_size(const Assembly& a) {
  std::size_t size = 0;
  for (const Diagnostic& d : a.diagnostics) size += format(d).size();
  return size;
}

TEST(Robustness, ten_megabytes_of_garbage_end_after_the_most_diagnostics) {
  std::string text;
  std::uint64_t state = 88172645463325252u;
  while (text.size() < 10'000'000) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    text += static_cast<char>(state >> 24);
  }
  const Assembly out = assembled(text);
  EXPECT_EQ(out.diagnostics.size(), 50u);
  EXPECT_LT(output_size(out), 50'000u);
}

TEST(Robustness, ten_megabytes_on_one_line_are_one_error) {
  for (const char* piece : {"a", "( ", "/", "\"", "$1+", "a:", "1", "·"}) {
    std::string text = "TEXT f(SB), NOSPLIT, $0\n MOVQ ";
    while (text.size() < 10'000'000) text += piece;
    const Assembly out = assembled(text);
    EXPECT_GE(out.diagnostics.size(), 1u) << piece;
    EXPECT_LT(output_size(out), 50'000u) << piece;
  }
}

TEST(Robustness, a_text_of_seventeen_megabytes_is_refused) {
  const Assembly out = assembled(std::string(17u << 20, '\n'));
  ASSERT_EQ(out.diagnostics.size(), 1u);
  EXPECT_EQ(out.diagnostics[0].message.in(gogoscope::Language::en), "text is larger than 16 MB");
}

TEST(Robustness, long_programs_with_jumps_all_over_assemble) {
  std::string text = "TEXT f(SB), NOSPLIT, $0\n";
  for (int n = 0; n < 50'000; ++n) {
    const std::string label = "l" + std::to_string(n);
    text += label + ": MOVQ 8(AX)(BX*8), CX\n JNE l" + std::to_string(n * 7 % 50'000) + "\n";
  }
  const Assembly out = assembled(text);
  EXPECT_TRUE(out.object.has_value());
}

TEST(Robustness, chains_of_jumps_end) {
  std::string chain = "TEXT f(SB), NOSPLIT, $0\n";
  for (int n = 0; n < 100'000; ++n)
    chain += "l" + std::to_string(n) + ": JMP l" + std::to_string((n + 1) % 100'000) + "\n";
  const Assembly out = assembled(chain);
  EXPECT_TRUE(out.object.has_value());
}

TEST(Robustness, deep_nesting_is_refused_not_followed) {
  const std::string deep =
      "TEXT f(SB), NOSPLIT, $0\n MOVQ $" + std::string(5000, '(') + "1" + std::string(5000, ')') + ", AX\n";
  EXPECT_NE(errors(deep).find("expression is nested too deeply"), std::string::npos);
  const std::string minus = "TEXT f(SB), NOSPLIT, $0\n MOVQ $" + std::string(5000, '~') + "1, AX\n";
  EXPECT_NE(errors(minus).find("expression is nested too deeply"), std::string::npos);
}

TEST(Robustness, max_diagnostics_is_kept) {
  Options o = options();
  o.max_diagnostics = 3;
  std::string text = "TEXT f(SB), NOSPLIT, $0\n";
  for (int n = 0; n < 100; ++n) text += "BAD\n";
  EXPECT_EQ(assemble({{"test.s", text}}, o).diagnostics.size(), 3u);
}

}  // namespace
}  // namespace plan9::test
