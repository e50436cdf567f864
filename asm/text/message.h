// What is to be said, as a value: a pattern in both languages, and the values that it mentions. It becomes
// words once, where it is shown, in the reader's language.
//
//   return Message({"there is no function {name}", "没有函数 {name}"}, {{"name", name}});
//   std::cerr << error.in(language);
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/fill.h"
#include "asm/text/language.h"

namespace gogoscope {

/// A constant text in both languages, with {name} where values go; the compiler sees to it that both
/// languages use the same names.
struct Pattern : TextView {
  consteval Pattern(const char* english, const char* chinese) : TextView{english, chinese} {
    if (!same_names(en, zh)) throw "the two languages put in different values";
  }
};

class Message;

/// A value of a message: a number, a name that is the same in both languages, or a text in both.
struct Argument {
  std::string_view name;  ///< as in the pattern's braces; a constant
  Text value;

  Argument(std::string_view key, std::string_view text)
      : name(key), value{std::string(text), std::string(text)} {}
  Argument(std::string_view key, const char* text) : Argument(key, std::string_view(text)) {}
  Argument(std::string_view key, const std::string& text) : Argument(key, std::string_view(text)) {}
  Argument(std::string_view key, TextView text)
      : name(key), value{std::string(text.en), std::string(text.zh)} {}
  Argument(std::string_view key, Text text) : name(key), value(std::move(text)) {}
  Argument(std::string_view key, const Message& message);
  friend bool operator==(const Argument&, const Argument&) = default;
  template <std::integral Number>
  Argument(std::string_view key, Number number) : Argument(key, std::string_view(std::to_string(number))) {}
};

class Message {
 public:
  /// Nothing to say.
  Message() = default;
  Message(Pattern pattern, std::initializer_list<Argument> arguments = {})
      : pattern_{std::string(pattern.en), std::string(pattern.zh)}, arguments_(arguments) {}
  /// Words that are only known as the program runs; braces in them are nothing special.
  static Message literal(TextView words) {
    Message message;
    message.pattern_ = {std::string(words.en), std::string(words.zh)};
    message.literal_ = true;
    return message;
  }
  /// Words of a library or of the guest, which come in one language.
  static Message untranslated(std::string_view words) { return literal({words, words}); }

  bool empty() const { return pattern_.empty(); }
  std::string in(Language language) const;
  Text text() const { return {in(Language::en), in(Language::zh)}; }
  const Text& pattern() const { return pattern_; }
  const std::vector<Argument>& arguments() const { return arguments_; }

  friend bool operator==(const Message&, const Message&) = default;

 private:
  Text pattern_;
  std::vector<Argument> arguments_;
  bool literal_ = false;  ///< braces in the pattern are part of the words
};

}  // namespace gogoscope
