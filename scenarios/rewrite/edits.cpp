#include "scenarios/rewrite/edits.h"

#include <fmt/format.h>

#include <algorithm>

namespace gogoscope {
namespace {

constexpr std::size_t kAround = 3;  // lines of context

std::vector<TextEdit> in_order(std::vector<TextEdit> edits) {
  std::ranges::stable_sort(edits, {}, &TextEdit::at);
  return edits;
}

/// The lines of a text; a last one without a line break counts.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

/// Whole lines [first, last) that become others.
struct Block {
  std::size_t first = 0, last = 0;
  std::vector<std::string> lines;
};

/// The lines that edits touch. Lines that come out as they were are none of them.
std::vector<Block> blocks_of(std::string_view text, const std::vector<TextEdit>& edits) {
  const std::vector<std::string_view> lines = lines_of(text);
  std::vector<std::size_t> starts;
  std::size_t start = 0;
  for (const std::string_view line : lines) {
    starts.push_back(start);
    start += line.size();
  }
  const auto line_at = [&](std::size_t byte) {
    return static_cast<std::size_t>(std::ranges::upper_bound(starts, byte) - starts.begin());
  };
  std::vector<Block> out;
  for (std::size_t i = 0; i < edits.size();) {
    // A place at the start of a line is between two lines unless it takes something away.
    const std::size_t first = edits[i].at == text.size() ? lines.size() : line_at(edits[i].at) - 1;
    std::size_t last = first, end = i;
    while (end < edits.size()) {
      const TextEdit& edit = edits[end];
      if (edit.at != text.size() && end > i && line_at(edit.at) - 1 > last) break;
      if (edit.at == text.size() && end > i && last < lines.size()) break;
      if (edit.at < text.size())
        last = std::max(last, line_at(edit.at + std::max<std::size_t>(edit.size, 1) - 1));
      ++end;
    }
    const std::size_t from = first < starts.size() ? starts[first] : text.size();
    const std::size_t to = last < starts.size() ? starts[last] : text.size();
    std::vector<TextEdit> here(edits.begin() + static_cast<std::ptrdiff_t>(i),
                               edits.begin() + static_cast<std::ptrdiff_t>(end));
    for (TextEdit& edit : here) edit.at -= from;
    const std::string after = with_edits(text.substr(from, to - from), here);
    Block block{first, last, {}};
    for (const std::string_view line : lines_of(after)) block.lines.emplace_back(line);
    while (block.first < block.last && !block.lines.empty() && block.lines.front() == lines[block.first]) {
      block.lines.erase(block.lines.begin());
      ++block.first;
    }
    while (block.first < block.last && !block.lines.empty() && block.lines.back() == lines[block.last - 1]) {
      block.lines.pop_back();
      --block.last;
    }
    if (block.first < block.last || !block.lines.empty()) out.push_back(std::move(block));
    i = end;
  }
  return out;
}

void add_line(std::string& out, char sign, std::string_view line) {
  out += sign;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

std::string range(std::size_t first, std::size_t count) {
  // A range without lines is named after the line before it.
  const std::size_t start = count == 0 ? first : first + 1;
  return count == 1 ? fmt::format("{}", start) : fmt::format("{},{}", start, count);
}

}  // namespace

std::string with_edits(std::string_view text, std::vector<TextEdit> edits) {
  std::string out;
  std::size_t at = 0;
  for (const TextEdit& edit : in_order(std::move(edits))) {
    out += text.substr(at, edit.at - at);
    out += edit.text;
    at = edit.at + edit.size;
  }
  return out += text.substr(at);
}

std::string unified_diff(std::string_view name, std::string_view before, std::vector<TextEdit> edits) {
  const std::vector<std::string_view> lines = lines_of(before);
  const std::vector<Block> blocks = blocks_of(before, in_order(std::move(edits)));
  std::string out;
  if (!blocks.empty()) out = fmt::format("--- {}\n+++ {}\n", name, name);
  std::ptrdiff_t shift = 0;  // of line numbers after the change
  for (std::size_t i = 0; i < blocks.size();) {
    std::size_t end = i + 1;
    while (end < blocks.size() && blocks[end].first <= blocks[end - 1].last + 2 * kAround) ++end;
    const std::size_t first = blocks[i].first - std::min(blocks[i].first, kAround);
    const std::size_t last = std::min(lines.size(), blocks[end - 1].last + kAround);
    std::string hunk;
    std::size_t at = first, removed = 0, added = 0;
    for (; i < end; ++i) {
      for (; at < blocks[i].first; ++at) add_line(hunk, ' ', lines[at]);
      for (; at < blocks[i].last; ++at, ++removed) add_line(hunk, '-', lines[at]);
      for (const std::string& line : blocks[i].lines) add_line(hunk, '+', line);
      added += blocks[i].lines.size();
    }
    for (; at < last; ++at) add_line(hunk, ' ', lines[at]);
    const std::size_t count = last - first;
    out += fmt::format(
        "@@ -{} +{} @@\n{}", range(first, count),
        range(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(first) + shift), count - removed + added),
        hunk);
    shift += static_cast<std::ptrdiff_t>(added) - static_cast<std::ptrdiff_t>(removed);
  }
  return out;
}

}  // namespace gogoscope
