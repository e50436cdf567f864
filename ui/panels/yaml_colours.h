// Quiet colours for the lines of a scenario file. Not a parser: enough to distinguish keys, texts and
// comments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/highlight.h"

namespace gogoscope {

/// Line after line, since a block of text (`bodies: |`) continues over several.
class YamlColours {
 public:
  /// The line in pieces that, put together, are the line.
  std::vector<Span> next_line(std::string_view line);

 private:
  int block_indent_ = -1;  ///< of the key whose block of text continues; -1: none does
};

}  // namespace gogoscope
