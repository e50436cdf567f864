#include "emu/history/fault.h"

#include <fmt/format.h>

#include <charconv>

#include "asm/text/message.h"

namespace gogoscope::fault {
namespace {

constexpr std::string_view kAt = " at 0x";
constexpr TextView kAccesses[] = {kReadUnmapped,   kWriteUnmapped, kJumpUnmapped,
                                  kReadUnreadable, kWriteReadOnly, kJumpNotExecutable};

}  // namespace

Text at(TextView what, std::uint64_t address) {
  const TextView nil = address < kEndOfNil ? TextView{" (nil pointer)", "（空指针）"} : TextView();
  return Message({"{what} at {address}{nil}", "{what}，地址 {address}{nil}"},
                 {{"what", what}, {"address", fmt::format("{:#x}", address)}, {"nil", nil}})
      .text();
}

std::optional<std::uint64_t> address_of(const Text& detail) {
  for (const TextView& what : kAccesses) {
    std::string_view rest = detail.en;
    if (!rest.starts_with(what.en)) continue;
    rest.remove_prefix(what.en.size());
    if (!rest.starts_with(kAt)) continue;
    rest.remove_prefix(kAt.size());
    std::uint64_t address = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), address, 16);
    if (read.ec == std::errc()) return address;
  }
  return std::nullopt;
}

}  // namespace gogoscope::fault
