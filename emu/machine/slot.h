// A slot: the place in a modelled function where the host acts, just before the instruction at that
// address (a NOP, a CALL) runs. Its body changes the guest through a Gate and keeps no state of its own.
//
// A guest that has a kernel has bodies of another kind: SYSCALL, CPUID and RDTSC, wherever they are, act
// through a body instead of running; and the kernel is asked where an instruction raises an exception, and
// where it may have something for a thread before its next instruction.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>

#include "emu/disasm/decode.h"
#include "emu/guest/address.h"
#include "emu/guest/registers.h"
#include "emu/guest/sse.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// All that the body of a slot can do to the guest. Everything it does is part of one recorded step.
///
/// An access to memory that is not there (a nil *g, say) is the guest's fault, as it would be in Go: from
/// then on loads give 0, stores do nothing, and the step becomes a fault.
class Gate {
 public:
  virtual ~Gate() = default;

  virtual std::uint64_t load(Addr addr, int size = 8) = 0;
  virtual void store(Addr addr, int size, std::uint64_t value) = 0;
  /// Whether the guest may read, or write, all of these bytes.
  virtual bool readable(Addr addr, std::uint64_t bytes) const = 0;
  virtual bool writable(Addr addr, std::uint64_t bytes) const = 0;
  /// Makes bytes zero, by stores where they are not. Cost: that of looking at them.
  virtual void clear(Addr addr, std::uint64_t bytes) = 0;
  /// Whether an access of this slot has faulted: a loop of accesses ends there.
  virtual bool faulted() const = 0;
  virtual std::uint64_t reg(Reg reg) const = 0;
  virtual void set_reg(Reg reg, std::uint64_t value) = 0;
  /// The thread whose slot it is, and the registers of another one that does not move yet.
  virtual ThreadId thread() const = 0;
  /// The number of the step that the slot makes.
  virtual std::uint64_t step() const = 0;
  virtual void set_thread_reg(ThreadId thread, Reg reg, std::uint64_t value) = 0;
  /// The SSE registers of any thread.
  virtual SseFile sse(ThreadId thread) const = 0;
  virtual void set_sse(ThreadId thread, const SseFile& file) = 0;
  /// Maps `bytes` more of a region from `addr` on, which is where its mapped part ends; false if that is not
  /// so, or the region ends before. What it holds is zero.
  virtual bool map(Addr addr, std::uint64_t bytes) = 0;
  /// The step reads or changes what other threads can change or read: it matters whether they move before it
  /// or after it.
  virtual void others_notice() = 0;
  /// The next instruction is at `target` instead of the slot's own, or of the one behind a service.
  virtual void jump(CodeAddr target) = 0;
  /// The run ends with this step.
  virtual void stop(Stop stop) = 0;
};

/// Why the engine can't compute with this value of MXCSR; empty if it can.
Text why_not_mxcsr(std::uint64_t value);

using SlotBody = std::function<void(Gate&)>;

/// What the processor says of an instruction that it could not execute.
struct Exception {
  enum class Kind : std::uint8_t { divide, trap, invalid_opcode, protection, page };
  enum class Access : std::uint8_t { read, write, fetch };
  Kind kind = Kind::page;
  Access access = Access::read;  ///< of a page
  Addr address = {};             ///< of a page: what was accessed
};

// What a kernel is asked. True: it has changed the state, RIP included (Gate::jump), and that is a step.
// False: it has changed nothing.

/// Asked where an instruction has raised an exception; the state is that of before the instruction.
using ExceptionBody = std::function<bool(Gate&, const Exception&)>;
/// Asked before the next instruction of a thread that has come out of a system call, or has got the turn.
using InterruptBody = std::function<bool(Gate&)>;

/// The bodies of a guest's slots, by address, and of its services.
class SlotTable {
 public:
  void add(CodeAddr pc, SlotBody body) { bodies_[pc.value()] = std::move(body); }
  /// What the instruction does that asks for the service; it does not run itself.
  void serve(Service service, SlotBody body) {
    services_[static_cast<std::size_t>(service)] = std::move(body);
  }
  void handle(ExceptionBody exception, InterruptBody interrupt) {
    exception_ = std::move(exception);
    interrupt_ = std::move(interrupt);
  }
  /// Empty where the guest has no kernel that wants to know.
  const ExceptionBody& exception() const { return exception_; }
  const InterruptBody& interrupt() const { return interrupt_; }
  const SlotBody* find(CodeAddr pc) const {
    const auto found = bodies_.find(pc.value());
    return found == bodies_.end() ? nullptr : &found->second;
  }
  const SlotBody* find(Service service) const {
    const SlotBody& body = services_[static_cast<std::size_t>(service)];
    return body ? &body : nullptr;
  }

 private:
  std::unordered_map<std::uint64_t, SlotBody> bodies_;
  std::array<SlotBody, kServices> services_;  ///< that of `none` stays empty
  ExceptionBody exception_;
  InterruptBody interrupt_;
};

}  // namespace gogoscope
