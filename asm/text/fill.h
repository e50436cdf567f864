// Patterns: texts with {name} where a value is put in.
#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace gogoscope {

/// The pattern with each {name} replaced by what `value_of` answers; without an answer it stays as it is.
/// What is put in is not looked at again. A space of the pattern is for Latin letters beside Chinese ones: it
/// is left out where the value makes it a space between two Chinese characters.
std::string fill(std::string_view pattern,
                 const std::function<std::optional<std::string>(std::string_view name)>& value_of);

/// The same with a list of names and values.
std::string fill(std::string_view pattern,
                 std::initializer_list<std::pair<std::string_view, std::string_view>> values);

/// Whether two patterns have the same names in their braces, in any order and number.
constexpr bool same_names(std::string_view a, std::string_view b) {
  const auto has_names_of = [](std::string_view whole, std::string_view part) {
    while (true) {
      const auto open = part.find('{');
      if (open == std::string_view::npos) return true;
      part.remove_prefix(open);
      const auto close = part.find('}');
      if (close == std::string_view::npos) return true;
      if (whole.find(part.substr(0, close + 1)) == std::string_view::npos) return false;
      part.remove_prefix(close);
    }
  };
  return has_names_of(a, b) && has_names_of(b, a);
}

}  // namespace gogoscope
