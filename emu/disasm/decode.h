// What the machine must know of an instruction before it runs for the first time: its length, what it
// writes, where it may go, and whether a guest may execute it at all.
//
// The guest runs in ring 0 of an emulator, where hlt, cli, wrmsr, mov cr3, lgdt, in, syscall execute without
// complaint, rdtsc differs from run to run, and some bytes abort the emulator when it merely translates
// them. So the list says what is allowed; everything else is refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "asm/text/message.h"
#include "emu/guest/address.h"
#include "emu/guest/registers.h"
#include "emu/guest/sse.h"

namespace gogoscope {

enum class Branch : std::uint8_t { none, conditional, jump, indirect_jump, call, indirect_call, ret };

/// Instructions whose effect is not the engine's to say: a kernel, the model of the CPU, the time. They are
/// refused, unless the guest's maker has a body for them (SlotTable).
enum class Service : std::uint8_t { none, system_call, cpuid, time_stamp };
inline constexpr std::size_t kServices = 4;

/// What an instruction does to the flags of RFLAGS.
struct FlagEffect {
  std::uint32_t tested = 0;     ///< what it does depends on these
  std::uint32_t defined = 0;    ///< it gives these a value
  std::uint32_t undefined = 0;  ///< the architecture does not say what it gives these
};

struct Decoded {
  std::uint8_t length = 0;  ///< bytes; 0 if the bytes are not an instruction
  bool allowed = false;
  Message refusal;                  ///< why not: "hlt is a privileged instruction"
  Service service = Service::none;  ///< of a refused one: what could answer it
  bool trap = false;          ///< int3, int $3, ud2: may be in a text as a guard; running into it is a fault
  std::uint32_t written = 0;  ///< bit i: may change Reg(i); RIP left out
  std::uint32_t sse = 0;      ///< bit i: may change SseReg(i), one at most
  FlagEffect flags;
  /// A shift or rotation by CL, or a repeated comparison of strings: what it does to the flags depends on
  /// RCX, see flags_with(). Then `flags` is what it can do at most.
  bool flags_by_count = false;
  bool repeated = false;     ///< of those: the comparison
  bool loses_carry = false;  ///< SHL, SHR: beyond the width of the operand CF is undefined
  bool two_words = false;    ///< SHLD, SHRD: beyond that width nothing is defined
  std::uint8_t width = 0;    ///< bits of what is shifted

  /// What it does to the flags where RCX has this value.
  FlagEffect flags_with(std::uint64_t rcx) const;
  /// Reads or writes memory whose address is written in the instruction (that of a push, pop, call or return
  /// is not): relative to SP, BP or the FS base, which one thread usually has for itself, or anywhere else.
  bool own_memory = false;
  bool memory = false;
  Branch branch = Branch::none;
  std::uint64_t target = 0;  ///< of a direct branch or call
  bool aligned = false;      ///< faults where its operand in memory is not at a multiple of 16
  bool loads_mxcsr = false;  ///< LDMXCSR
  bool loads_flags = false;  ///< POPFQ
  // Where an indirect branch reads its target: a register, or memory at base + index * scale + disp. And
  // where an operand that is `aligned` is, or the one of LDMXCSR or POPFQ.
  bool target_in_memory = false;
  int base = -1;  ///< Reg, or -1; rip counts as the address of the next instruction
  int index = -1;
  int scale = 1;
  std::int64_t disp = 0;
  bool fs_segment = false;
};

/// Decodes the instruction at the start of `bytes`. Never fails: bytes that are not an instruction come back
/// with length 0 and a refusal.
Decoded decode(std::span<const std::byte> bytes, CodeAddr pc);

}  // namespace gogoscope
