// UTF-8, what may be shown, widths, lines and near names.
#include <gtest/gtest.h>

#include "asm/text/diagnostic.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "asm/text/utf8.h"
#include "asm/text/wrap.h"

namespace gogoscope {
namespace {

using Lines = std::vector<std::string_view>;

TEST(Utf8, stray_bytes_are_one_character_each) {
  EXPECT_EQ(characters("a\xc3\xa9\xe6\xb1\x89\xf0\x9f\x98\x80"), 4u);
  // A tail alone, an overlong slash, a surrogate, beyond U+10FFFF, a cut character.
  for (const std::string_view bad : {"\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe6\xb1"}) {
    EXPECT_EQ(characters(bad), bad.size());
    for (const auto& [at, rune] : Runes(bad)) EXPECT_FALSE(rune.valid) << at;
  }
}

TEST(Utf8, places_are_counted_in_characters) {
  EXPECT_EQ(byte_of_character("汉字a", 1), 3u);
  EXPECT_EQ(byte_of_character("汉字a", 9), 7u);
  std::string out;
  EXPECT_TRUE(append_rune(out, U'汉') && append_rune(out, 'a') && append_rune(out, 0x1f600));
  EXPECT_EQ(out, "汉a\xf0\x9f\x98\x80");
  EXPECT_FALSE(append_rune(out, 0xd800) || append_rune(out, 0x110000));
  EXPECT_EQ(characters(out), 3u);
}

TEST(Printable, shows_no_control_in_any_spelling) {
  EXPECT_EQ(printable("a\x1b[31mb\x7f\xc2\x9b\xff\tc"), "a�[31mb���\tc");
  EXPECT_EQ(printable("\u200b\u200e\u202e\u2066\u2028\ufeff\u061c"), "�������");
  EXPECT_EQ(column_text("a\tb"), "a b");
  EXPECT_EQ(trimmed(" \t a b\t"), "a b");
  EXPECT_EQ(trimmed(" \t"), "");
  EXPECT_EQ(columns("a汉，"), 5);
}

TEST(Printable, what_is_quoted_is_escaped_up_to_a_most) {
  EXPECT_EQ(escaped("a\n\t\"\\汉", 99), "\"a\\n\\t\\\"\\\\汉\"");
  EXPECT_EQ(escaped("\x1b\u202e\xff", 99), "\"\\x1b\\u202e\\xff\"");
  EXPECT_EQ(escaped("abcd", 4), "\"abcd\"");
  EXPECT_EQ(escaped("abcde", 4), "\"abcd\"...");
  EXPECT_EQ(shortened(std::string(61, 'x')), std::string(57, 'x') + "...");
}

TEST(Printable, characters_are_one_or_two_columns_wide) {
  for (const char32_t wide : {0x1100, 0x115f, 0x2e80, 0xa4cf, 0xac00, 0xd7a3, 0xf900, 0xfaff, 0xfe30, 0xfe6f,
                              0xff01, 0xff60, 0xffe0, 0xffe6, 0x1f300, 0x1faff, 0x20000, 0x3fffd})
    EXPECT_EQ(columns(wide), 2) << static_cast<std::uint32_t>(wide);
  for (const char32_t narrow : {0x41, 0x10ff, 0x1160, 0x2e7f, 0xa4d0, 0xabff, 0xd7a4, 0xfb00, 0xfe70, 0xff61,
                                0xffe7, 0x1f2ff, 0x1fb00, 0x3fffe})
    EXPECT_EQ(columns(narrow), 1) << static_cast<std::uint32_t>(narrow);
}

TEST(Wrap, english_breaks_at_spaces_and_hyphens_of_words) {
  EXPECT_EQ(wrap("g2: running -> dead on m0", 13), (Lines{"g2: running", "-> dead on m0"}));
  EXPECT_EQ(wrap("with --at end", 8), (Lines{"with", "--at end"}));
  EXPECT_EQ(wrap("thread-local storage", 12), (Lines{"thread-local", "storage"}));
  EXPECT_EQ(wrap("one\ntwo\n", 12), (Lines{"one", "two"}));
  EXPECT_EQ(wrap("", 12), Lines{});
}

TEST(Wrap, chinese_breaks_anywhere_but_not_before_a_closing_mark_or_after_an_opening_one) {
  EXPECT_EQ(wrap("栈指针在这里，换到另一个栈。", 12), (Lines{"栈指针在这", "里，换到另一", "个栈。"}));
  EXPECT_EQ(wrap("它叫做（g0）的栈", 7), (Lines{"它叫做", "（g0）", "的栈"}));
  EXPECT_EQ(wrap("这叫“交接”吗？", 6), (Lines{"这叫", "“交接”", "吗？"}));
  EXPECT_EQ(wrap("写到 g2.sched.sp 里", 14), (Lines{"写到", "g2.sched.sp 里"}));
}

TEST(Wrap, a_word_wider_than_the_line_is_cut) {
  EXPECT_EQ(wrap("0123456789 ab", 4), (Lines{"0123", "4567", "89", "ab"}));
  EXPECT_EQ(wrap("汉字", 1), (Lines{"汉", "字"})) << "one character at least";
}

TEST(Wrap, loses_nothing_but_spaces) {
  const std::string text =
      "gogo 从 gobuf 里恢复 SP，然后跳到 gobuf.pc；\"-8(FS)\" 仍指向 g2。\xff\xe6 end of it";
  for (int width = 1; width < 60; ++width) {
    std::string all, wanted;
    for (const std::string_view line : wrap(text, width)) {
      EXPECT_FALSE(line.empty());
      EXPECT_TRUE(columns(line) <= width || characters(line) == 1) << line;
      all += line;
    }
    std::erase(all, ' ');
    wanted = text;
    std::erase(wanted, ' ');
    EXPECT_EQ(all, wanted);
  }
}

TEST(Near, one_letter_in_three_may_be_wrong) {
  EXPECT_EQ(nearest("MOVW", {"MOVQ", "JMP"}), "MOVQ");
  EXPECT_EQ(nearest("gobuf_ps", {"gobuf_pc", "gobuf_sp"}), "gobuf_sp")
      << "a swap is nearer than a wrong letter";
  EXPECT_EQ(nearest("JUMP", {"RET"}), "");
  EXPECT_EQ(nearest("", {"a"}), "");
  EXPECT_EQ(nearest("gogo", {"gogp", "runtime.gogo", "gogo1"}), "runtime.gogo");
  EXPECT_EQ(did_you_mean("stpe", {"step"}).in(Language::zh), "；是不是 step？");
  EXPECT_TRUE(did_you_mean("x", {"step"}).empty());
}

TEST(Diagnostic, is_worded_in_both_languages_with_the_caret_in_place) {
  Diagnostic d{"a.s", 2, 5, 2, Message({"{n} bytes", "{n} 字节"}, {{"n", 3}}), "", 1};
  show_line(d, "汉\tx 字a b");
  EXPECT_EQ(format(d), "a.s:2:5: error: 3 bytes\n汉\tx 字a b\n  \t  ^~~\n");
  EXPECT_EQ(format(d, Language::zh), "a.s:2:5: 错误: 3 字节\n汉\tx 字a b\n  \t  ^~~\n");
}

TEST(Diagnostic, lists_are_sorted_and_say_nothing_twice) {
  DiagnosticList list(3);
  list.add(1, {"b", 1, 1, 1, Message({"one", "一"}), "", 1});
  list.add(0, {"a", 7, 1, 1, Message({"two", "二"}), "", 1});
  list.add(0, {"a", 7, 1, 1, Message({"two", "二"}), "", 1});
  EXPECT_FALSE(list.full());
  list.add(0, {"a", 2, 1, 1, Message({"three", "三"}), "", 1});
  list.add(0, {"a", 1, 1, 1, Message({"too many", "太多"}), "", 1});
  std::string lines;
  for (const Diagnostic& d : list.take()) lines += d.file + std::to_string(d.line) + " ";
  EXPECT_EQ(lines, "a2 a7 b1 ");
}

}  // namespace
}  // namespace gogoscope
