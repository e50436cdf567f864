// The words of Go's status constants. A number means the same in all releases; which changes are legal is a
// matter of the release (emu/layout/release.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gogoscope {

// g.atomicstatus; Go calls them _Gidle, _Grunnable, ...
inline constexpr std::uint32_t kGidle = 0;
inline constexpr std::uint32_t kGrunnable = 1;
inline constexpr std::uint32_t kGrunning = 2;
inline constexpr std::uint32_t kGsyscall = 3;
inline constexpr std::uint32_t kGwaiting = 4;
inline constexpr std::uint32_t kGdead = 6;
inline constexpr std::uint32_t kGcopystack = 8;
inline constexpr std::uint32_t kGpreempted = 9;
inline constexpr std::uint32_t kGscan = 0x1000;  ///< a bit: the M that set it owns the stack

// p.status; Go calls them _Pidle, _Prunning, ...
inline constexpr std::uint32_t kPidle = 0;
inline constexpr std::uint32_t kPrunning = 1;
inline constexpr std::uint32_t kPsyscall = 2;
inline constexpr std::uint32_t kPgcstop = 3;
inline constexpr std::uint32_t kPdead = 4;

/// "running", "scanrunning"; "status 5" where Go has no word.
std::string g_status_word(std::uint64_t status);
/// "_Grunning", "_Gscanrunning"; "5" where Go has no name.
std::string g_status_symbol(std::uint64_t status);
std::optional<std::uint32_t> g_status_by_word(std::string_view word);

std::string p_status_word(std::uint64_t status);
std::string p_status_symbol(std::uint64_t status);
std::optional<std::uint32_t> p_status_by_word(std::string_view word);

/// A legal change of g.atomicstatus and the functions of the runtime that make it.
struct GTransition {
  std::uint32_t from;
  std::uint32_t to;
  std::string who;
};

/// A legal change of p.status.
struct PTransition {
  std::uint32_t from;
  std::uint32_t to;
};

}  // namespace gogoscope
