#include "tests/asm/wrong_and_right.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "asm/text/utf8.h"
#include "tests/asm/assembled.h"

namespace plan9::test {
namespace {

using gogoscope::characters;

std::string expected(int line, const Case& c) {
  const std::size_t at = c.marked.empty() ? c.wrong.size() : c.wrong.find(c.marked);
  const std::size_t column = characters(c.wrong.substr(0, at));
  const std::size_t width = std::max<std::size_t>(1, characters(c.marked));
  return "test.s:" + std::to_string(line) + ":" + std::to_string(column + 1) +
         ": error: " + std::string(c.message) + "\n" + std::string(c.wrong) + "\n" +
         std::string(column, ' ') + "^" + std::string(width - 1, '~') + "\n";
}

}  // namespace

void in_a_body(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const auto text = [](std::string_view statement) {
      return "TEXT main·f(SB), NOSPLIT, $8-8\nhere:\n" + std::string(statement) + "\n    RET\n";
    };
    EXPECT_EQ(errors(text(c.wrong)), expected(3, c));
    EXPECT_EQ(errors(text(c.right)), "") << c.right;
  }
}

void at_top(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    const std::string before = "GLOBL known(SB), $8\n";
    EXPECT_EQ(errors(before + std::string(c.wrong) + "\n"), expected(2, c));
    EXPECT_EQ(errors(before + std::string(c.right) + "\n"), "") << c.right;
  }
}

}  // namespace plan9::test
