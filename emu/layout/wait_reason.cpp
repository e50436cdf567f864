#include "emu/layout/wait_reason.h"

#include <string_view>

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

/// Of those that a lesson can come to (runtime/runtime2.go of Go 1.16).
std::string_view reason_of_lesson(std::uint64_t reason) {
  switch (reason) {
    case 9:
      return "select";
    case 14:
      return "chan receive";
    case 15:
      return "chan send";
    case 18:
      return "semacquire";
    case 19:
      return "sleep";
    case 25:
      return "preempted";
    case 26:
      return "debug call";
    default:
      return {};
  }
}

/// A string of Go: its pointer and its length. The program may have changed both.
std::string string_at(const MemoryView& memory, Addr header) {
  constexpr std::uint64_t kMost = 64;
  const Addr text(memory.load_or_zero(header));
  const std::uint64_t length = memory.load_or_zero(header + 8);
  if (length > kMost) return {};
  std::string out;
  for (std::uint64_t i = 0; i < length; ++i)
    out += static_cast<char>(memory.load_or_zero(text + static_cast<std::int64_t>(i), 1));
  return printable(out);
}

}  // namespace

std::string wait_reason(const Guest& guest, const MemoryView& memory, std::uint64_t reason) {
  constexpr std::uint64_t kString = 16;
  const DataSymbol* const words = guest.code.data("runtime.waitReasonStrings");
  if (words == nullptr) return std::string(reason_of_lesson(reason));
  if (reason >= words->size / kString) return {};
  return string_at(memory, words->addr + static_cast<std::int64_t>(reason * kString));
}

}  // namespace gogoscope
