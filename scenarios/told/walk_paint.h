// The colours of a walk. Private to this folder.
#pragma once

#include <fmt/format.h>

#include <ostream>
#include <string>
#include <string_view>

#include "asm/text/printable.h"

namespace gogoscope {

enum class Colour { head, place, dim, changed, meaning, event };

// The sixteen colours of every terminal, so that its own theme decides.
inline std::string_view code(Colour colour) {
  switch (colour) {
    case Colour::head:
      return "\x1b[1m";
    case Colour::place:
      return "\x1b[36m";
    case Colour::dim:
      return "\x1b[2m";
    case Colour::changed:
      return "\x1b[33m";
    case Colour::meaning:
      return "\x1b[0m";
    case Colour::event:
      return "\x1b[1;35m";
  }
  return "";
}

/// Lines in the colours of a terminal, or without.
class PaintedLines {
 public:
  PaintedLines(std::ostream& out, bool colours) : out_(out), colours_(colours) {}

 protected:
  std::string paint(Colour colour, std::string_view text) const {
    const std::string clean = printable(text);
    if (!colours_ || colour == Colour::meaning) return clean;
    return fmt::format("{}{}\x1b[0m", code(colour), clean);
  }
  void line(Colour colour, int indent, std::string_view text) {
    out_ << std::string(static_cast<std::size_t>(indent), ' ') << paint(colour, text) << "\n";
  }

  std::ostream& out_;

 private:
  bool colours_;
};

}  // namespace gogoscope
