// A process of a few instructions, written byte by byte: what no Go program does in a way that could be seen.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/linux/process.h"
#include "emu/machine/machine.h"

namespace gogoscope {

class BareProcess {
 public:
  static constexpr std::uint64_t kText = 0x401000, kData = 0x500000;  ///< a page of data, all zero

  BareProcess& bytes(std::initializer_list<unsigned> code);
  BareProcess& set(Reg reg, std::uint64_t value);
  /// MOVQ of a value to an address, through RAX and RBX.
  BareProcess& put(std::uint64_t at, std::uint64_t value) {
    return set(Reg::rbx, at).set(Reg::rax, value).bytes({0x48, 0x89, 0x03});
  }
  /// Sets RAX and the arguments, then SYSCALL.
  BareProcess& call(std::uint64_t number, std::initializer_list<std::uint64_t> arguments = {});
  /// The bytes of another one, which is not run.
  BareProcess& append(const BareProcess& other);
  std::size_t size() const { return text_.size(); }
  /// Lets it run; an INT3 is behind what was written.
  const Image& run(std::uint64_t steps = 10'000);

  std::uint64_t reg(Reg reg) const { return cursor_->state().reg(0, reg); }
  std::int64_t answer() const { return static_cast<std::int64_t>(reg(Reg::rax)); }
  const Trace& trace() const { return *trace_; }
  const Guest& guest() const { return *program_.guest; }
  Machine& machine() { return *machine_; }

 private:
  std::vector<std::byte> text_;
  Program program_;
  std::unique_ptr<Trace> trace_;
  std::unique_ptr<Machine> machine_;
  std::unique_ptr<Cursor> cursor_;
};

}  // namespace gogoscope
