#include "asm/text/language.h"

namespace gogoscope {

std::optional<Language> language_by_name(std::string_view name) {
  if (name == "en") return Language::en;
  if (name == "zh") return Language::zh;
  return std::nullopt;
}

}  // namespace gogoscope
