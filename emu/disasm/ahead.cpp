#include "emu/disasm/ahead.h"

#include <algorithm>
#include <array>
#include <utility>

#include "emu/disasm/effect.h"

namespace gogoscope {
namespace {

constexpr int kFarthest = 64;
constexpr std::size_t kLongest = 15;  // bytes of an instruction

/// Bytes of the instruction at `pc`; without a table of instructions all that may belong to it. 0: none.
std::size_t bytes_of(const Code& code, const Function& function, CodeAddr pc) {
  if (code.instructions().empty()) {
    return std::min<std::size_t>(kLongest, function.size - static_cast<std::size_t>(pc - function.entry));
  }
  const Instruction* const instruction = code.instruction_at(pc);
  return instruction == nullptr || instruction->size > kLongest ? 0 : instruction->size;
}

/// Steps until done(effect, registers written on the way) says so.
template <class Done>
std::optional<int> steps_until(const Code& code, const StateView& state, ThreadId thread, Done done) {
  CodeAddr pc(state.reg(thread, Reg::rip));
  const Function* const function = code.function_at(pc);
  if (function == nullptr) return std::nullopt;
  std::uint32_t written = 0;
  for (int step = 1; step <= kFarthest && function->contains(pc); ++step) {
    std::array<std::byte, kLongest> bytes;
    const std::span<std::byte> text(bytes.data(), bytes_of(code, *function, pc));
    if (text.empty() || !state.read(Addr(pc.value()), text)) break;
    const Effect effect = effect_of(text, pc);
    if (effect.length == 0 || effect.leaves) break;
    if (done(effect, written)) return step;
    written |= effect.written;
    pc = pc + effect.length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> steps_until_replaced(const Code& code, const StateView& state, ThreadId thread, Reg reg) {
  return steps_until(code, state, thread, [reg](const Effect& e, std::uint32_t) { return e.replaces(reg); });
}

std::optional<int> steps_until_stored(const Code& code, const StateView& state, ThreadId thread, Addr addr) {
  return steps_until(code, state, thread, [&](const Effect& e, std::uint32_t written) {
    if (!e.stores || e.store_size < 8) return false;
    std::uint64_t at = static_cast<std::uint64_t>(e.disp);
    for (const auto& [reg, scale] : {std::pair(e.base, 1), std::pair(e.index, e.scale)}) {
      if (reg < 0) continue;
      if ((written >> static_cast<unsigned>(reg) & 1U) != 0) return false;  // its value then is not known
      at += state.reg(thread, static_cast<Reg>(reg)) * static_cast<std::uint64_t>(scale);
    }
    if (e.fs_segment) at += state.reg(thread, Reg::fs_base);
    return addr.value() - at <= std::uint64_t{e.store_size} - 8;
  });
}

}  // namespace gogoscope
