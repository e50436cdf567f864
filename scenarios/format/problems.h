// Collects what is wrong with a scenario file, in the form in which the assembler reports its errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "asm/text/diagnostic.h"
#include "scenarios/format/file_mark.h"

namespace gogoscope {

using Diagnostics = std::vector<Diagnostic>;

class Problems {
 public:
  /// Of the file that marks call `number`.
  Problems(std::string file, std::string_view text, int number = 0);

  void error(const FileMark& mark, Message message);
  bool empty() const { return list_.empty(); }
  /// Readers stop where this is true.
  bool full() const { return list_.full(); }
  /// Sorted by place.
  Diagnostics take() { return list_.take(); }

  int number() const { return number_; }
  /// A line of the file without its line break; empty beyond the end.
  std::string_view line(int number) const;
  int lines() const { return static_cast<int>(lines_.size()); }
  /// The column, in characters, of a byte of a line.
  int column(int line, int byte) const;

 private:
  std::string file_;
  std::vector<std::string_view> lines_;
  int number_;
  DiagnosticList list_{50};
  // The last answer of column().
  mutable int asked_line_ = 0;
  mutable std::size_t asked_byte_ = 0;
  mutable int asked_column_ = 1;
};

}  // namespace gogoscope
