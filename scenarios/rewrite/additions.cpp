#include "scenarios/rewrite/additions.h"

#include <fmt/format.h>

#include <algorithm>

namespace gogoscope {

std::vector<TextEdit> Additions::take() {
  if (!tail_.empty()) {
    const std::string_view text = source_.text();
    edits_.push_back({text.size(), 0, (text.empty() || text.ends_with('\n') ? "" : "\n") + tail_});
  }
  return std::move(edits_);
}

void Additions::section(const std::string& key, const Lines& lines) {
  if (lines.empty()) return;
  std::string text = key + ":";
  for (const std::string& line : lines) text += "\n  " + line;
  const YamlNode* const node = source_.root().find(key);
  if (node == nullptr) {
    tail_ += text + "\n";
    return;
  }
  for (const YamlEntry& entry : source_.root().entries) {
    if (entry.key.value != key) continue;
    const std::size_t start = source_.at(entry.key.mark);
    const std::size_t end = std::max(source_.end_of(*node).value_or(start), start + key.size() + 1);
    edits_.push_back({start, end - start, text});
  }
}

void Additions::after_item(const YamlNode& list, std::size_t item, const Lines& lines) {
  const std::size_t first = source_.at(list.items.front().mark);
  const std::size_t start = source_.line_start(first);
  const std::string indent(source_.text().substr(start, source_.text().find('-', start) - start));
  std::size_t at = start;
  if (item > 0) at = source_.line_end(source_.end_of(list.items[item - 1]).value_or(first));
  insert(at, indent, lines);
}

void Additions::into_map(const YamlNode& map,
                         const std::vector<std::pair<std::string, std::string>>& entries) {
  if (entries.empty()) return;
  const std::optional<std::size_t> end = source_.end_of(map);
  if (!end) return;
  if (source_.is_flow(map)) {
    std::string text;
    for (const auto& [key, value] : entries) text += fmt::format(", {}: {}", key, value);
    edits_.push_back({*end - 1, 0, text});
    return;
  }
  const std::size_t first = source_.at(map.entries.front().key.mark);
  const std::size_t start = source_.line_start(first);
  Lines lines;
  for (const auto& [key, value] : entries) lines.push_back(key + ": " + value);
  insert(source_.line_end(*end), std::string(source_.text().substr(start, first - start)), lines);
}

void Additions::insert(std::size_t at, const std::string& indent, const Lines& lines) {
  std::string text;
  const bool open = at > 0 && source_.text()[at - 1] != '\n';
  for (const std::string& line : lines) text += (open ? "\n" : "") + indent + line + (open ? "" : "\n");
  if (!text.empty()) edits_.push_back({at, 0, text});
}

}  // namespace gogoscope
