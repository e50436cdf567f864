// SSE registers: the engine has those of the thread that moves, the record and memory_ have those of all.
#include <fmt/format.h>

#include <bit>
#include <utility>

#include "emu/history/fault.h"
#include "emu/machine/engine.h"

namespace gogoscope {
namespace {

/// POPFQ in user mode leaves the flags of the system as they are; the engine, whose guest is in ring 0, does
/// not.
Text why_not_flags(std::uint64_t now, std::uint64_t value) {
  constexpr std::uint64_t kUserFlags = 0xcd5;
  if (((value ^ now) & ~kUserFlags) == 0) return {};
  return Message({"POPFQ with {value} changes more than the flags CF, PF, AF, ZF, SF, DF and OF",
                  "POPFQ 装入 {value}，改变的不只是标志位 CF、PF、AF、ZF、SF、DF 和 OF"},
                 {{"value", fmt::format("{:#x}", value)}})
      .text();
}

int unicorn_id(SseReg reg) {
  return reg == SseReg::mxcsr ? UC_X86_REG_MXCSR : UC_X86_REG_XMM0 + static_cast<int>(reg);
}

}  // namespace

SseValue Machine::Engine::sse_of_engine(SseReg reg) const {
  SseValue value;
  must(uc_reg_read(uc_, unicorn_id(reg), &value), "uc_reg_read");
  return value;
}

void Machine::Engine::write_sse() {
  const SseFile& file = std::as_const(memory_).sse_file(memory_.thread());
  std::uint32_t rest = file.written() | sse_in_engine_;
  sse_in_engine_ = file.written();
  for (; rest != 0; rest &= rest - 1) {
    const auto reg = static_cast<SseReg>(std::countr_zero(rest));
    const SseValue value = file.value(reg);
    must(uc_reg_write(uc_, unicorn_id(reg), &value), "uc_reg_write");
  }
}

void Machine::Engine::record_sse(SseReg reg) {
  const ThreadId thread = memory_.thread();
  SseFile after = std::as_const(memory_).sse_file(thread);
  after.set(reg, sse_of_engine(reg));
  after.words[SseFile::kWritten] |= bit(reg);
  sse_in_engine_ |= bit(reg);
  const unsigned first = SseFile::word(reg);
  for (unsigned word = first; word < first + SseFile::words_of(reg); ++word) {
    set_sse_word(thread, word, after.words[word]);
  }
  set_sse_word(thread, SseFile::kWritten, after.words[SseFile::kWritten]);
}

void Machine::Engine::set_sse_word(ThreadId thread, unsigned word, std::uint64_t value) {
  const std::uint64_t old_value = std::as_const(memory_).sse_file(thread).words[word];
  if (old_value == value) return;
  recorder_.store(guest_->map.sse_offset(thread, word), 8, old_value ^ value);
  memory_.sse_file(thread).words[word] = value;
}

void Machine::Engine::set_sse(ThreadId thread, const SseFile& file) {
  for (unsigned word = 0; word < SseFile::kWords; ++word) set_sse_word(thread, word, file.words[word]);
  if (thread == memory_.thread()) write_sse();
}

bool Machine::Engine::operand_is_right(const Decoded& decoded, std::uint64_t pc) {
  pending_fault_ = wrong_operand(decoded, pc);
  if (pending_fault_.empty()) return true;
  if (decoded.aligned) pending_exception_ = Exception{.kind = Exception::Kind::protection};
  uc_emu_stop(uc_);
  return false;
}

Text Machine::Engine::wrong_operand(const Decoded& decoded, std::uint64_t pc) const {
  const std::uint64_t at = address_of(decoded, pc);
  if (decoded.aligned) return at % 16 == 0 ? Text() : fault::at(fault::kUnaligned, at);
  // What is not mapped is the engine's to complain about.
  if (decoded.loads_flags) {
    const std::uint64_t now = reg(Reg::rflags);
    return why_not_flags(now, memory_.MemoryView::load(Addr(at), 8).value_or(now));
  }
  return why_not_mxcsr(memory_.MemoryView::load(Addr(at), 4).value_or(SseFile::kMxcsrAtStart));
}

Text why_not_mxcsr(std::uint64_t value) {
  if ((value & ~std::uint64_t{0xffff}) != 0) return fault::kReservedMxcsr.text();
  constexpr std::uint64_t kDenormalsAreZero = 0x8040;
  if ((value & kDenormalsAreZero) != 0) {
    return Message({"MXCSR {value} makes zeros of denormal numbers, which the engine does not do everywhere",
                    "MXCSR {value} 要求把非规格化数当作零，而引擎并不处处这样做"},
                   {{"value", fmt::format("{:#x}", value)}})
        .text();
  }
  if ((~value & SseFile::kMxcsrAtStart) != 0) {
    return Message({"MXCSR {value} unmasks floating-point exceptions, which do not happen here",
                    "MXCSR {value} 打开了浮点异常，而这里不会产生浮点异常"},
                   {{"value", fmt::format("{:#x}", value)}})
        .text();
  }
  return {};
}

}  // namespace gogoscope
