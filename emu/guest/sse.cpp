#include "emu/guest/sse.h"

#include <fmt/format.h>

namespace gogoscope {
namespace {

constexpr std::array<std::string_view, kSseRegCount> kSseNames = {
    "xmm0", "xmm1",  "xmm2",  "xmm3",  "xmm4",  "xmm5",  "xmm6",  "xmm7", "xmm8",
    "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15", "mxcsr"};

}  // namespace

std::string_view name(SseReg reg) { return kSseNames[static_cast<std::size_t>(reg)]; }

std::optional<SseReg> sse_reg_by_name(std::string_view wanted) {
  for (std::size_t i = 0; i < kSseNames.size(); ++i) {
    if (kSseNames[i] == wanted) return static_cast<SseReg>(i);
  }
  return std::nullopt;
}

std::string hex(SseReg reg, SseValue value) {
  return reg == SseReg::mxcsr ? fmt::format("{:#06x}", value.low)
                              : fmt::format("0x{:016x}{:016x}", value.high, value.low);
}

}  // namespace gogoscope
