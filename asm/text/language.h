// The languages that texts for people come in, and a text in both of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gogoscope {

enum class Language { en, zh };

/// "en" or "zh".
std::optional<Language> language_by_name(std::string_view name);

struct Text;

/// A text in both languages that is stored elsewhere, mostly in the program itself.
struct TextView {
  std::string_view en;
  std::string_view zh;
  constexpr std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
  std::string str(Language language) const { return std::string(in(language)); }
  Text text() const;
};

/// A text in both languages.
struct Text {
  std::string en;
  std::string zh;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
  /// Words of a library, of the guest or of Go, which come in one language.
  static Text untranslated(std::string words) { return {words, words}; }
  bool empty() const { return en.empty() && zh.empty(); }
  operator TextView() const { return {en, zh}; }
  friend bool operator==(const Text&, const Text&) = default;
};

inline Text TextView::text() const { return {std::string(en), std::string(zh)}; }

}  // namespace gogoscope
