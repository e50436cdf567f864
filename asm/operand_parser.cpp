#include "asm/operand_parser.h"

#include <cstdlib>

namespace plan9 {
namespace {

constexpr int kMostParentheses = 100;

bool is_pseudo(std::string_view name) { return name == "SB" || name == "FP" || name == "PC"; }

}  // namespace

std::string symbol_name(std::string_view spelled, std::string_view package) {
  constexpr std::string_view kDot = "\u00b7";
  constexpr std::string_view kSlash = "\u2215";
  std::string out;
  if (spelled.starts_with(kDot)) out = package;
  for (std::size_t i = 0; i < spelled.size();) {
    if (spelled.substr(i).starts_with(kDot)) {
      out += '.';
      i += kDot.size();
    } else if (spelled.substr(i).starts_with(kSlash)) {
      out += '/';
      i += kSlash.size();
    } else {
      out += spelled[i++];
    }
  }
  return out;
}

bool is_funcval_name(std::string_view spelled) {
  constexpr std::string_view kDot = "\u00b7";
  constexpr std::string_view kSuffix = "\u00b7f";
  // main·f is a function called f; main·worker·f is the funcval of worker.
  if (!spelled.ends_with(kSuffix)) return false;
  return spelled.substr(0, spelled.size() - kSuffix.size()).find(kDot) != std::string_view::npos;
}

const Token& OperandParser::peek(std::size_t ahead) const {
  static const Token none{};
  return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : none;
}

Token OperandParser::next() {
  const Token token = peek();
  if (at_ < tokens_.size()) ++at_;
  return token;
}

bool OperandParser::accept(std::string_view punctuation) {
  if (!peek().is(punctuation)) return false;
  ++at_;
  return true;
}

bool OperandParser::expect(std::string_view punctuation) {
  if (accept(punctuation)) return true;
  if (at_end())
    return fail({{"expected {punctuation} at the end of the statement", "语句末尾应为 {punctuation}"},
                 {{"punctuation", in_quotes(punctuation)}}});
  return fail({{"expected {punctuation}, found {found}", "应为 {punctuation}，却是 {found}"},
               {{"punctuation", in_quotes(punctuation)}, {"found", in_quotes(peek().text)}}});
}

bool OperandParser::fail(Message message) {
  if (!at_end()) return fail_at(peek().place, std::move(message));
  Place place = tokens_.back().place;
  place.column += place.width;
  place.width = 1;
  return fail_at(place, std::move(message));
}

bool OperandParser::fail_at(const Place& place, Message message) {
  diagnostics_.error(place, std::move(message));
  return false;
}

// From the first token to the last one read, if they are on one line.
Place OperandParser::span(const Place& first) const {
  Place place = first;
  const Place& last = tokens_[at_ - 1].place;
  if (last.line == place.line && last.column + last.width > place.column) {
    place.width = last.column + last.width - place.column;
  }
  return place;
}

std::optional<std::int64_t> OperandParser::constant(std::string_view name) const {
  const auto found = options_.constants.find(name);
  if (found == options_.constants.end()) return std::nullopt;
  return found->second;
}

bool OperandParser::unknown_constant(const Token& name) {
  if (register_named(name.text)) {
    return fail_at(name.place, {{"{name} is a register: it cannot be part of an offset",
                                 "{name} 是寄存器，不能出现在偏移里"},
                                {{"name", name.text}}});
  }
  std::vector<std::string_view> known;
  for (const auto& [constant_name, value] : options_.constants) known.push_back(constant_name);
  for (const char* flag : {"NOSPLIT", "NOFRAME", "NEEDCTXT", "DUPOK", "RODATA", "NOPTR", "TOPFRAME"})
    known.emplace_back(flag);
  return fail_at(name.place, {{"unknown constant {name}{hint}", "没有常量 {name}{hint}"},
                              {{"name", in_quotes(name.text)}, {"hint", did_you_mean(name.text, known)}}});
}

// Arithmetic is that of Go's assembler: 64 bits, unsigned for * / % and shifts; * / % << >> & bind
// tighter than + - | ^.
bool OperandParser::expression(std::uint64_t& value) { return sum(value, 0); }

bool OperandParser::primary(std::uint64_t& value) {
  if (peek().is("-") || peek().is("+") || peek().is("~"))
    return fail({{"expected a number, found {found}", "应为一个数，却是 {found}"},
                 {{"found", in_quotes(peek().text)}}});
  return unary(value, 0);
}

bool OperandParser::sum(std::uint64_t& value, int depth) {
  if (!product(value, depth)) return false;
  for (;;) {
    std::uint64_t right = 0;
    if (accept("+")) {
      if (!product(right, depth)) return false;
      value += right;
    } else if (accept("-")) {
      if (!product(right, depth)) return false;
      value -= right;
    } else if (accept("|")) {
      if (!product(right, depth)) return false;
      value |= right;
    } else if (accept("^")) {
      if (!product(right, depth)) return false;
      value ^= right;
    } else {
      return true;
    }
  }
}

bool OperandParser::product(std::uint64_t& value, int depth) {
  if (!unary(value, depth)) return false;
  for (;;) {
    const Token op = peek();
    const bool divides = op.is("/") || op.is("%");
    if (!divides && !op.is("*") && !op.is("<<") && !op.is(">>") && !op.is("&")) return true;
    next();
    std::uint64_t right = 0;
    if (!unary(right, depth)) return false;
    if (divides && right == 0) return fail_at(op.place, {{"division by zero", "除数为零"}});
    if (divides && ((value | right) >> 63) != 0)
      return fail_at(op.place, {{"division of a negative number", "不能除负数"}});
    if ((op.is("<<") || op.is(">>")) && right >> 63 != 0)
      return fail_at(op.place, {{"shift by a negative number", "移位的位数是负数"}});
    if (op.is(">>") && value >> 63 != 0)
      return fail_at(op.place, {{"right shift of a negative number", "不能右移负数"}});
    if (op.is("*")) value *= right;
    if (op.is("/")) value /= right;
    if (op.is("%")) value %= right;
    if (op.is("&")) value &= right;
    if (op.is("<<")) value = right < 64 ? value << right : 0;
    if (op.is(">>")) value = right < 64 ? value >> right : 0;
  }
}

bool OperandParser::unary(std::uint64_t& value, int depth) {
  if (depth > kMostParentheses) return fail({{"expression is nested too deeply", "表达式嵌套太深"}});
  if (at_end()) return fail({{"expected a number at the end of the statement", "语句末尾应为一个数"}});
  const Token token = next();
  if (token.kind == TokenKind::number) {
    value = token.value;
    return true;
  }
  if (token.kind == TokenKind::name) {
    const auto known = constant(token.text);
    if (!known) return unknown_constant(token);
    value = static_cast<std::uint64_t>(*known);
    return true;
  }
  if (token.is("(")) return sum(value, depth + 1) && expect(")");
  if (token.is("-") || token.is("+") || token.is("~")) {
    if (!unary(value, depth + 1)) return false;
    if (token.is("-")) value = 0 - value;
    if (token.is("~")) value = ~value;
    return true;
  }
  return fail_at(token.place, {{"expected a number, found {found}", "应为一个数，却是 {found}"},
                               {{"found", in_quotes(token.text)}}});
}

bool OperandParser::operand(Operand& out) {
  out = Operand{};
  if (at_end()) return fail({{"operand is missing", "缺少操作数"}});
  const Token first = peek();
  out.place = first.place;
  // CALL *AX is CALL AX, but CALL *name(SB) reads the address from there.
  if (accept("*")) {
    if (at_end() || peek().is("$") || peek().is("*"))
      return fail_at(first.place, {{"expected a register or memory after '*'", "'*' 之后应为寄存器或内存"}});
    if (!operand(out)) return false;
    if (out.kind == OperandKind::label || out.kind == OperandKind::steps)
      return fail_at(first.place, {{"a label takes no '*'", "标号前面不写 '*'"}});
    out.indirect = true;
    out.place = span(first.place);
    return true;
  }
  bool sound = false;
  if (first.is("$")) {
    sound = dollar(out);
  } else if (first.kind == TokenKind::name) {
    sound = named(out);
  } else {
    sound = memory(out);
  }
  out.place = span(first.place);
  return sound;
}

// After a $ comes a constant, a string, or the address of what without the $ would be memory.
bool OperandParser::dollar(Operand& out) {
  const Token sign = next();
  const Token first = peek();
  const bool minus = first.is("-") || first.is("+");
  const Token number = minus ? peek(1) : first;
  if (first.kind == TokenKind::text) {
    next();
    out.kind = OperandKind::text;
    if (!unquote(first.text, out.text))
      return fail_at(first.place, {{"bad escape in string", "字符串里的转义写错了"}});
    return true;
  }
  if (number.kind == TokenKind::real) {
    if (minus) next();
    next();
    out.kind = OperandKind::real;
    out.real = std::strtod(std::string(number.text).c_str(), nullptr) * (first.is("-") ? -1 : 1);
    return true;
  }
  if (first.is("(") &&
      (peek(1).kind == TokenKind::real || (peek(1).is("-") && peek(2).kind == TokenKind::real))) {
    // $(1.5) and $(-1.5), the way Go writes them.
    next();
    const bool negative = accept("-");
    out.kind = OperandKind::real;
    out.real = std::strtod(std::string(next().text).c_str(), nullptr) * (negative ? -1 : 1);
    return expect(")");
  }
  if (first.kind == TokenKind::name && !constant(first.text)) {
    if (register_named(first.text))
      return fail_at(first.place, {{"a register takes no $", "寄存器前面不写 $"}});
    if (!named(out)) return false;
    if (out.kind == OperandKind::label) return unknown_constant(first);
    out.kind = OperandKind::address;
    return true;
  }
  if (at_end())
    return fail_at(sign.place, {{"expected a number or a name after '$'", "'$' 之后应为一个数或名字"}});
  if (!memory(out)) return false;
  if (out.kind == OperandKind::steps)
    return fail_at(out.place, {{"an offset from PC takes no $", "相对 PC 的偏移前面不写 $"}});
  const bool plain = !out.base && !out.index;
  out.kind = plain ? OperandKind::imm : OperandKind::address;
  return true;
}

// A name can be a register, a constant that begins an offset, a label, or a symbol. Constants come
// before symbols, because in Go they are macros and would be gone by now.
bool OperandParser::named(Operand& out) {
  const Token name = peek();
  const Token& after = peek(1);
  const bool alone = !after.is("(") && !after.is("+") && !after.is("-") && !after.is("<");
  if (const auto reg = register_named(name.text); reg && alone) {
    next();
    out.kind = OperandKind::reg;
    out.reg = *reg;
    return true;
  }
  if (name.text == "PC" && alone)
    return fail({{"PC is not an operand: a jump over instructions is written 2(PC)",
                  "PC 不能作操作数：跳过若干条指令写作 2(PC)"}});
  if (is_pseudo(name.text) && alone) {
    return fail({{"{name} is not a register: it is written name+0({same})",
                  "{name} 不是寄存器：要写作 name+0({same})"},
                 {{"name", name.text}, {"same", name.text}}});
  }
  if (constant(name.text)) return memory(out);
  next();
  if (ascii_dot(name)) return false;
  if (alone) {
    out.kind = OperandKind::label;
    out.text = name.text;
    return true;
  }
  return after_name(out, name);
}

/// main.f was meant to be main·f. True if it was, and says so.
bool OperandParser::ascii_dot(const Token& name) {
  const Token& dot = peek();
  const Token& rest = peek(1);
  if (!dot.is(".") || dot.space_before || rest.kind != TokenKind::name || rest.space_before) return false;
  const std::string bare = std::string(name.text) + "\u00b7" + std::string(rest.text);
  fail({{"in the assembler a name has the middle dot U+00B7: {bare}(SB)",
         "汇编里的名字用间隔号 U+00B7：{bare}(SB)"},
        {{"bare", bare}}});
  return true;
}

bool OperandParser::symbol(Operand& out) {
  out = Operand{};
  const Token name = peek();
  out.place = name.place;
  if (name.kind != TokenKind::name) {
    return at_end()
               ? fail({{"expected a name such as main\u00b7f(SB)", "应为一个名字，例如 main\u00b7f(SB)"}})
               : fail({{"expected a name such as main\u00b7f(SB), found {found}",
                        "应为一个名字，例如 main\u00b7f(SB)，却是 {found}"},
                       {{"found", in_quotes(name.text)}}});
  }
  next();
  if (ascii_dot(name)) return false;
  if (!peek().is("(") && !peek().is("+") && !peek().is("-") && !peek().is("<")) {
    return fail({{"expected (SB) after {name}", "{name} 之后应为 (SB)"}, {{"name", in_quotes(name.text)}}});
  }
  if (!after_name(out, name)) return false;
  out.place = span(name.place);
  if (out.pseudo != Pseudo::symbol)
    return fail_at(out.place,
                   {{"expected a name such as main\u00b7f(SB)", "应为一个名字，例如 main\u00b7f(SB)"}});
  return true;
}

// name<> is local to its file; the ABI tags of later releases change nothing here.
bool OperandParser::angle_brackets(Operand& out) {
  if (!accept("<")) return true;
  if (accept(">")) {
    out.file_local = true;
    return true;
  }
  const Token abi = peek();
  if (abi.text != "ABIInternal" && abi.text != "ABI0")
    return fail({{"expected <>, <ABI0> or <ABIInternal>", "应为 <>、<ABI0> 或 <ABIInternal>"}});
  next();
  return expect(">");
}

// What follows the name of a symbol: <>, an offset, (SB) or (FP) or (SP). A name before any other
// register was meant to be a constant.
bool OperandParser::after_name(Operand& out, const Token& name) {
  out.kind = OperandKind::mem;
  if (!angle_brackets(out)) return false;
  std::uint64_t offset = 0;
  if (peek().is("+") || peek().is("-")) {
    const bool negative = next().is("-");
    if (!primary(offset)) return false;
    if (negative) offset = 0 - offset;
    // name+8*2(SB) and name+8+8(SB) are expressions too.
    while (peek().is("+") || peek().is("-")) {
      std::uint64_t more = 0;
      const bool less = next().is("-");
      if (!primary(more)) return false;
      offset = less ? offset - more : offset + more;
    }
  }
  out.value = static_cast<std::int64_t>(offset);
  const Token open = peek();
  const Token pseudo = peek(1);
  if (!open.is("(") || pseudo.kind != TokenKind::name) return unknown_constant(name);
  if (pseudo.text == "SB") {
    out.pseudo = Pseudo::symbol;
    out.symbol = symbol_name(name.text, options_.package);
    out.funcval = is_funcval_name(name.text);
  } else if (pseudo.text == "FP") {
    out.pseudo = Pseudo::arguments;
  } else if (pseudo.text == "SP") {
    out.pseudo = Pseudo::locals;
  } else {
    return unknown_constant(name);
  }
  next();
  next();
  if (!expect(")")) return false;
  if (out.file_local && out.pseudo != Pseudo::symbol)
    return fail_at(pseudo.place,
                   {{"only a name(SB) can be local to a file", "只有 name(SB) 可以限于本文件"}});
  if (!peek().is("(")) return true;
  // The machine cannot index what it addresses relative to RIP.
  if (out.pseudo == Pseudo::symbol) {
    next();
    return fail({{"name(SB) takes no index: load its address into a register first",
                  "name(SB) 不能带变址寄存器：先把它的地址取到寄存器里"}});
  }
  return scaled_index(out);
}

// "(AX)" holds a register, "(8+gobuf_sp)" an expression: a single name decides, and constants are known.
bool OperandParser::starts_registers() const {
  return peek().is("(") && peek(1).kind == TokenKind::name && (peek(2).is(")") || peek(2).is("*")) &&
         (register_named(peek(1).text) || is_pseudo(peek(1).text) || !constant(peek(1).text));
}

bool OperandParser::memory(Operand& out) {
  out.kind = OperandKind::mem;
  if (!starts_registers()) {
    std::uint64_t value = 0;
    if (!expression(value)) return false;
    out.value = static_cast<std::int64_t>(value);
    if (!peek().is("(")) return true;
  }
  return registers(out);
}

bool OperandParser::registers(Operand& out) {
  if (peek(2).is("*")) return scaled_index(out);
  next();
  const Token name = peek();
  if (name.kind != TokenKind::name) return fail({{"expected a register", "应为一个寄存器"}});
  if (name.text == "PC") {
    next();
    out.kind = OperandKind::steps;
    return expect(")");
  }
  if (is_pseudo(name.text)) {
    return fail(
        {{"an offset from {name} needs a name: name+0({same})", "相对 {name} 的偏移要有名字：name+0({same})"},
         {{"name", name.text}, {"same", name.text}}});
  }
  const auto reg = register_named(name.text);
  if (!reg) return fail({{"unknown register {name}", "没有寄存器 {name}"}, {{"name", in_quotes(name.text)}}});
  if (reg->kind != RegisterKind::general && reg->kind != RegisterKind::tls) {
    return fail({{"{name} cannot hold an address", "{name} 不能存放地址"}, {{"name", name.text}}});
  }
  next();
  out.base = *reg;
  if (!expect(")")) return false;
  return peek().is("(") ? scaled_index(out) : true;
}

bool OperandParser::scaled_index(Operand& out) {
  next();  // the parenthesis
  const Token name = peek();
  if (at_end()) return fail({{"expected an index register", "应为变址寄存器"}});
  const auto reg = register_named(name.text);
  if (!reg || (reg->kind != RegisterKind::general && reg->kind != RegisterKind::tls)) {
    return fail({{"expected an index register, found {found}", "应为变址寄存器，却是 {found}"},
                 {{"found", in_quotes(name.text)}}});
  }
  next();
  if (*reg == kSp) return fail_at(name.place, {{"SP cannot be an index", "SP 不能作变址寄存器"}});
  if (!expect("*")) return false;
  const Token scale = peek();
  std::uint64_t value = 0;
  if (!primary(value)) return false;
  if (value != 1 && value != 2 && value != 4 && value != 8)
    return fail_at(scale.place, {{"scale must be 1, 2, 4 or 8", "比例因子只能是 1、2、4 或 8"}});
  out.index = *reg;
  out.scale = static_cast<std::uint8_t>(value);
  return expect(")");
}

}  // namespace plan9
