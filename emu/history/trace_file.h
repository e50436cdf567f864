// The trace file: "gogoscope trace\n", a version, a checksum, the guest with its Go release, the initial
// image, the deltas.
//
// All integers are little-endian and 64 bits wide, texts are a length and bytes. Of the image only pages with
// a byte that is not zero are written. The release is written as the data that it is: a file can be read by a
// program that does not know it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest/bytes.h"

namespace gogoscope {

inline constexpr std::string_view kTraceMagic = "gogoscope trace\n";
inline constexpr std::uint64_t kTraceVersion = 5;
/// A record in which an SSE register is written; else it is the same. Programs that know no such registers
/// refuse it by its number.
inline constexpr std::uint64_t kTraceVersionWithSse = 6;
/// The record of a program, which has rows of a line table behind its data symbols; in it SSE registers may
/// be written or not. Of its sources the file has those that the run has been in.
inline constexpr std::uint64_t kTraceVersionWithRows = 7;
/// The same with the calls that were inlined, behind the rows.
inline constexpr std::uint64_t kTraceVersionWithInlined = 8;

/// FNV-1a, 64 bits: finds damage, not forgery.
std::uint64_t checksum(std::string_view bytes);

}  // namespace gogoscope
