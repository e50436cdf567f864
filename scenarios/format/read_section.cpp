#include "scenarios/format/read_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/diagnostics.h"

namespace gogoscope {

bool SectionReader::expect_map(const YamlNode& node, std::string_view what,
                               const std::vector<std::string_view>& known) {
  if (node.kind != YamlNode::Kind::map) {
    error(node.mark, fmt::format("{} must be a mapping, not {}", what, kind_name(node.kind)));
    return false;
  }
  for (const YamlEntry& entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key.value) != known.end()) continue;
    std::string hint = plan9::did_you_mean(entry.key.value, known);
    if (hint.empty()) hint = fmt::format("; known: {}", fmt::join(known, ", "));
    error(entry.key.mark, fmt::format("unknown key {} in {}{}", plan9::quoted(entry.key.value), what, hint));
  }
  return true;
}

bool SectionReader::expect_list(const YamlNode& node, std::string_view what) {
  if (node.kind == YamlNode::Kind::sequence) return true;
  error(node.mark, fmt::format("{} must be a list, not {}", what, kind_name(node.kind)));
  return false;
}

std::optional<std::string> SectionReader::text(const YamlNode& node, std::string_view what) {
  if (node.kind != YamlNode::Kind::scalar) {
    error(node.mark, fmt::format("{} must be a text, not {}", what, kind_name(node.kind)));
    return std::nullopt;
  }
  if (node.value.find_first_not_of(" \n") == std::string::npos) {
    error(node.mark, fmt::format("{} is empty", what));
    return std::nullopt;
  }
  return node.value;
}

std::optional<bool> SectionReader::boolean(const YamlNode& node, std::string_view what) {
  if (node.kind == YamlNode::Kind::scalar && node.style == 0) {
    if (node.value == "true") return true;
    if (node.value == "false") return false;
  }
  error(node.mark, fmt::format("{} must be true or false", what));
  return std::nullopt;
}

std::optional<std::uint64_t> SectionReader::number(const YamlNode& node, std::string_view what,
                                                   std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  bool ok = node.kind == YamlNode::Kind::scalar && !node.value.empty() && node.value.size() <= 18;
  for (const char c : node.value) {
    ok = ok && c >= '0' && c <= '9';
    if (ok) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (ok && value >= least && value <= most) return value;
  error(node.mark, fmt::format("{} must be a whole number from {} to {}", what, least, most));
  return std::nullopt;
}

}  // namespace gogoscope
