// Messages become words in the reader's language, and patterns put in what their names ask for.
#include "asm/text/message.h"

#include <gtest/gtest.h>

namespace gogoscope {
namespace {

TEST(Fill, puts_values_where_their_names_are) {
  EXPECT_EQ(fill("{a}'s {b}, {a}", {{"a", "g2"}, {"b", "{a}"}}), "g2's {a}, g2") << "values are not filled";
  EXPECT_EQ(fill("{c} { {a} {a", {{"a", "g2"}}), "{c} { g2 {a");
  EXPECT_EQ(fill("", {{"a", "g2"}}), "");
}

TEST(Fill, puts_no_space_between_two_chinese_characters) {
  const std::string_view pattern = "在 {what} 中没有键 {key}";
  EXPECT_EQ(fill(pattern, {{"what", "场景"}, {"key", "'titel'"}}), "在场景中没有键 'titel'");
  EXPECT_EQ(fill(pattern, {{"what", "事件 status"}, {"key", "标 题"}}), "在事件 status 中没有键标 题");
  EXPECT_EQ(fill("{what} 中", {{"what", "set 的一项"}}), "set 的一项中");
  EXPECT_EQ(fill("{what} of {key}", {{"what", "场景"}, {"key", "场景"}}), "场景 of 场景");
}

TEST(Fill, both_languages_must_put_in_the_same_values) {
  static_assert(same_names("{a} of {b}", "{b} 的 {a}"));
  static_assert(!same_names("{a} of {b}", "{a}"));
  static_assert(!same_names("{a}", "{b}"));
}

TEST(Message, is_worded_in_the_language_asked_for) {
  const Message hint({"; did you mean {name}?", "；是不是 {name}？"}, {{"name", "step"}});
  const Message message({"line {n}: no command {name}{hint}", "第 {n} 行：没有命令 {name}{hint}"},
                        {{"n", 12}, {"name", "stpe"}, {"hint", hint}});
  EXPECT_EQ(message.in(Language::en), "line 12: no command stpe; did you mean step?");
  EXPECT_EQ(message.in(Language::zh), "第 12 行：没有命令 stpe；是不是 step？");
}

TEST(Message, does_not_look_for_names_in_its_values) {
  const Message message({"'{text}' in {file}", "{file} 中的 '{text}'"},
                        {{"text", "{file}"}, {"file", "a.s"}});
  EXPECT_EQ(message.in(Language::zh), "a.s 中的 '{file}'");
  EXPECT_EQ(Message::untranslated("{x}").in(Language::zh), "{x}");
}

TEST(Message, without_words_is_empty) {
  EXPECT_TRUE(Message().empty());
  EXPECT_FALSE(Message({"a", "甲"}).empty());
}

}  // namespace
}  // namespace gogoscope
