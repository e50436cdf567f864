// What Linux pushes on the stack of a thread that enters a handler, on x86-64 (arch/x86/kernel/signal.c,
// struct rt_sigframe; include/uapi/asm/sigcontext.h). Offsets are those from its start. Private to this
// folder.
//
//   0    pretcode   the return address of the handler: sa_restorer
//   8    ucontext   flags, link, stack (24), mcontext (256), the mask
//   312  siginfo    128 bytes
//   440
//
// Above it, at a multiple of 64, is what FXSAVE writes: 512 bytes. The CPU here has no XSAVE.
#pragma once

#include <array>
#include <cstdint>

#include "emu/guest/registers.h"

namespace gogoscope::os {

struct SignalFrame {
  static constexpr std::uint64_t kSize = 440;
  static constexpr std::uint64_t kContext = 8, kInfo = 312;
  static constexpr std::uint64_t kContextFlags = kContext;
  static constexpr std::uint64_t kStack = kContext + 16, kStackFlags = kStack + 8, kStackSize = kStack + 16;
  static constexpr std::uint64_t kRegisters = kContext + 40;
  /// In this order, 8 bytes each.
  static constexpr std::array kOrder = {Reg::r8,  Reg::r9,  Reg::r10, Reg::r11, Reg::r12, Reg::r13,
                                        Reg::r14, Reg::r15, Reg::rdi, Reg::rsi, Reg::rbp, Reg::rbx,
                                        Reg::rdx, Reg::rax, Reg::rcx, Reg::rsp, Reg::rip, Reg::rflags};
  static constexpr std::uint64_t kSegments =
      kRegisters + 8 * kOrder.size();  ///< cs, gs, fs, ss: 16 bits each
  static constexpr std::uint64_t kError = kSegments + 8, kTrapNumber = kError + 8, kOldMask = kError + 16,
                                 kPageAddress = kError + 24, kFloating = kError + 32;
  static constexpr std::uint64_t kMask = kContext + 296;
  // Of siginfo.
  static constexpr std::uint64_t kNumber = kInfo, kCode = kInfo + 8, kAddress = kInfo + 16;

  /// UC_SIGCONTEXT_SS, UC_STRICT_RESTORE_SS: ss is saved, and restored.
  static constexpr std::uint64_t kSavesSs = 6;
  static constexpr std::uint64_t kCodeSegment = 0x33, kStackSegment = 0x2b;
  static constexpr std::uint64_t kRedZone = 128;
};
static_assert(SignalFrame::kMask + 8 == SignalFrame::kInfo);

/// What FXSAVE writes, as far as it is not zero.
struct FxArea {
  static constexpr std::uint64_t kSize = 512;
  static constexpr std::uint64_t kControl = 0, kMxcsr = 24, kMxcsrMask = 28, kXmm = 160;
  static constexpr std::uint64_t kControlAtStart = 0x37f,
                                 kMask = 0xffbf;  ///< there are no denormals as zeros
};

}  // namespace gogoscope::os
