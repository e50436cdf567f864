#include "scenarios/format/read_section.h"

#include <algorithm>

#include "asm/text/near.h"
#include "asm/text/printable.h"

namespace gogoscope {

bool SectionReader::expect_map(const YamlNode& node, const Called& what,
                               const std::vector<std::string_view>& known) {
  if (node.kind != YamlNode::Kind::map) {
    error(node.mark, {{"{what} must be a mapping, not {kind}", "{what} 应为映射，不是{kind}"},
                      {{"what", what}, {"kind", kind_name(node.kind)}}});
    return false;
  }
  for (const YamlEntry& entry : node.entries) {
    if (std::find(known.begin(), known.end(), entry.key.value) != known.end()) continue;
    error(entry.key.mark, {{"unknown key {key} in {what}{hint}", "{what} 中没有键 {key}{hint}"},
                           {{"key", in_quotes(entry.key.value)},
                            {"what", what},
                            {"hint", near_or_known(entry.key.value, known)}}});
  }
  return true;
}

bool SectionReader::expect_map(const YamlNode& node, const Called& what, const Shape& shape) {
  std::vector<std::string_view> known = shape.key_names();
  if (shape.others != nullptr) {
    for (const YamlEntry& entry : node.entries) known.push_back(entry.key.value);
  }
  return expect_map(node, what, known);
}

bool SectionReader::expect_list(const YamlNode& node, const Called& what) {
  if (node.kind == YamlNode::Kind::sequence) return true;
  error(node.mark, {{"{what} must be a list, not {kind}", "{what} 应为列表，不是{kind}"},
                    {{"what", what}, {"kind", kind_name(node.kind)}}});
  return false;
}

std::optional<std::string> SectionReader::text(const YamlNode& node, const Called& what) {
  if (node.kind != YamlNode::Kind::scalar) {
    error(node.mark, {{"{what} must be a text, not {kind}", "{what} 应为文本，不是{kind}"},
                      {{"what", what}, {"kind", kind_name(node.kind)}}});
    return std::nullopt;
  }
  if (node.value.find_first_not_of(" \n") == std::string::npos) {
    error(node.mark, {{"{what} is empty", "{what} 是空的"}, {{"what", what}}});
    return std::nullopt;
  }
  return node.value;
}

std::string SectionReader::word(const YamlNode& node, const Called& what, const Shape& shape) {
  const std::string text = node.kind == YamlNode::Kind::scalar ? node.value : "";
  if (std::ranges::find(shape.words, text) != shape.words.end()) return text;
  error(node.mark,
        {{"{what} must be one of {known}{hint}", "{what} 应为以下之一：{known}{hint}"},
         {{"what", what}, {"known", joined(shape.words)}, {"hint", did_you_mean(text, shape.words)}}});
  return "";
}

std::optional<std::string> SectionReader::any_text(const YamlNode& node, const Called& what) {
  const bool quoted = node.kind == YamlNode::Kind::scalar && node.style != 0;
  return quoted ? node.value : text(node, what);
}

std::optional<bool> SectionReader::boolean(const YamlNode& node, const Called& what) {
  if (node.kind == YamlNode::Kind::scalar && node.style == 0) {
    if (node.value == "true") return true;
    if (node.value == "false") return false;
  }
  error(node.mark, {{"{what} must be true or false", "{what} 应为 true 或 false"}, {{"what", what}}});
  return std::nullopt;
}

std::optional<std::uint64_t> SectionReader::number(const YamlNode& node, const Called& what,
                                                   std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  bool ok = node.kind == YamlNode::Kind::scalar && !node.value.empty() && node.value.size() <= 18;
  for (const char c : node.value) {
    ok = ok && c >= '0' && c <= '9';
    if (ok) value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (ok && value >= least && value <= most) return value;
  error(node.mark,
        {{"{what} must be a whole number from {least} to {most}", "{what} 应为 {least} 到 {most} 的整数"},
         {{"what", what}, {"least", least}, {"most", most}}});
  return std::nullopt;
}

std::optional<std::uint64_t> SectionReader::number(const YamlNode& node, const Called& what,
                                                   const Shape& shape) {
  return number(node, what, shape.least, shape.most);
}

}  // namespace gogoscope
