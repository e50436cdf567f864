// Quiet colours for source lines: enough to find one's way, no more.
#pragma once

#include <string_view>
#include <vector>

#include "emu/guest/code.h"
#include "ui/theme.h"

namespace gogoscope {

struct Span {
  std::string_view text;
  Color color = Color::text;
};

/// The line in pieces that, put together, are the line.
std::vector<Span> highlight(std::string_view line, SourceFile::Language language);

}  // namespace gogoscope
