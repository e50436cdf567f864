#include "emu/history/after_step.h"

namespace gogoscope {

bool AfterStep::read(Addr addr, std::span<std::byte> out) const {
  if (!before_.read(addr, out)) return false;
  for (const Store& s : step_.stores) {
    for (std::uint64_t i = 0; i < s.size; ++i) {
      const std::uint64_t at = s.addr.value() + i - addr.value();  // wraps to something big when it is before
      if (at < out.size()) out[at] = static_cast<std::byte>(s.new_value >> (8 * i));
    }
  }
  return true;
}

std::uint64_t AfterStep::reg(ThreadId thread, Reg reg) const {
  if (thread == step_.thread) {
    for (const RegChange& r : step_.regs) {
      if (r.reg == reg) return r.new_value;
    }
  }
  for (const OtherRegChange& other : step_.other_regs) {
    if (other.thread == thread && other.change.reg == reg) return other.change.new_value;
  }
  return before_.reg(thread, reg);
}

}  // namespace gogoscope
