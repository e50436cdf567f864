#include "scenarios/format/read_quantity.h"

#include <fmt/format.h>

#include <span>

namespace gogoscope {
namespace {

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

constexpr Unit kSizes[] = {{"KB", 1 << 10}, {"MB", 1 << 20}, {"GB", 1 << 30}};
constexpr Unit kTimes[] = {{"ns", 1}, {"us", 1'000}, {"ms", 1'000'000}, {"s", 1'000'000'000}, {"", 1}};
constexpr std::uint64_t kHour = 3'600'000'000'000;
constexpr std::uint64_t kGoPage = 8192;
constexpr std::size_t kMaxDigits = 13;  // an hour in ns; it keeps the product with a factor within 64 bits

/// The number and its unit multiplied, if the text is both, nothing else.
std::optional<std::uint64_t> quantity(const YamlNode &node, std::span<const Unit> units) {
  if (node.kind != YamlNode::Kind::scalar) return std::nullopt;
  const std::string_view text = node.value;
  std::size_t digits = 0;
  std::uint64_t number = 0;
  for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
    if (digits == kMaxDigits) return std::nullopt;
    number = number * 10 + static_cast<std::uint64_t>(text[digits] - '0');
  }
  std::string_view word = text.substr(digits);
  while (word.starts_with(' ')) word.remove_prefix(1);
  if (digits == 0) return std::nullopt;
  for (const Unit &unit : units) {
    if (unit.name != word) continue;
    if (number > ~std::uint64_t{0} / unit.factor) return std::nullopt;
    return number * unit.factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> read_size(const YamlNode &node, const Called &what, std::uint64_t least,
                                       std::uint64_t most, SectionReader &reader) {
  const auto bytes = quantity(node, kSizes);
  if (bytes && *bytes >= least && *bytes <= most && *bytes % kGoPage == 0) return bytes;
  reader.error(node.mark, {{"{what} must be a size from {least}MB to {most}MB in steps of 8KB, such as 64MB",
                            "{what} 应为 {least}MB 到 {most}MB 之间的大小，以 8KB 为单位，例如 64MB"},
                           {{"what", what}, {"least", least >> 20}, {"most", most >> 20}}});
  return std::nullopt;
}

std::optional<std::uint64_t> read_duration(const YamlNode &node, const Called &what, SectionReader &reader) {
  const auto ns = quantity(node, kTimes);
  if (ns && *ns >= 1 && *ns <= kHour) return ns;
  reader.error(node.mark, {{"{what} must be a time from 1ns to one hour, such as 20us or 10ms",
                            "{what} 应为 1ns 到一小时之间的时间，例如 20us 或 10ms"},
                           {{"what", what}}});
  return std::nullopt;
}

}  // namespace gogoscope
