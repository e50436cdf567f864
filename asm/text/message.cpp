#include "asm/text/message.h"

namespace gogoscope {

Argument::Argument(std::string_view key, const Message& message) : name(key), value(message.text()) {}

std::string Message::in(Language language) const {
  if (literal_) return pattern_.in(language);
  return fill(pattern_.in(language), [&](std::string_view name) -> std::optional<std::string> {
    for (const Argument& argument : arguments_) {
      if (argument.name == name) return argument.value.in(language);
    }
    return std::nullopt;
  });
}

}  // namespace gogoscope
