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

std::optional<std::uint64_t> read_size(const YamlNode &node, std::string_view what, std::uint64_t least,
                                       std::uint64_t most, SectionReader &reader) {
  const auto bytes = quantity(node, kSizes);
  if (bytes && *bytes >= least && *bytes <= most && *bytes % kGoPage == 0) return bytes;
  reader.error(node.mark, fmt::format("{} must be a size from {}MB to {}MB in steps of 8KB, such as 64MB",
                                      what, least >> 20, most >> 20));
  return std::nullopt;
}

std::optional<std::uint64_t> read_duration(const YamlNode &node, std::string_view what,
                                           SectionReader &reader) {
  const auto ns = quantity(node, kTimes);
  if (ns && *ns >= 1 && *ns <= kHour) return ns;
  reader.error(node.mark, fmt::format("{} must be a time from 1ns to one hour, such as 20us or 10ms", what));
  return std::nullopt;
}

}  // namespace gogoscope
