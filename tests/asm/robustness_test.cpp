// Large and hostile texts: bounded time, bounded output.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

struct Outcome {
  Assembly assembly;
  double seconds;
};

Outcome timed(const std::string& text) {
  const auto start = std::chrono::steady_clock::now();
  Assembly a = assemble({{"test.s", text}}, options());
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  return {std::move(a), took.count()};
}

// Generous: a build with sanitizers on a busy machine must pass too.
constexpr double kPatience = 20;

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
  const Outcome out = timed(text);
  EXPECT_EQ(out.assembly.diagnostics.size(), 50u);
  EXPECT_LT(output_size(out.assembly), 50'000u);
  EXPECT_LT(out.seconds, kPatience);
}

TEST(Robustness, ten_megabytes_on_one_line_are_one_error) {
  for (const char* piece : {"a", "( ", "/", "\"", "$1+", "a:", "1", "·"}) {
    std::string text = "TEXT f(SB), NOSPLIT, $0\n MOVQ ";
    while (text.size() < 10'000'000) text += piece;
    const Outcome out = timed(text);
    EXPECT_GE(out.assembly.diagnostics.size(), 1u) << piece;
    EXPECT_LT(output_size(out.assembly), 50'000u) << piece;
    EXPECT_LT(out.seconds, kPatience) << piece;
  }
}

TEST(Robustness, a_text_of_seventeen_megabytes_is_refused) {
  const Outcome out = timed(std::string(17u << 20, '\n'));
  ASSERT_EQ(out.assembly.diagnostics.size(), 1u);
  EXPECT_EQ(out.assembly.diagnostics[0].message, "text is larger than 16 MB");
}

TEST(Robustness, long_programs_take_time_in_proportion) {
  std::string text = "TEXT f(SB), NOSPLIT, $0\n";
  for (int n = 0; n < 50'000; ++n) {
    const std::string label = "l" + std::to_string(n);
    text += label + ": MOVQ 8(AX)(BX*8), CX\n JNE l" + std::to_string(n * 7 % 50'000) + "\n";
  }
  const Outcome out = timed(text);
  EXPECT_TRUE(out.assembly.object.has_value());
  EXPECT_LT(out.seconds, kPatience);
}

TEST(Robustness, chains_of_jumps_end) {
  std::string chain = "TEXT f(SB), NOSPLIT, $0\n";
  for (int n = 0; n < 100'000; ++n)
    chain += "l" + std::to_string(n) + ": JMP l" + std::to_string((n + 1) % 100'000) + "\n";
  const Outcome out = timed(chain);
  EXPECT_TRUE(out.assembly.object.has_value());
  EXPECT_LT(out.seconds, kPatience);
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
