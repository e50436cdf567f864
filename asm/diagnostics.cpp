#include "asm/diagnostics.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "asm/utf8.h"

namespace plan9 {
namespace {

// A line that is longer than this is shown as a window around the mark, so that ten megabytes on one
// line do not become ten megabytes of message.
constexpr int kWindow = 160;

struct Window {
  std::string text;
  int first_column;
};

Window window(std::string_view line, int column) {
  const int first = column > kWindow / 2 ? column - kWindow / 2 : 1;
  std::size_t at = 0;
  for (int i = 1; i < first && at < line.size(); ++i) at += rune_at(line, at).size;
  const std::size_t begin = at;
  for (int i = 0; i < kWindow && at < line.size(); ++i) at += rune_at(line, at).size;
  if (at == line.size() && column <= kWindow) return {std::string(line), 1};
  return {std::string(line.substr(begin, at - begin)), first};
}

}  // namespace

void Diagnostics::error(const Place& place, std::string message) {
  if (full()) return;
  Diagnostic d;
  d.file = place.source < sources_.size() ? sources_[place.source].name : "";
  d.line = static_cast<int>(place.line);
  d.column = static_cast<int>(place.column);
  d.width = static_cast<int>(std::max<std::uint32_t>(place.width, 1));
  d.message = std::move(message);
  for (const Found& f : found_) {
    if (f.diagnostic.line == d.line && f.diagnostic.column == d.column && f.source == place.source &&
        f.diagnostic.message == d.message) {
      return;
    }
  }
  Window w = window(sources_.line_of(place), d.column);
  d.source_line = std::move(w.text);
  d.first_column = w.first_column;
  found_.push_back({place.source, std::move(d)});
}

std::vector<Diagnostic> Diagnostics::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) {
    return std::tie(a.source, a.diagnostic.line, a.diagnostic.column) <
           std::tie(b.source, b.diagnostic.line, b.diagnostic.column);
  });
  std::vector<Diagnostic> out;
  for (Found& f : found_) out.push_back(std::move(f.diagnostic));
  found_.clear();
  return out;
}

std::string quoted(std::string_view text) { return "'" + shortened(text) + "'"; }

std::string format(const Diagnostic& d) {
  std::string out = printable(d.file) + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) +
                    ": error: " + printable(d.message) + "\n";
  if (d.source_line.empty()) return out;
  out += printable(d.source_line) + "\n";
  // The caret line repeats tabs and gives wide characters two cells, so that it stands right below.
  int column = d.first_column;
  std::size_t at = 0;
  for (; column < d.column && at < d.source_line.size(); ++column) {
    const Rune rune = rune_at(d.source_line, at);
    out += rune.value == '\t' ? "\t" : rune.valid && is_wide(rune.value) ? "  " : " ";
    at += rune.size;
  }
  std::string mark;
  for (int i = 0; i < d.width && at < d.source_line.size(); ++i) {
    const Rune rune = rune_at(d.source_line, at);
    mark += rune.valid && is_wide(rune.value) ? "~~" : "~";
    at += rune.size;
  }
  if (mark.empty()) mark = "~";
  mark[0] = '^';
  return out + mark + "\n";
}

}  // namespace plan9
