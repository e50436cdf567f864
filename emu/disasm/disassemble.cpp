#include "emu/disasm/disassemble.h"

#include <capstone/capstone.h>

namespace gogoscope {
namespace {

/// Opened once: opening costs more than a thousand instructions do.
class Capstone {
 public:
  Capstone() { open_ = cs_open(CS_ARCH_X86, CS_MODE_64, &handle_) == CS_ERR_OK; }
  ~Capstone() {
    if (open_) cs_close(&handle_);
  }
  Capstone(const Capstone&) = delete;
  Capstone& operator=(const Capstone&) = delete;

  Disassembled first(std::span<const std::byte> bytes, CodeAddr pc) const {
    Disassembled out;
    out.mnemonic = "(bad)";
    cs_insn* insn = nullptr;
    const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
    if (!open_ || cs_disasm(handle_, data, bytes.size(), pc.value(), 1, &insn) == 0) return out;
    out.length = static_cast<std::uint8_t>(insn->size);
    out.mnemonic = insn->mnemonic;
    out.operands = insn->op_str;
    cs_free(insn, 1);
    return out;
  }

 private:
  csh handle_ = 0;
  bool open_ = false;
};

}  // namespace

Disassembled disassemble(std::span<const std::byte> bytes, CodeAddr pc) {
  static const Capstone capstone;
  return capstone.first(bytes, pc);
}

std::string readable_operands(std::string operands) {
  constexpr std::string_view kSlot = "0xfffffffffffffff8";
  if (const auto at = operands.find(kSlot); at != std::string::npos) operands.replace(at, kSlot.size(), "-8");
  return operands;
}

}  // namespace gogoscope
