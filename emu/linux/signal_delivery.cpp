// A thread enters the handler of a signal, and returns from it: the frame on its stack.
#include <fmt/format.h>

#include <bit>

#include "emu/guest/signal_words.h"
#include "emu/linux/signal_frame.h"
#include "emu/linux/signals.h"
#include "emu/linux/system_calls.h"

namespace gogoscope::os {
namespace {

constexpr std::uint64_t kUserFlags = 0xcd5, kFixedFlags = 0x202, kResumeFlag = 0x10000,
                        kDirectionFlag = 0x400;

/// What siginfo and sigcontext say of a signal.
struct Cause {
  std::uint64_t number = 0, code = 0;
  bool exception = false;
  // Of an exception.
  std::uint64_t address = 0;  ///< si_addr
  std::uint64_t trap_number = 0, error = 0, page_address = 0;
};

void note(Call& c, std::uint64_t count, std::uint64_t number) {
  c.gate().store(Words::kSignal + SignalWords::kNumber, 8, number);
  const Addr word = Words::kSignal + static_cast<std::int64_t>(count);
  c.gate().store(word, 8, c.load(word) + 1);
}

/// Bytes of the process, 8 at a time, that it is known to be able to write.
class Frame {
 public:
  Frame(Call& c, std::uint64_t at) : c_(c), at_(at) {}
  void set(std::uint64_t offset, std::uint64_t value, int size = 8) {
    c_.gate().store(Addr(at_ + offset), size, value);
  }
  std::uint64_t get(std::uint64_t offset, int size = 8) const {
    return c_.gate().load(Addr(at_ + offset), size);
  }
  std::uint64_t at() const { return at_; }

 private:
  Call& c_;
  std::uint64_t at_;
};

void save_sse(Call& c, std::uint64_t at) {
  Frame area(c, at);
  const SseFile file = c.gate().sse(c.thread());
  for (std::uint64_t i = 0; i < FxArea::kSize; i += 8) {
    std::uint64_t word = 0;
    if (i == FxArea::kControl) word = FxArea::kControlAtStart;
    if (i == FxArea::kMxcsr) word = file.value(SseReg::mxcsr).low | FxArea::kMask << 32;
    const std::uint64_t xmm = (i - FxArea::kXmm) / 8;
    if (i >= FxArea::kXmm && xmm < 2 * kXmmCount) word = file.words[xmm];
    area.set(i, word);
  }
}

/// As a thread begins with; which were written is not forgotten.
SseFile fresh_sse(const SseFile& before) {
  SseFile file;
  file.words[SseFile::kWritten] = before.words[SseFile::kWritten];
  return file;
}

/// Where the two parts of a frame are.
struct Room {
  std::uint64_t frame = 0, fx = 0;
};

/// Nothing where the stack has no room for them.
std::optional<Room> room_on_stack(Call& c, const Action& action) {
  const std::uint64_t old_sp = c.gate().reg(Reg::rsp);
  const AlternateStack stack = AlternateStack::of(c);
  const bool on_it = stack.size != 0 && stack.holds(old_sp);
  const bool to_it = (action.flags & Action::kOnStack) != 0 && stack.state(old_sp) == 0;
  std::uint64_t sp = to_it ? stack.base + stack.size : old_sp - SignalFrame::kRedZone;
  Room room;
  room.fx = (sp - FxArea::kSize) / 64 * 64;
  room.frame = (room.fx - SignalFrame::kSize) / 16 * 16 - 8;
  if ((on_it || to_it) && !stack.holds(room.frame)) return std::nullopt;
  const std::uint64_t bytes = room.fx + FxArea::kSize - room.frame;
  if (room.frame > room.fx || !c.gate().writable(Addr(room.frame), bytes)) return std::nullopt;
  return room;
}

/// The thread is at `pc` with the registers that the gate has, and goes on in the handler.
bool enter_handler(Call& c, const Action& action, const Cause& cause, std::uint64_t pc) {
  if ((action.flags & Action::kRestorer) == 0) return false;  // the handler could not return
  const auto room = room_on_stack(c, action);
  if (!room) return false;
  using F = SignalFrame;
  Gate& gate = c.gate();
  const AlternateStack stack = AlternateStack::of(c);
  const std::uint64_t mask = c.load(c.task(TaskRow::kSignalMask));
  const std::uint64_t flags = gate.reg(Reg::rflags);
  save_sse(c, room->fx);
  Frame frame(c, room->frame);
  for (std::uint64_t i = 0; i < F::kSize; i += 8) {
    if (i < F::kRegisters || i >= F::kError) frame.set(i, 0);
  }
  frame.set(0, action.restorer);
  frame.set(F::kContextFlags, F::kSavesSs);
  frame.set(F::kStack, stack.base);
  frame.set(F::kStackFlags, stack.flags);
  frame.set(F::kStackSize, stack.size);
  for (std::size_t i = 0; i < F::kOrder.size(); ++i) {
    const Reg reg = F::kOrder[i];
    const bool resumes = cause.exception && cause.number != Signal::kTrap;
    const std::uint64_t value = reg == Reg::rip      ? pc
                                : reg == Reg::rflags ? flags | (resumes ? kResumeFlag : 0)
                                                     : gate.reg(reg);
    frame.set(F::kRegisters + 8 * i, value);
  }
  frame.set(F::kSegments, F::kCodeSegment | F::kStackSegment << 48);
  frame.set(F::kError, cause.error);
  frame.set(F::kTrapNumber, cause.trap_number);
  frame.set(F::kOldMask, mask);
  frame.set(F::kPageAddress, cause.page_address);
  frame.set(F::kFloating, room->fx);
  frame.set(F::kMask, mask);
  frame.set(F::kNumber, cause.number);
  frame.set(F::kCode, cause.code, 4);
  // Of a signal that was sent: the process and the user that sent it.
  constexpr std::uint64_t kProcess = 1, kUser = 1000;
  frame.set(F::kAddress, cause.exception ? cause.address : kProcess | kUser << 32);

  std::uint64_t blocked = mask | action.mask;
  if ((action.flags & Action::kNoDefer) == 0) blocked |= signal_bit(cause.number);
  c.set(c.task(TaskRow::kSignalMask), blocked & ~kUnblockable);
  if ((action.flags & Action::kResetHand) != 0)
    c.set(signal_row(cause.number) + SignalRow::kHandler, SignalRow::kDefault);
  if ((stack.flags & AlternateStack::kAutoDisarm) != 0)
    AlternateStack{0, AlternateStack::kDisable, 0}.keep(c);

  gate.set_reg(Reg::rdi, cause.number);
  gate.set_reg(Reg::rsi, room->frame + F::kInfo);
  gate.set_reg(Reg::rdx, room->frame + F::kContext);
  gate.set_reg(Reg::rax, 0);
  gate.set_reg(Reg::rsp, room->frame);
  gate.set_reg(Reg::rflags, flags & ~(kDirectionFlag | kResumeFlag));
  gate.set_sse(c.thread(), fresh_sse(gate.sse(c.thread())));
  gate.jump(CodeAddr(action.handler));
  note(c, SignalWords::kEntered, cause.number);
  return true;
}

/// What Linux makes of an exception (arch/x86/kernel/traps.c, mm/fault.c). Addresses are those of the
/// instruction, but for a page.
Cause cause_of(Call& c, const Exception& exception) {
  constexpr std::uint64_t kDivideByZero = 1, kIllegalOperand = 2, kNotMapped = 1, kNoRight = 2;
  const std::uint64_t pc = c.gate().reg(Reg::rip), address = exception.address.value();
  Cause out{.exception = true};
  switch (exception.kind) {
    case Exception::Kind::divide:
      out.number = Signal::kFpe;
      out.code = kDivideByZero;
      out.address = pc;
      break;
    case Exception::Kind::trap:
      out.number = Signal::kTrap;
      out.code = Signal::kByKernel;
      out.trap_number = 3;
      break;
    case Exception::Kind::invalid_opcode:
      out.number = Signal::kIll;
      out.code = kIllegalOperand;
      out.address = pc;
      out.trap_number = 6;
      break;
    case Exception::Kind::protection:
      out.number = Signal::kSegv;
      out.code = Signal::kByKernel;
      out.trap_number = 13;
      break;
    case Exception::Kind::page: {
      constexpr std::uint64_t kPresent = 1, kWrite = 2, kUser = 4, kFetch = 16;
      out.number = Signal::kSegv;
      out.code = is_mapped(c, exception.address) ? kNoRight : kNotMapped;
      out.address = out.page_address = address;
      out.trap_number = 14;
      out.error = kUser | (c.gate().readable(exception.address, 1) ? kPresent : 0) |
                  (exception.access == Exception::Access::write ? kWrite : 0) |
                  (exception.access == Exception::Access::fetch ? kFetch : 0);
      break;
    }
  }
  return out;
}

/// The signal that the thread takes next, of a set: first those that say what an instruction did.
std::uint64_t first_of(std::uint64_t set) {
  constexpr std::uint64_t kOfInstructions = signal_bit(Signal::kSegv) | signal_bit(Signal::kBus) |
                                            signal_bit(Signal::kIll) | signal_bit(Signal::kTrap) |
                                            signal_bit(Signal::kFpe);
  const std::uint64_t urgent = set & kOfInstructions;
  return static_cast<std::uint64_t>(std::countr_zero(urgent != 0 ? urgent : set)) + 1;
}

void end_with_fault(Call& c, const Message& why) { c.gate().stop({StopReason::fault, why.text(), 0}); }

}  // namespace

bool take_exception(Gate& gate, const ProcessOptions& process, const Exception& exception) {
  Call c(gate, process);
  const Cause cause = cause_of(c, exception);
  const Action wanted = action(c, cause.number);
  const bool blocked = (c.load(c.task(TaskRow::kSignalMask)) & signal_bit(cause.number)) != 0;
  if (blocked || !wanted.calls()) return false;
  std::uint64_t pc = gate.reg(Reg::rip);
  // INT3 has run. Its other form, INT $3, has two bytes.
  if (exception.kind == Exception::Kind::trap) pc += gate.load(Addr(pc), 1) == 0xcc ? 1 : 2;
  return enter_handler(c, wanted, cause, pc);
}

bool take_signal(Gate& gate, const ProcessOptions& process) {
  Call c(gate, process);
  const Addr own = c.task(TaskRow::kPending), shared = Words::kProcess + ProcessWords::kPending;
  std::uint64_t set = (c.load(own) | c.load(shared)) & ~c.load(c.task(TaskRow::kSignalMask));
  while (set != 0) {
    const std::uint64_t number = first_of(set);
    const Action wanted = action(c, number);
    set &= ~signal_bit(number);
    if (is_ignored(number, wanted)) continue;
    c.gate().others_notice();
    const bool by_tkill = (c.load(own) & signal_bit(number)) != 0 &&
                          (c.load(c.task(TaskRow::kByTkill)) & signal_bit(number)) != 0;
    const Addr word = (c.load(own) & signal_bit(number)) != 0 ? own : shared;
    c.set(word, c.load(word) & ~signal_bit(number));
    if (!wanted.calls()) {
      die_of(c, number);
      return true;
    }
    const Cause cause{.number = number, .code = by_tkill ? Signal::kByTkill : Signal::kByUser};
    if (!enter_handler(c, wanted, cause, gate.reg(Reg::rip))) {
      end_with_fault(c, {{"the stack has no room for the frame of {signal}, or its handler could not return",
                          "栈上放不下 {signal} 的信号帧，或者处理程序无法返回"},
                         {{"signal", signal_name(number)}}});
    }
    return true;
  }
  return false;
}

std::int64_t rt_sigreturn(Call& c) {
  using F = SignalFrame;
  Gate& gate = c.gate();
  c.sets_all_registers();
  const Frame frame(c, gate.reg(Reg::rsp) - 8);
  const auto refuse = [&](const Message& why) {
    end_with_fault(
        c, {{"rt_sigreturn with a frame at {address}: {why}", "rt_sigreturn，信号帧在 {address}：{why}"},
            {{"address", fmt::format("{:#x}", frame.at())}, {"why", why}}});
    return std::int64_t{0};
  };
  if (!gate.readable(Addr(frame.at()), F::kSize)) return refuse({{"it cannot be read", "无法读取"}});
  const std::uint64_t segments = frame.get(F::kSegments);
  if ((segments & 0xffff) != F::kCodeSegment || segments >> 48 != F::kStackSegment) {
    return refuse(
        {{"its segments are not those of a program (CS {cs}, SS {ss})",
          "其中的段不是程序的段（CS {cs}，SS {ss}）"},
         {{"cs", fmt::format("{:#x}", segments & 0xffff)}, {"ss", fmt::format("{:#x}", segments >> 48)}}});
  }
  SseFile sse = fresh_sse(gate.sse(c.thread()));
  if (const std::uint64_t at = frame.get(F::kFloating); at != 0) {
    if (!gate.readable(Addr(at), FxArea::kSize))
      return refuse({{"what it says of SSE registers cannot be read", "其中的 SSE 寄存器无法读取"}});
    const Frame area(c, at);
    const std::uint64_t mxcsr = area.get(FxArea::kMxcsr, 4);
    if (const Text why = why_not_mxcsr(mxcsr); !why.empty()) {
      gate.stop({StopReason::fault, why, 0});
      return 0;
    }
    sse.set(SseReg::mxcsr, {mxcsr, 0});
    for (unsigned i = 0; i < 2 * kXmmCount; ++i) sse.words[i] = area.get(FxArea::kXmm + 8 * i);
  }
  for (std::size_t i = 0; i < F::kOrder.size(); ++i) {
    const std::uint64_t value = frame.get(F::kRegisters + 8 * i);
    const Reg reg = F::kOrder[i];
    if (reg == Reg::rip) {
      gate.jump(CodeAddr(value));
    } else {
      gate.set_reg(reg, reg == Reg::rflags ? (value & kUserFlags) | kFixedFlags : value);
    }
  }
  gate.set_sse(c.thread(), sse);
  c.set(c.task(TaskRow::kSignalMask), frame.get(F::kMask) & ~kUnblockable);
  // As sigaltstack does it, and silent where that would fail.
  const AlternateStack stack{frame.get(F::kStack), frame.get(F::kStackFlags, 4), frame.get(F::kStackSize)};
  const std::uint64_t sp = frame.get(F::kRegisters + 8 * 15);
  const AlternateStack now = AlternateStack::of(c);
  const bool disabled = (stack.flags & AlternateStack::kDisable) != 0;
  if (!(now.size != 0 && now.holds(sp)) && (disabled || stack.size >= AlternateStack::kLeast))
    (disabled ? AlternateStack{0, stack.flags, 0} : stack).keep(c);
  note(c, SignalWords::kReturned, frame.get(F::kNumber, 4));
  return 0;
}

}  // namespace gogoscope::os
