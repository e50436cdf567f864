#include "emu/disasm/ahead.h"

#include <array>
#include <utility>

#include "emu/disasm/effect.h"

namespace gogoscope {
namespace {

constexpr int kFarthest = 64;

/// Steps until done(effect, registers written on the way) says so.
template <class Done>
std::optional<int> steps_until(const Code& code, const StateView& state, ThreadId thread, Done done) {
  CodeAddr pc(state.reg(thread, Reg::rip));
  const Function* const function = code.function_at(pc);
  if (function == nullptr) return std::nullopt;
  std::uint32_t written = 0;
  for (int step = 1; step <= kFarthest && function->contains(pc); ++step) {
    const Instruction* const instruction = code.instruction_at(pc);
    std::array<std::byte, 15> bytes;
    if (instruction == nullptr || instruction->size == 0 || instruction->size > bytes.size()) break;
    const std::span<std::byte> text(bytes.data(), instruction->size);
    if (!state.read(Addr(pc.value()), text)) break;
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
