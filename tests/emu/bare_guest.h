// A guest that is a text of raw bytes and a stack: no table of instructions, no runtime. For tests of the
// machine.
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "emu/guest/guest.h"
#include "emu/machine/machine.h"

namespace gogoscope::tests {

inline constexpr std::uint64_t kBareText = 0x401000;
inline constexpr std::uint64_t kBareStack = 0x7000000;

/// "90 eb fe".
inline std::vector<std::byte> hex_bytes(const std::string& text) {
  std::vector<std::byte> out;
  std::istringstream in(text);
  for (unsigned value = 0; in >> std::hex >> value;) out.push_back(static_cast<std::byte>(value));
  return out;
}

/// Starts at the first byte, with SP in the middle of 8 KB.
inline std::shared_ptr<Guest> bare_guest(const std::vector<std::byte>& text) {
  auto guest = std::make_shared<Guest>();
  guest->name = "bare";
  guest->map.add("text", Addr(kBareText), 0x2000, false, true);
  guest->map.add("stack", Addr(kBareStack), 0x2000, true, false);
  guest->boot = std::make_unique<Image>(guest->map);
  guest->boot->write(*guest->map.image_offset(Addr(kBareText), text.size()), text);
  guest->boot->set_reg(0, Reg::rip, kBareText);
  guest->boot->set_reg(0, Reg::rsp, kBareStack + 0x1000);
  guest->boot->set_reg(0, Reg::rflags, 2);
  return guest;
}

/// A machine for it, and its record.
struct BareRun {
  explicit BareRun(std::shared_ptr<Guest> guest)
      : trace(guest), machine(guest, std::make_shared<SlotTable>(), trace) {}
  explicit BareRun(const std::string& hex) : BareRun(bare_guest(hex_bytes(hex))) {}

  /// After the steps so far.
  Cursor tip() const {
    Cursor cursor(trace);
    cursor.seek(trace.steps());
    return cursor;
  }
  /// What ended the run, in English; empty if nothing did.
  std::string end() const { return trace.end() == nullptr ? "" : trace.end()->detail.en; }

  Trace trace;
  Machine machine;
};

}  // namespace gogoscope::tests
