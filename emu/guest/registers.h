// The register file of one guest thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace gogoscope {

/// In the order of the x86-64 encoding, then those that have none. SSE registers have a file of their own
/// (sse.h).
enum class Reg : std::uint8_t {
  rax,
  rcx,
  rdx,
  rbx,
  rsp,
  rbp,
  rsi,
  rdi,
  r8,
  r9,
  r10,
  r11,
  r12,
  r13,
  r14,
  r15,
  rip,
  rflags,
  fs_base,
};

inline constexpr int kRegCount = 19;

using RegisterFile = std::array<std::uint64_t, kRegCount>;

/// "rax" ... "r15", "rip", "rflags", "fs_base".
std::string_view name(Reg reg);
/// A set of registers is a word with a bit for each.
constexpr std::uint32_t bit(Reg reg) { return std::uint32_t{1} << static_cast<unsigned>(reg); }
std::optional<Reg> reg_by_name(std::string_view name);

/// Which thread: the index of its register file. Thread k belongs to the M with m.id == k.
using ThreadId = std::uint16_t;

/// A power of two. Only the threads that have been made cost anything.
inline constexpr int kMaxThreads = 1024;

}  // namespace gogoscope
