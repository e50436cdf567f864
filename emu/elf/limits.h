// What no program that is read has more of: a damaged file must not cost more. Private to this folder.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gogoscope {

inline constexpr std::size_t kMaxSegments = 64;
inline constexpr std::size_t kMaxFunctions = 1'000'000;
inline constexpr std::size_t kMaxDataSymbols = 1'000'000;
inline constexpr std::size_t kMaxNameBytes = 4096;  ///< of a generic function's name, for instance
inline constexpr std::size_t kMaxFiles = 100'000;
inline constexpr std::size_t kMaxLineRows = 20'000'000;
inline constexpr std::size_t kMaxInlinedCalls = 10'000'000;
inline constexpr std::size_t kMaxSpSteps = 20'000'000;  ///< of all functions
/// Bytes in memory of all segments.
inline constexpr std::uint64_t kMaxSegmentBytes = std::uint64_t{1} << 30;
inline constexpr std::uint64_t kMaxAddress = std::uint64_t{1} << 47;

}  // namespace gogoscope
