#include "emu/history/fault.h"

#include <fmt/format.h>

#include <charconv>

namespace gogoscope::fault {
namespace {

constexpr std::string_view kAt = "memory at 0x", kNotExecutable = "not executable at 0x";

}  // namespace

std::string at(std::string_view what, std::uint64_t address) {
  return fmt::format("{} at {:#x}{}", what, address, address < kEndOfNil ? " (nil pointer)" : "");
}

std::optional<std::uint64_t> address_of(std::string_view detail) {
  for (const std::string_view before : {kAt, kNotExecutable}) {
    const std::size_t found = detail.find(before);
    if (found == std::string_view::npos) continue;
    const std::string_view digits = detail.substr(found + before.size());
    std::uint64_t address = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), address, 16);
    if (read.ec == std::errc()) return address;
  }
  return std::nullopt;
}

}  // namespace gogoscope::fault
