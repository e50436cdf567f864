// How the sections of an object are laid out.
#pragma once

#include <cstddef>
#include <vector>

namespace plan9 {

// As the linker lays functions out on amd64; INT $3 lies between them.
inline constexpr std::size_t kFunctionAlignment = 32;
inline constexpr std::byte kPadding{0xcc};
// A text may ask for more than it holds (GLOBL), so the sections have a limit of their own.
inline constexpr std::size_t kLargestSection = 64 << 20;

inline void align(std::vector<std::byte>& section, std::size_t alignment, std::byte padding) {
  section.resize((section.size() + alignment - 1) / alignment * alignment, padding);
}

}  // namespace plan9
