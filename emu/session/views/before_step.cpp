#include "emu/session/views/before_step.h"

namespace gogoscope {

bool BeforeStep::read(Addr addr, std::span<std::byte> out) const {
  if (!after_.read(addr, out)) return false;
  // From the last store to the first: the first one found the value that was there.
  for (auto store = step_.stores.rbegin(); store != step_.stores.rend(); ++store) {
    for (std::uint32_t i = 0; i < store->size; ++i) {
      const std::int64_t at = store->addr + i - addr;
      if (at < 0 || at >= static_cast<std::int64_t>(out.size())) continue;
      out[static_cast<std::size_t>(at)] = static_cast<std::byte>(store->old_value >> (8 * i));
    }
  }
  return true;
}

std::uint64_t BeforeStep::reg(ThreadId thread, Reg reg) const {
  if (thread == step_.thread) {
    for (const RegChange& change : step_.regs) {
      if (change.reg == reg) return change.old_value;
    }
  }
  for (const OtherRegChange& other : step_.other_regs) {
    if (other.thread == thread && other.change.reg == reg) return other.change.old_value;
  }
  return after_.reg(thread, reg);
}

SseFile BeforeStep::sse(ThreadId thread) const {
  SseFile file = after_.sse(thread);
  for (const SseChange& change : step_.sse) {
    if (change.thread != thread) continue;
    file.set(change.reg, change.old_value);
    if (change.first) file.words[SseFile::kWritten] &= ~std::uint64_t{bit(change.reg)};
  }
  return file;
}

}  // namespace gogoscope
