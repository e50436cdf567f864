// trace.go: the types of events of Go's execution tracer, as 1.16 numbers them. Those that the model records.
#pragma once

#include <cstdint>

namespace gogoscope::runtime::trace_event {

inline constexpr std::uint64_t kProcStart = 5;
inline constexpr std::uint64_t kProcStop = 6;
inline constexpr std::uint64_t kGoCreate = 13;
inline constexpr std::uint64_t kGoStart = 14;
inline constexpr std::uint64_t kGoEnd = 15;
inline constexpr std::uint64_t kGoSched = 17;
inline constexpr std::uint64_t kGoPreempt = 18;
inline constexpr std::uint64_t kGoBlock = 20;
inline constexpr std::uint64_t kGoUnblock = 21;
inline constexpr std::uint64_t kGoSysCall = 28;
inline constexpr std::uint64_t kGoSysExit = 29;
inline constexpr std::uint64_t kGoSysBlock = 30;
inline constexpr std::uint64_t kGoStartLocal = 38;    ///< on the P where it was last
inline constexpr std::uint64_t kGoUnblockLocal = 39;  ///< likewise

}  // namespace gogoscope::runtime::trace_event
