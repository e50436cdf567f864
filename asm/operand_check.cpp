#include "asm/operand_check.h"

#include <cstdio>
#include <limits>
#include <utility>

#include "asm/utf8.h"

namespace plan9 {
namespace {

// Both readings of a constant are fine, signed and unsigned, where the machine stores all of its bits.
// With 64 bits it stores 32 and extends their sign, so that only the signed reading is left.
bool immediate_fits(std::int64_t v, unsigned width) {
  switch (width) {
    case 1:
      return v >= -128 && v <= 255;
    case 2:
      return v >= -32768 && v <= 65535;
    case 4:
      return v >= std::numeric_limits<std::int32_t>::min() && v <= std::numeric_limits<std::uint32_t>::max();
    default:
      return fits_int32(v);
  }
}

std::size_t parts(std::string_view list, char separator) {
  if (list.empty()) return separator == ',' ? 0 : 1;
  std::size_t n = 1;
  for (const char c : list) n += c == separator ? 1 : 0;
  return n;
}

// The kinds that the letters of a form allow, for a message.
std::string described(std::string_view letters) {
  std::vector<std::string> kinds;
  const auto has = [&](char c) { return letters.find(c) != std::string_view::npos; };
  if (has('r')) kinds.emplace_back("a general register");
  if (has('x')) kinds.emplace_back("an X register");
  if (has('m')) kinds.emplace_back("memory");
  if (has('i') || has('I') || has('b')) kinds.emplace_back("a constant");
  if (has('c')) kinds.emplace_back("CX");
  std::string out;
  for (std::size_t n = 0; n < kinds.size(); ++n) {
    if (n > 0) out += n + 1 == kinds.size() ? " or " : ", ";
    out += kinds[n];
  }
  return out;
}

}  // namespace

unsigned width_of(const InstructionForm& form, std::size_t position, std::size_t count) {
  return form.source_width != 0 && position + 1 < count ? form.source_width : form.width;
}

unsigned immediate_bytes(unsigned width) { return width > 4 ? 4 : width; }

bool fits_int8(std::int64_t v) { return v >= -128 && v <= 127; }

bool fits_int32(std::int64_t v) {
  return v >= std::numeric_limits<std::int32_t>::min() && v <= std::numeric_limits<std::int32_t>::max();
}

std::string_view part(std::string_view list, char separator, std::size_t n) {
  for (; n > 0; --n) {
    const std::size_t at = list.find(separator);
    if (at == std::string_view::npos) return {};
    list.remove_prefix(at + 1);
  }
  return list.substr(0, list.find(separator));
}

std::string number(std::int64_t v) {
  // Small numbers are easier read in decimal.
  if (v > -65536 && v < 65536) return std::to_string(v);
  char text[32];
  std::snprintf(text, sizeof text, "%s0x%llx", v < 0 ? "-" : "",
                static_cast<unsigned long long>(v < 0 ? 0 - static_cast<std::uint64_t>(v)
                                                      : static_cast<std::uint64_t>(v)));
  return text;
}

/// Why `operand` is not one of `letters`; empty if it is.
std::string OperandCheck::refusal(const InstructionForm& form, std::string_view letters, std::size_t position,
                                  std::size_t count, const Operand& operand) const {
  const auto has = [&](char c) { return letters.find(c) != std::string_view::npos; };
  const unsigned width = width_of(form, position, count);
  const std::string must =
      "operand " + std::to_string(position + 1) + " of " + form.name + " must be " + described(letters);
  switch (operand.kind) {
    case OperandKind::reg:
      switch (operand.reg.kind) {
        case RegisterKind::general:
          if (has('r') || (has('c') && operand.reg == kCx)) return "";
          return must + ", not " + name_of(operand.reg);
        case RegisterKind::low_byte:
        case RegisterKind::high_byte:
          if (has('c') && operand.reg.kind == RegisterKind::low_byte && operand.reg.number == 1) return "";
          if (!has('r')) return must + ", not " + name_of(operand.reg);
          if (width == 1) return "";
          return name_of(operand.reg) + " has 8 bits, but " + form.name + " works on " +
                 std::to_string(8 * width) + " here";
        case RegisterKind::xmm:
          return has('x') ? "" : must + ", not " + name_of(operand.reg);
        default:
          return must + ", not " + name_of(operand.reg);
      }
    case OperandKind::imm:
      if (has('b')) {
        if (operand.value >= -128 && operand.value <= 255) return "";
        return "constant " + number(operand.value) + " does not fit in 8 bits";
      }
      if (!has('i') && !has('I')) return must + ", not a constant";
      if (immediate_fits(operand.value, width)) return "";
      return "constant " + number(operand.value) + " does not fit in " +
             std::to_string(8 * immediate_bytes(width)) + (width == 8 ? " bits, sign included" : " bits");
    case OperandKind::mem:
      return has('m') ? "" : must + ", not memory";
    case OperandKind::label: {
      if (operand.text.find("\u00b7") != std::string::npos) {
        return quoted(operand.text) + " needs (SB): it is written " + shortened(operand.text) + "(SB)";
      }
      std::vector<std::string_view> known;
      for (const auto& [name, value] : options_.constants) known.push_back(name);
      return "unknown constant or register " + quoted(operand.text) + did_you_mean(operand.text, known);
    }
    case OperandKind::address:
      return must + ", not an address: load it with MOVQ or LEAQ first";
    case OperandKind::steps:
      return must + ", not an offset from PC";
    case OperandKind::real:
      return must + ", not a floating-point constant: put it into memory with DATA";
    default:
      return must;
  }
}

// A form has alternatives because the machine takes memory on one side only. If none fits, the one that
// came furthest tells what is wrong.
bool OperandCheck::check(const Instruction& i, const InstructionForm& form, std::string_view& alternative) {
  const auto report = [&](const Place& place, std::string message) {
    diagnostics_.error(place, std::move(message));
    return false;
  };
  const std::size_t count = i.operands.size();
  std::string counts;
  std::string first_reason;
  Place first_place;
  std::size_t furthest = 0;
  std::size_t last_count = ~std::size_t{0};
  for (std::size_t n = 0; n < parts(form.operands, ' '); ++n) {
    const std::string_view list = part(form.operands, ' ', n);
    const std::size_t takes = parts(list, ',');
    if (takes != last_count)
      counts += (counts.empty() ? "" : " or ") + (takes == 0 ? std::string("no") : std::to_string(takes));
    last_count = takes;
    if (takes != count) continue;
    std::string reason;
    std::size_t position = 0;
    for (; position < count; ++position) {
      reason = refusal(form, part(list, ',', position), position, count, i.operands[position]);
      if (!reason.empty()) break;
    }
    if (reason.empty()) {
      alternative = list;
      return true;
    }
    // Of several reasons the one that names the fault beats "must be", and the later operand the earlier.
    const bool vague = first_reason.find(" must be ") != std::string::npos;
    const bool exact = reason.find(" must be ") == std::string::npos;
    if (first_reason.empty() || (exact && vague) || (position > furthest && exact == !vague)) {
      furthest = position;
      first_reason = reason;
      first_place = i.operands[position].place;
    }
  }
  if (first_reason.empty()) {
    return report(i.place, form.name + " takes " + counts + (counts == "1" ? " operand" : " operands") +
                               ", not " + std::to_string(count));
  }
  if (count == 2 && i.operands[0].kind == OperandKind::mem && i.operands[1].kind == OperandKind::mem) {
    return report(i.operands[1].place, form.name + " cannot take two operands in memory");
  }
  return report(first_place, first_reason);
}

}  // namespace plan9
