#include "scenarios/format/problems.h"

#include <algorithm>

#include "asm/text/utf8.h"

namespace gogoscope {

Problems::Problems(std::string file, std::string_view text, int number)
    : file_(std::move(file)), number_(number) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines_.push_back(line);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
}

std::string_view Problems::line(int number) const {
  return number >= 1 && number <= lines() ? lines_[static_cast<std::size_t>(number - 1)] : std::string_view();
}

int Problems::column(int number, int byte) const {
  const std::string_view whole = line(number);
  const std::size_t end = std::min(static_cast<std::size_t>(std::max(byte, 0)), whole.size());
  // A parser asks in order: continuing from the last answer keeps a very long line linear.
  if (number != asked_line_ || end < asked_byte_) {
    asked_line_ = number;
    asked_byte_ = 0;
    asked_column_ = 1;
  }
  for (; asked_byte_ < end; ++asked_column_) asked_byte_ += rune_at(whole, asked_byte_).size;
  return asked_column_;
}

void Problems::error(const FileMark& mark, Message message) {
  if (full()) return;
  Diagnostic d;
  d.file = file_;
  d.line = mark.line;
  d.column = mark.column;
  d.width = mark.width;
  d.message = std::move(message);
  show_line(d, line(std::max(mark.line, 1)));
  list_.add(0, std::move(d));
}

}  // namespace gogoscope
