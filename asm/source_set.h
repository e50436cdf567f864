// The texts of one assembly, includes too, and places in them.
//
// Tokens are views into these texts, so a text never moves once it is added.
#pragma once

#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "asm/assembler.h"

namespace plan9 {

/// A span of characters in one line of one source. Lines and columns count from 1.
struct Place {
  std::uint32_t source = 0;
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t width = 1;
  std::uint32_t line_start = 0;  ///< byte offset of the line in its text
};

class SourceSet {
 public:
  std::uint32_t add(Source source);
  const Source& operator[](std::uint32_t index) const { return sources_[index]; }
  std::size_t size() const { return sources_.size(); }

  /// The line that a place is in, without its newline.
  std::string_view line_of(const Place& place) const;

  /// The line as the reader of the file counts it, for messages that mention another place.
  std::uint32_t line_in_file(const Place& place) const {
    return place.line + sources_[place.source].first_line - 1;
  }

  std::vector<Source> take();

 private:
  std::deque<Source> sources_;
};

}  // namespace plan9
