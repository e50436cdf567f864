// The languages that texts for people come in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emu/layout/name_words.h"

namespace gogoscope {

enum class Language { en, zh };

/// "en" or "zh".
std::optional<Language> language_by_name(std::string_view name);

/// The phrases for names of addresses and values.
const NameWords& name_words(Language language);

/// A text in both languages.
struct Text {
  std::string en;
  std::string zh;
  const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
};

}  // namespace gogoscope
