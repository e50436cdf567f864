#include "emu/disasm/zydis.h"

namespace gogoscope {

const ZydisDecoder& decoder() {
  static const ZydisDecoder instance = [] {
    ZydisDecoder d;
    ZydisDecoderInit(&d, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    return d;
  }();
  return instance;
}

std::optional<Reg> whole_register(ZydisRegister r) {
  const ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, r);
  if (whole < ZYDIS_REGISTER_RAX || whole > ZYDIS_REGISTER_R15) return std::nullopt;
  return static_cast<Reg>(whole - ZYDIS_REGISTER_RAX);  // both count as the encoding does
}

std::optional<SseReg> sse_register(ZydisRegister r) {
  if (r == ZYDIS_REGISTER_MXCSR) return SseReg::mxcsr;
  if (r < ZYDIS_REGISTER_XMM0 || r > ZYDIS_REGISTER_XMM15) return std::nullopt;
  return static_cast<SseReg>(r - ZYDIS_REGISTER_XMM0);
}

int register_number(ZydisRegister r) {
  if (r == ZYDIS_REGISTER_RIP) return static_cast<int>(Reg::rip);
  const auto whole = whole_register(r);
  return whole ? static_cast<int>(*whole) : -1;
}

}  // namespace gogoscope
