// What a text marks, as Markdown does: `code` and **strong**. All other characters are themselves.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

struct MarkedText {
  enum class Kind : std::uint8_t { code, strong };
  struct Span {
    std::size_t at = 0, size = 0;  ///< bytes of `text`
    Kind kind = Kind::code;
    bool operator==(const Span&) const = default;
  };
  std::string text;         ///< without the marks
  std::vector<Span> spans;  ///< in their order; they do not overlap
};

/// A mark whose other end is not on its line is a character of the text.
MarkedText marked(std::string_view source);
/// The text with the marks of code, which a terminal shows as they are, and no others.
std::string without_strong(std::string_view source);

}  // namespace gogoscope
