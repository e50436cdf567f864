// The SSE registers of one guest thread, as an Image holds them. Zeros are the state that a process starts
// with, so a thread that uses none costs nothing.
//
//   words 0-31   xmm0 to xmm15: the low 64 bits, then the high ones
//   word 32      MXCSR XOR 0x1f80
//   word 33      a bit for each that was ever written: only these are shown
//
// Unicorn 2.0.1 sets no exception flags in MXCSR: only LDMXCSR changes it. x87 and AVX are not here; no
// instruction that uses them may be executed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gogoscope {

/// xmm0 ... xmm15 by their numbers, then mxcsr.
enum class SseReg : std::uint8_t { xmm0, xmm1, xmm15 = 15, mxcsr };

inline constexpr unsigned kXmmCount = 16;
inline constexpr unsigned kSseRegCount = 17;

/// "xmm0" ... "xmm15", "mxcsr".
std::string_view name(SseReg reg);
std::optional<SseReg> sse_reg_by_name(std::string_view name);
/// A set of them is a word with a bit for each.
constexpr std::uint32_t bit(SseReg reg) { return std::uint32_t{1} << static_cast<unsigned>(reg); }

/// 128 bits; of MXCSR only the low 32.
struct SseValue {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  bool operator==(const SseValue&) const = default;
};

/// All digits that the register has: "0x" and 32 of them, of mxcsr 4.
std::string hex(SseReg reg, SseValue value);

struct SseFile {
  static constexpr std::uint64_t kMxcsrAtStart = 0x1f80;  ///< every exception masked, round to nearest
  static constexpr unsigned kWritten = 2 * kSseRegCount - 1;
  static constexpr unsigned kWords = kWritten + 1;

  std::array<std::uint64_t, kWords> words{};

  static constexpr unsigned word(SseReg reg) { return 2 * static_cast<unsigned>(reg); }
  static constexpr unsigned words_of(SseReg reg) { return reg == SseReg::mxcsr ? 1 : 2; }

  SseValue value(SseReg reg) const {
    const std::uint64_t low = words[word(reg)];
    return reg == SseReg::mxcsr ? SseValue{low ^ kMxcsrAtStart, 0} : SseValue{low, words[word(reg) + 1]};
  }
  void set(SseReg reg, SseValue value) {
    words[word(reg)] = reg == SseReg::mxcsr ? value.low ^ kMxcsrAtStart : value.low;
    if (reg != SseReg::mxcsr) words[word(reg) + 1] = value.high;
  }
  /// Which were ever written. A damaged record may say anything.
  std::uint32_t written() const {
    return static_cast<std::uint32_t>(words[kWritten]) & ((1U << kSseRegCount) - 1);
  }
  bool is_written(SseReg reg) const { return (written() & bit(reg)) != 0; }
  bool operator==(const SseFile&) const = default;
};

}  // namespace gogoscope
