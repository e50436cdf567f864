#include "scenarios/page/base64.h"

#include <cstdint>
#include <string_view>

namespace gogoscope {

void put_number(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(0x80 | (number & 0x7F)));
  out.push_back(static_cast<char>(number));
}

void put_signed(std::string& out, std::int64_t number) {
  put_number(out, number < 0 ? static_cast<std::uint64_t>(-(number + 1)) * 2 + 1
                             : static_cast<std::uint64_t>(number) * 2);
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) -> std::uint32_t {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0;
    };
    const std::uint32_t three = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t i = 0; i < 4; ++i) {
      out.push_back(at + i <= bytes.size() ? kDigits[three >> (18 - 6 * i) & 0x3F] : '=');
    }
  }
  return out;
}

}  // namespace gogoscope
