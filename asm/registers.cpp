// The names of registers, as Go's assembler spells them.
#include <map>

#include "asm/syntax.h"

namespace plan9 {
namespace {

using Names = std::map<std::string, Register, std::less<>>;

Names make_names() {
  static constexpr std::string_view kLegacy[] = {"AX", "CX", "DX", "BX", "SP", "BP", "SI", "DI"};
  static constexpr std::string_view kLow[] = {"AL", "CL", "DL", "BL", "SPB", "BPB", "SIB", "DIB"};
  static constexpr std::string_view kHigh[] = {"AH", "CH", "DH", "BH"};
  static constexpr std::string_view kSegments[] = {"ES", "CS", "SS", "DS", "FS", "GS"};
  Names names;
  for (std::uint8_t i = 0; i < 8; ++i) names.emplace(kLegacy[i], Register{RegisterKind::general, i});
  for (std::uint8_t i = 0; i < 8; ++i) names.emplace(kLow[i], Register{RegisterKind::low_byte, i});
  for (std::uint8_t i = 0; i < 4; ++i) {
    names.emplace(kHigh[i], Register{RegisterKind::high_byte, static_cast<std::uint8_t>(i + 4)});
  }
  for (std::uint8_t i = 8; i < 16; ++i) {
    names.emplace("R" + std::to_string(i), Register{RegisterKind::general, i});
    names.emplace("R" + std::to_string(i) + "B", Register{RegisterKind::low_byte, i});
  }
  for (std::uint8_t i = 0; i < 16; ++i)
    names.emplace("X" + std::to_string(i), Register{RegisterKind::xmm, i});
  for (std::uint8_t i = 0; i < 6; ++i) names.emplace(kSegments[i], Register{RegisterKind::segment, i});
  names.emplace("TLS", kTls);
  return names;
}

const Names& names() {
  static const Names all = make_names();
  return all;
}

}  // namespace

std::optional<Register> register_named(std::string_view name) {
  const auto found = names().find(name);
  if (found == names().end()) return std::nullopt;
  return found->second;
}

std::string name_of(Register r) {
  for (const auto& [name, known] : names()) {
    if (known == r) return name;
  }
  return "?";
}

}  // namespace plan9
