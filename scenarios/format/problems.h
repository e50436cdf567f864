// Collects what is wrong with a scenario file, in the form in which the assembler tells its errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/loader.h"

namespace gogoscope {

class Problems {
 public:
  Problems(std::string file, std::string_view text);

  void error(const FileMark& mark, std::string message);
  void add(plan9::Diagnostic diagnostic) { found_.push_back(std::move(diagnostic)); }
  bool empty() const { return found_.empty(); }
  /// Readers stop at this many.
  bool full() const { return found_.size() >= 50; }
  /// Sorted by place.
  Diagnostics take();

  /// A line of the file without its line break; empty beyond the end.
  std::string_view line(int number) const;
  int lines() const { return static_cast<int>(lines_.size()); }
  /// The column, in characters, of a byte of a line.
  int column(int line, int byte) const;

 private:
  std::string file_;
  std::vector<std::string_view> lines_;
  Diagnostics found_;
  // The last answer of column().
  mutable int asked_line_ = 0;
  mutable std::size_t asked_byte_ = 0;
  mutable int asked_column_ = 1;
};

/// Bytes as characters: how many there are in `text`.
int characters(std::string_view text);

}  // namespace gogoscope
