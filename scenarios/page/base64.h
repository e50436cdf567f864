// Numbers as few bytes, and bytes as text.
#pragma once

#include <cstdint>
#include <string>

namespace gogoscope {

/// Appends a number in as many bytes as it needs, seven bits each, the lowest first.
void put_number(std::string& out, std::uint64_t number);
/// Appends a number of either sign: 0, -1, 1, -2 become 0, 1, 2, 3.
void put_signed(std::string& out, std::int64_t number);
std::string base64(const std::string& bytes);

}  // namespace gogoscope
