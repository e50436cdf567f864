// The languages that texts for people come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gogoscope {

enum class Language { en, zh };

/// "en" or "zh".
std::optional<Language> language_by_name(std::string_view name);

/// A text in both languages.
struct Text {
  std::string en;
  std::string zh;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace gogoscope
