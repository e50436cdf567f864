#include "emu/disasm/named_operands.h"

#include <charconv>
#include <string_view>

namespace gogoscope {
namespace {

/// "qword ptr [rip + 0x8a2f1]" with the name of what is there.
std::string with_data_name(std::string operands, std::uint64_t next, const NameAt& name_at) {
  for (const std::string_view start : {"[rip + 0x", "[rip - 0x"}) {
    const std::size_t at = operands.find(start);
    if (at == std::string::npos) continue;
    const char* const first = operands.data() + at + start.size();
    const char* const last = operands.data() + operands.size();
    std::uint64_t distance = 0;
    const auto [end, error] = std::from_chars(first, last, distance, 16);
    if (error != std::errc() || end == last || *end != ']') continue;
    const std::string name = name_at(start[5] == '+' ? next + distance : next - distance);
    if (name.empty()) continue;
    const auto close = static_cast<std::size_t>(end - operands.data());
    return operands.substr(0, at) + "[rip + " + name + operands.substr(close);
  }
  return operands;
}

}  // namespace

std::string named_operands(const Disassembled& read, const Decoded& decoded, CodeAddr pc,
                           const NameAt& name_at) {
  const bool direct = decoded.branch == Branch::conditional || decoded.branch == Branch::jump ||
                      decoded.branch == Branch::call;
  if (direct) {
    const std::string name = name_at(decoded.target);
    if (!name.empty()) return name;
  }
  return with_data_name(read.operands, pc.value() + read.length, name_at);
}

}  // namespace gogoscope
