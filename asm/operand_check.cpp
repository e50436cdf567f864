#include "asm/operand_check.h"

#include <cstdio>
#include <limits>
#include <utility>

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
Text described(std::string_view letters) {
  std::vector<TextView> kinds;
  const auto has = [&](char c) { return letters.find(c) != std::string_view::npos; };
  if (has('r')) kinds.push_back({"a general register", "通用寄存器"});
  if (has('x')) kinds.push_back({"an X register", "X 寄存器"});
  if (has('m')) kinds.push_back({"memory", "内存"});
  if (has('i') || has('I') || has('b')) kinds.push_back({"a constant", "常量"});
  if (has('c')) kinds.push_back({"CX", "CX"});
  Text out;
  for (std::size_t n = 0; n < kinds.size(); ++n) {
    const bool last = n + 1 == kinds.size();
    if (n > 0) out.en += last ? " or " : ", ";
    if (n > 0) out.zh += last ? "或" : "、";
    out.en += kinds[n].en;
    out.zh += kinds[n].zh;
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

OperandCheck::Refusal OperandCheck::refusal(const InstructionForm& form, std::string_view letters,
                                            std::size_t position, std::size_t count,
                                            const Operand& operand) const {
  const auto has = [&](char c) { return letters.find(c) != std::string_view::npos; };
  const unsigned width = width_of(form, position, count);
  const auto must_be = [&](const Message& found) {
    return Refusal{
        {{"operand {n} of {instruction} must be {what}{found}",
          "{instruction} 的第 {n} 个操作数应为{what}{found}"},
         {{"n", position + 1}, {"instruction", form.name}, {"what", described(letters)}, {"found", found}}},
        true};
  };
  const auto not_register = [&] {
    return must_be({{", not {reg}", "，不是 {reg}"}, {{"reg", name_of(operand.reg)}}});
  };
  switch (operand.kind) {
    case OperandKind::reg:
      switch (operand.reg.kind) {
        case RegisterKind::general:
          return has('r') || (has('c') && operand.reg == kCx) ? Refusal() : not_register();
        case RegisterKind::low_byte:
        case RegisterKind::high_byte:
          if (has('c') && operand.reg.kind == RegisterKind::low_byte && operand.reg.number == 1) return {};
          if (!has('r')) return not_register();
          if (width == 1) return {};
          return {{{"{reg} has 8 bits, but {instruction} works on {bits} here",
                    "{reg} 只有 8 位，而 {instruction} 在这里处理 {bits} 位"},
                   {{"reg", name_of(operand.reg)}, {"instruction", form.name}, {"bits", 8 * width}}}};
        case RegisterKind::xmm:
          return has('x') ? Refusal() : not_register();
        default:
          return not_register();
      }
    case OperandKind::imm: {
      if (has('b')) {
        if (operand.value >= -128 && operand.value <= 255) return {};
        return {{{"constant {value} does not fit in 8 bits", "常量 {value} 放不进 8 位"},
                 {{"value", number(operand.value)}}}};
      }
      if (!has('i') && !has('I')) return must_be({{", not a constant", "，不是常量"}});
      if (immediate_fits(operand.value, width)) return {};
      const TextView sign = width == 8 ? TextView{", sign included", "（含符号位）"} : TextView{};
      return {{{"constant {value} does not fit in {bits} bits{sign}", "常量 {value} 放不进 {bits} 位{sign}"},
               {{"value", number(operand.value)}, {"bits", 8 * immediate_bytes(width)}, {"sign", sign}}}};
    }
    case OperandKind::mem:
      return has('m') ? Refusal() : must_be({{", not memory", "，不是内存"}});
    case OperandKind::label: {
      if (operand.text.find("\u00b7") != std::string::npos) {
        return {{{"{name} needs (SB): it is written {bare}(SB)", "{name} 后面要有 (SB)：写作 {bare}(SB)"},
                 {{"name", in_quotes(operand.text)}, {"bare", shortened(operand.text)}}}};
      }
      std::vector<std::string_view> known;
      for (const auto& [name, value] : options_.constants) known.push_back(name);
      return {{{"unknown constant or register {name}{hint}", "没有常量或寄存器 {name}{hint}"},
               {{"name", in_quotes(operand.text)}, {"hint", did_you_mean(operand.text, known)}}}};
    }
    case OperandKind::address:
      return must_be(
          {{", not an address: load it with MOVQ or LEAQ first", "，不是地址：先用 MOVQ 或 LEAQ 取出来"}});
    case OperandKind::steps:
      return must_be({{", not an offset from PC", "，不是相对 PC 的偏移"}});
    case OperandKind::real:
      return must_be({{", not a floating-point constant: put it into memory with DATA",
                       "，不是浮点常量：用 DATA 放进内存"}});
    default:
      return must_be({{", not a string", "，不是字符串"}});
  }
}

// A form has alternatives because the machine takes memory on one side only. If none fits, the one that
// came furthest says what is wrong.
bool OperandCheck::check(const Instruction& i, const InstructionForm& form, std::string_view& alternative) {
  const auto report = [&](const Place& place, Message message) {
    diagnostics_.error(place, std::move(message));
    return false;
  };
  const std::size_t count = i.operands.size();
  std::vector<std::size_t> counts;  // of operands that it takes
  Refusal first;
  Place first_place;
  std::size_t furthest = 0;
  for (std::size_t n = 0; n < parts(form.operands, ' '); ++n) {
    const std::string_view list = part(form.operands, ' ', n);
    const std::size_t takes = parts(list, ',');
    if (counts.empty() || counts.back() != takes) counts.push_back(takes);
    if (takes != count) continue;
    Refusal reason;
    std::size_t position = 0;
    for (; position < count; ++position) {
      reason = refusal(form, part(list, ',', position), position, count, i.operands[position]);
      if (!reason.message.empty()) break;
    }
    if (reason.message.empty()) {
      alternative = list;
      return true;
    }
    // Of several reasons the one that names the fault beats "must be", and the later operand the earlier.
    if (first.message.empty() || (!reason.vague && first.vague) ||
        (position > furthest && reason.vague == first.vague)) {
      furthest = position;
      first = std::move(reason);
      first_place = i.operands[position].place;
    }
  }
  if (first.message.empty()) {
    Text takes;
    for (const std::size_t n : counts) {
      if (!takes.empty()) takes = {takes.en + " or ", takes.zh + " 或 "};
      takes.en += n == 0 ? "no" : std::to_string(n);
      takes.zh += std::to_string(n);
    }
    const bool one = counts.size() == 1 && counts[0] == 1;
    return report(i.place, {{"{instruction} takes {n} {operands}, not {given}",
                             "{instruction} 要 {n} 个{operands}，这里有 {given} 个"},
                            {{"instruction", form.name},
                             {"n", takes},
                             {"operands", TextView{one ? "operand" : "operands", "操作数"}},
                             {"given", count}}});
  }
  if (count == 2 && i.operands[0].kind == OperandKind::mem && i.operands[1].kind == OperandKind::mem) {
    return report(i.operands[1].place, {{"{instruction} cannot take two operands in memory",
                                         "{instruction} 的两个操作数不能都在内存中"},
                                        {{"instruction", form.name}}});
  }
  return report(first_place, std::move(first.message));
}

}  // namespace plan9
