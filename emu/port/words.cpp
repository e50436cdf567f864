#include "emu/port/words.h"

#include <fmt/format.h>

#include <vector>

namespace gogoscope {
namespace {

/// Length of the well-formed UTF-8 sequence at the start of `text`, or 0.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](std::size_t i) { return i < text.size() && (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return tail(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if (!tail(1) || !tail(2)) return 0;
    if (first == 0xe0 && byte(1) < 0xa0) return 0;  // overlong
    if (first == 0xed && byte(1) > 0x9f) return 0;  // a surrogate
    return 3;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (first == 0xf0 && byte(1) < 0x90) return 0;
    if (first == 0xf4 && byte(1) > 0x8f) return 0;
    return 4;
  }
  return 0;
}

/// Terminals obey C0, DEL and C1; the direction marks of Unicode let a text lie about its order.
bool is_control(std::string_view c) {
  const auto byte = [&c](std::size_t i) { return static_cast<unsigned char>(c[i]); };
  if (c.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (c.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  if (c.size() != 3 || byte(0) != 0xe2) return false;
  if (byte(1) == 0x80) return (byte(2) >= 0xa8 && byte(2) <= 0xae) || byte(2) == 0x8e || byte(2) == 0x8f;
  return byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9;
}

}  // namespace

std::string hex(std::uint64_t value) { return fmt::format("{:#x}", value); }

std::string hex_bytes(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte b : bytes) {
    out += fmt::format("{}{:02x}", out.empty() ? "" : " ", std::to_integer<unsigned>(b));
  }
  return out;
}

std::string code_bytes(const MemoryView& memory, CodeAddr pc, std::size_t size) {
  std::vector<std::byte> bytes(size);
  return memory.read(Addr(pc.value()), bytes) ? hex_bytes(bytes) : std::string();
}

std::string printable(std::string_view text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";  // U+FFFD
  std::string out;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const std::string_view c = text.substr(0, length == 0 ? 1 : length);
    if (c == "\t") {
      out += ' ';
    } else {
      out += length == 0 || is_control(c) ? kReplacement : c;
    }
    text.remove_prefix(c.size());
  }
  return out;
}

std::string_view step_kind(StepKind kind) {
  switch (kind) {
    case StepKind::instruction:
      return "insn";
    case StepKind::slot:
      return "line";
    case StepKind::edit:
      return "edit";
    case StepKind::thread:
      return "thread";
  }
  return {};
}

bool is_real(const Code& code, CodeAddr pc) {
  const Function* f = code.function_at(pc);
  return f != nullptr && (f->kind == FunctionKind::real || f->kind == FunctionKind::task);
}

}  // namespace gogoscope
