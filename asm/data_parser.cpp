// The statements DATA and GLOBL.
#include <algorithm>
#include <bit>
#include <cstring>

#include "asm/little_endian.h"
#include "asm/parser.h"

namespace plan9 {
namespace {

// More than any lesson needs, and little enough that a GLOBL of garbage cannot eat the memory.
constexpr std::uint64_t kLargestData = 16 << 20;

}  // namespace

DataSymbol& Parser::data_symbol(const Operand& name) {
  std::string key = name.symbol;
  if (name.file_local) key += "<>" + std::to_string(source_);
  const auto [at, fresh] = data_by_name_.emplace(std::move(key), program_.data.size());
  if (fresh) {
    DataSymbol symbol;
    symbol.name = name.symbol;
    symbol.file_local = name.file_local;
    symbol.source = source_;
    symbol.place = name.place;
    program_.data.push_back(std::move(symbol));
  }
  return program_.data[at->second];
}

void Parser::globl(OperandParser& in) {
  Operand name;
  std::uint64_t value = 0;
  if (!in.symbol(name) || !in.expect(",")) return;
  if (!in.peek().is("$") && (!in.expression(value) || !in.expect(","))) return;
  const Token dollar = in.peek();
  if (!in.expect("$") || !in.expression(value)) return;
  if (!in.at_end()) {
    in.fail({{"unexpected {found} after the size", "大小之后多出了 {found}"},
             {{"found", in_quotes(in.peek().text)}}});
    return;
  }
  if (value > kLargestData) {
    in.fail_at(dollar.place, {{"data is too large", "数据太大"}});
    return;
  }
  DataSymbol& symbol = data_symbol(name);
  if (symbol.declared) {
    in.fail_at(name.place, {{"{symbol} is already defined", "{symbol} 已经定义过"},
                            {{"symbol", in_quotes(name.symbol)}}});
    return;
  }
  symbol.declared = true;
  symbol.size = value;
  symbol.place = name.place;
}

void Parser::data(OperandParser& in) {
  Operand name;
  if (!in.symbol(name) || !in.expect("/")) return;
  const Token width_token = in.peek();
  std::uint64_t width = 0;
  if (!in.primary(width) || !in.expect(",")) return;
  Operand value;
  if (!in.operand(value)) return;
  if (!in.at_end()) {
    in.fail({{"unexpected {found} after the value", "值之后多出了 {found}"},
             {{"found", in_quotes(in.peek().text)}}});
    return;
  }
  const bool text = value.kind == OperandKind::text;
  const bool width_fits =
      text ? width >= 1 && width <= 64 : width == 1 || width == 2 || width == 4 || width == 8;
  if (!width_fits) {
    in.fail_at(width_token.place,
               text ? Message({"a string takes 1 to 64 bytes", "字符串占 1 到 64 字节"})
                    : Message({"data is 1, 2, 4 or 8 bytes wide", "数据的宽度是 1、2、4 或 8 字节"}));
    return;
  }
  if (name.value < 0 || static_cast<std::uint64_t>(name.value) > kLargestData) {
    in.fail_at(name.place, {{"offset is out of range", "偏移超出范围"}});
    return;
  }
  DataSymbol& symbol = data_symbol(name);
  const auto begin = static_cast<std::uint32_t>(name.value);
  const auto end = begin + static_cast<std::uint32_t>(width);
  // DATA usually comes in order, so only the last items are looked at; the full check is the layout's.
  if (!symbol.filled.empty() && symbol.filled.back().second > begin && symbol.filled.back().first < end) {
    in.fail_at(name.place, {{"these bytes of {symbol} are already set", "{symbol} 的这些字节已经设过值"},
                            {{"symbol", in_quotes(name.symbol)}}});
    return;
  }
  std::vector<std::byte> bytes(width);
  switch (value.kind) {
    case OperandKind::imm:
      if (!fits(value.place, value.value, static_cast<unsigned>(width))) return;
      store(bytes.data(), static_cast<std::uint64_t>(value.value), static_cast<unsigned>(width));
      break;
    case OperandKind::real:
      if (width == 8) {
        store(bytes.data(), std::bit_cast<std::uint64_t>(value.real), 8);
      } else if (width == 4) {
        store(bytes.data(), std::bit_cast<std::uint32_t>(static_cast<float>(value.real)), 4);
      } else {
        in.fail_at(width_token.place,
                   {{"a floating-point number is 4 or 8 bytes wide", "浮点数的宽度是 4 或 8 字节"}});
        return;
      }
      break;
    case OperandKind::text:
      if (value.text.size() > width) {
        in.fail_at(value.place,
                   {{"string is longer than {width} bytes", "字符串超过 {width} 字节"}, {{"width", width}}});
        return;
      }
      std::memcpy(bytes.data(), value.text.data(), value.text.size());
      break;
    case OperandKind::address:
      if (value.pseudo != Pseudo::symbol || width != 8) {
        in.fail_at(value.place, width != 8 ? Message({"an address is 8 bytes wide", "地址的宽度是 8 字节"})
                                           : Message({"data can only hold the address of a name(SB)",
                                                      "数据里只能放 name(SB) 的地址"}));
        return;
      }
      symbol.addresses.push_back(
          {begin, value.symbol, value.file_local, value.funcval, value.value, value.place});
      break;
    default:
      in.fail_at(value.place, {{"data must be a constant: it begins with $", "数据必须是常量：以 $ 开头"}});
      return;
  }
  if (symbol.bytes.size() < end) symbol.bytes.resize(end);
  std::copy(bytes.begin(), bytes.end(), symbol.bytes.begin() + begin);
  symbol.filled.emplace_back(begin, end);
}

}  // namespace plan9
