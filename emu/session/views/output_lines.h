// What a program has written, as a terminal shows it: lines, each made of one or more writes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "emu/history/event.h"

namespace gogoscope {

/// A part of a line that one write brought.
struct OutputPiece {
  std::uint64_t step = 0;
  int m = 0;
  int fd = 0;
  std::size_t end = 0;  ///< bytes of the line up to here
};

struct OutputLine {
  std::string text;  ///< without its line break; any bytes
  std::vector<OutputPiece> pieces;
  /// Bytes that were there before step `position`.
  std::size_t written_before(std::uint64_t position) const;
};

class OutputLines {
 public:
  /// What events further on in the record bring. Cost: linear in them.
  void add(std::span<const Event> events);
  const std::vector<OutputLine>& lines() const { return lines_; }
  /// How many lines have begun before step `position`. Cost: a binary search.
  std::size_t begun_before(std::uint64_t position) const;

 private:
  std::vector<OutputLine> lines_;
  bool open_ = false;  ///< the last line has no line break yet
};

}  // namespace gogoscope
