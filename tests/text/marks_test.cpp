// Marks of a text: code and strong, and what is no mark.
#include "asm/text/marks.h"

#include <gtest/gtest.h>

namespace gogoscope {
namespace {

using Kind = MarkedText::Kind;
using Spans = std::vector<MarkedText::Span>;

TEST(Marks, are_taken_out_and_remembered) {
  const MarkedText text = marked("press **F11** at `gogo`.");
  EXPECT_EQ(text.text, "press F11 at gogo.");
  EXPECT_EQ(text.spans, (Spans{{6, 3, Kind::strong}, {13, 4, Kind::code}}));
}

TEST(Marks, code_is_not_looked_into) {
  const MarkedText text = marked("`*(**p)` and `**x**`");
  EXPECT_EQ(text.text, "*(**p) and **x**");
  EXPECT_EQ(text.spans, (Spans{{0, 6, Kind::code}, {11, 5, Kind::code}}));
}

TEST(Marks, without_another_end_on_the_line_are_characters) {
  for (const std::string text : {"a ` b", "a `b\nc` d", "2 ** 3", "**a\nb**", "``", "****", "", "`"}) {
    EXPECT_EQ(marked(text).text, text);
    EXPECT_TRUE(marked(text).spans.empty()) << text;
  }
}

TEST(Marks, of_code_stay_for_a_terminal) {
  EXPECT_EQ(without_strong("**源码** 里的 `a`，`b`"), "源码 里的 `a`，`b`");
  EXPECT_EQ(without_strong("`**x**` `"), "`**x**` `");
}

}  // namespace
}  // namespace gogoscope
