#include "scenarios/format/problems.h"

#include <algorithm>
#include <tuple>

#include "asm/utf8.h"

namespace gogoscope {
namespace {

// Longer lines are shown as a window around the mark.
constexpr int kWindow = 160;

std::size_t byte_of_column(std::string_view line, int column) {
  std::size_t at = 0;
  for (int i = 1; i < column && at < line.size(); ++i) at += plan9::rune_at(line, at).size;
  return at;
}

}  // namespace

int characters(std::string_view text) {
  int count = 0;
  for (std::size_t at = 0; at < text.size(); at += plan9::rune_at(text, at).size) ++count;
  return count;
}

Problems::Problems(std::string file, std::string_view text) : file_(std::move(file)) {
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
  // A parser asks in order: going on from the last answer keeps a very long line linear.
  if (number != asked_line_ || end < asked_byte_) {
    asked_line_ = number;
    asked_byte_ = 0;
    asked_column_ = 1;
  }
  for (; asked_byte_ < end; ++asked_column_) asked_byte_ += plan9::rune_at(whole, asked_byte_).size;
  return asked_column_;
}

void Problems::error(const FileMark& mark, std::string message) {
  if (full()) return;
  plan9::Diagnostic d;
  d.file = file_;
  d.line = std::max(mark.line, 1);
  d.column = std::max(mark.column, 1);
  d.width = std::max(mark.width, 1);
  d.message = std::move(message);
  for (const plan9::Diagnostic& other : found_) {
    if (other.line == d.line && other.column == d.column && other.message == d.message) return;
  }
  const std::string_view whole = line(d.line);
  d.first_column = d.column > kWindow / 2 ? d.column - kWindow / 2 : 1;
  const std::size_t begin = byte_of_column(whole, d.first_column);
  const std::size_t end = byte_of_column(whole, d.first_column + kWindow);
  d.source_line = std::string(whole.substr(begin, end - begin));
  found_.push_back(std::move(d));
}

Diagnostics Problems::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const plan9::Diagnostic& a, const plan9::Diagnostic& b) {
    return std::tie(a.line, a.column) < std::tie(b.line, b.column);
  });
  return std::move(found_);
}

}  // namespace gogoscope
