#include "asm/text/fill.h"

namespace gogoscope {

std::string fill(std::string_view pattern,
                 const std::function<std::optional<std::string>(std::string_view name)>& value_of) {
  std::string out;
  while (true) {
    const auto open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == std::string_view::npos) return out;
    pattern.remove_prefix(open);
    const auto close = pattern.find('}');
    const auto value =
        close == std::string_view::npos ? std::nullopt : value_of(pattern.substr(1, close - 1));
    // A brace that opens no known name is copied.
    out += value ? *value : pattern.substr(0, 1);
    pattern.remove_prefix(value ? close + 1 : 1);
  }
}

std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  return fill(pattern, [&](std::string_view name) -> std::optional<std::string> {
    for (const auto& [known, value] : values) {
      if (known == name) return std::string(value);
    }
    return std::nullopt;
  });
}

}  // namespace gogoscope
