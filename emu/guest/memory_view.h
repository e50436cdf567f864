// The one read interface: any moment of a record, and the machine at its tip, answer to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "emu/guest/address.h"
#include "emu/guest/registers.h"
#include "emu/guest/sse.h"

namespace gogoscope {

class MemoryView {
 public:
  virtual ~MemoryView() = default;

  /// Copies `out.size()` bytes from `addr`; false, and nothing copied, if any of them is unmapped.
  virtual bool read(Addr addr, std::span<std::byte> out) const = 0;

  /// A little-endian value of 1, 2, 4 or 8 bytes; nothing if unmapped. An opened record's layout may give a
  /// field any size: what is no word has no value.
  std::optional<std::uint64_t> load(Addr addr, int size = 8) const;
  /// The same, 0 where unmapped: for panels and names that must never fail.
  std::uint64_t load_or_zero(Addr addr, int size = 8) const { return load(addr, size).value_or(0); }
};

/// Memory together with the registers of every thread: one whole state of the guest.
class StateView : public MemoryView {
 public:
  /// The thread whose instruction comes next.
  virtual ThreadId thread() const = 0;
  virtual std::uint64_t reg(ThreadId thread, Reg reg) const = 0;
  virtual SseFile sse(ThreadId thread) const = 0;

  std::uint64_t reg(Reg r) const { return reg(thread(), r); }
  CodeAddr pc() const { return CodeAddr(reg(Reg::rip)); }
  Addr sp() const { return Addr(reg(Reg::rsp)); }
};

}  // namespace gogoscope
