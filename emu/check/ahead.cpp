#include "emu/check/ahead.h"

#include "emu/disasm/effect.h"

namespace gogoscope::check {
namespace {

constexpr int kFarthest = 64;

/// Steps until done(effect, registers written on the way) says so.
template <class Done>
std::optional<int> steps_until(const World& world, const WorldM& m, Done done) {
  const Code& code = world.guest().code;
  CodeAddr pc(world.reg(m, Reg::rip));
  const Function* const function = code.function_at(pc);
  if (function == nullptr) return std::nullopt;
  std::uint32_t written = 0;
  for (int step = 1; step <= kFarthest && function->contains(pc); ++step) {
    const Instruction* const instruction = code.instruction_at(pc);
    std::array<std::byte, 15> bytes;
    if (instruction == nullptr || instruction->size == 0 || instruction->size > bytes.size()) break;
    const std::span<std::byte> text(bytes.data(), instruction->size);
    if (!world.image().read(Addr(pc.value()), text)) break;
    const Effect effect = effect_of(text, pc);
    if (effect.length == 0 || effect.leaves) break;
    if (done(effect, written)) return step;
    written |= effect.written;
    pc = pc + effect.length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> steps_until_replaced(const World& world, const WorldM& m, Reg reg) {
  return steps_until(world, m, [reg](const Effect& e, std::uint32_t) { return e.replaces(reg); });
}

std::optional<int> steps_until_stored(const World& world, const WorldM& m, Addr addr) {
  return steps_until(world, m, [&](const Effect& e, std::uint32_t written) {
    if (!e.stores || e.store_size != 8) return false;
    std::uint64_t at = static_cast<std::uint64_t>(e.disp);
    for (const auto& [reg, scale] : {std::pair(e.base, 1), std::pair(e.index, e.scale)}) {
      if (reg < 0) continue;
      if ((written >> static_cast<unsigned>(reg) & 1U) != 0) return false;  // its value then is not known
      at += world.reg(m, static_cast<Reg>(reg)) * static_cast<std::uint64_t>(scale);
    }
    if (e.fs_segment) at += world.reg(m, Reg::fs_base);
    return Addr(at) == addr;
  });
}

}  // namespace gogoscope::check
