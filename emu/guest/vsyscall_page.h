// Where Linux has the page of vsyscalls: the same address in every process (Linux,
// Documentation/arch/x86/x86_64/mm.rst).
#pragma once

#include <cstdint>

namespace gogoscope {

inline constexpr std::uint64_t kVsyscallPage = 0xffffffffff600000, kVsyscallPageBytes = 4096;

constexpr bool in_vsyscall_page(std::uint64_t addr) { return addr - kVsyscallPage < kVsyscallPageBytes; }

}  // namespace gogoscope
