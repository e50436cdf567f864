// What a fault was, as its stop tells it: the text is made here and read here, and nowhere else.
//
// A real process would get a signal, and what Go makes of it depends on which one, and on the address
// (signal_unix.go, sigpanic).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gogoscope::fault {

/// Of a division, by zero or with a quotient that has no room.
inline constexpr std::string_view kDivide = "divide error";
inline constexpr std::string_view kTrap = "breakpoint trap (INT $3)";

/// Addresses below are those of nil and of fields of what is nil.
inline constexpr std::uint64_t kEndOfNil = 0x1000;

/// "read of unmapped memory at 0x8 (nil pointer)".
std::string at(std::string_view what, std::uint64_t address);

/// The address in such a text; none in that of any other fault.
std::optional<std::uint64_t> address_of(std::string_view detail);

}  // namespace gogoscope::fault
