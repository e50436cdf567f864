#include "scenarios/language.h"

namespace gogoscope {

std::optional<Language> language_by_name(std::string_view name) {
  if (name == "en") return Language::en;
  if (name == "zh") return Language::zh;
  return std::nullopt;
}

const NameWords& name_words(Language language) {
  return language == Language::zh ? chinese_names() : english_names();
}

}  // namespace gogoscope
