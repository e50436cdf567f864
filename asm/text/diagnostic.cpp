#include "asm/text/diagnostic.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

// A line that is longer than this is shown as a window around the mark, so that ten megabytes on one line do
// not become ten megabytes of message.
constexpr int kWindow = 160;

constexpr Pattern kError{"error", "错误"};

std::string spaces_under(std::string_view text) {
  std::string out;
  for (const auto& [at, rune] : Runes(text)) {
    if (rune.value == '\t') {
      out += '\t';
    } else {
      out.append(rune.valid ? static_cast<std::size_t>(columns(rune.value)) : 1, ' ');
    }
  }
  return out;
}

}  // namespace

void show_line(Diagnostic& d, std::string_view line) {
  d.line = std::max(d.line, 1);
  d.column = std::max(d.column, 1);
  d.width = std::max(d.width, 1);
  d.first_column = 1;
  d.source_line = line;
  const std::size_t window = byte_of_character(line, kWindow);
  if (window == line.size() && d.column <= kWindow) return;
  d.first_column = std::max(d.column - kWindow / 2, 1);
  line.remove_prefix(byte_of_character(line, static_cast<std::size_t>(d.first_column - 1)));
  d.source_line = line.substr(0, byte_of_character(line, kWindow));
}

std::string format(const Diagnostic& d, Language language) {
  std::string out = printable(d.file) + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
                    kError.str(language) + ": " + printable(d.message.in(language)) + "\n";
  if (d.source_line.empty()) return out;
  out += printable(d.source_line) + "\n";
  const std::string_view line = d.source_line;
  const std::size_t from =
      byte_of_character(line, static_cast<std::size_t>(std::max(d.column - d.first_column, 0)));
  const std::size_t marked =
      byte_of_character(line.substr(from), static_cast<std::size_t>(std::max(d.width, 0)));
  const int width = std::max(columns(line.substr(from, marked)), 1);
  return out + spaces_under(line.substr(0, from)) + "^" +
         std::string(static_cast<std::size_t>(width - 1), '~') + "\n";
}

void DiagnosticList::add(std::size_t text, Diagnostic d) {
  if (full()) return;
  for (const Found& f : found_) {
    if (f.text == text && f.diagnostic.line == d.line && f.diagnostic.column == d.column &&
        f.diagnostic.message == d.message) {
      return;
    }
  }
  found_.push_back({text, std::move(d)});
}

std::vector<Diagnostic> DiagnosticList::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.text, a.diagnostic.line, a.diagnostic.column) <
           std::tie(b.text, b.diagnostic.line, b.diagnostic.column);
  });
  std::vector<Diagnostic> out;
  for (Found& f : found_) out.push_back(std::move(f.diagnostic));
  found_.clear();
  return out;
}

}  // namespace gogoscope
