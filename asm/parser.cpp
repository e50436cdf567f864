#include "asm/parser.h"

#include <algorithm>
#include <limits>

#include "asm/instruction_set.h"
#include "asm/little_endian.h"

namespace plan9 {
namespace {

constexpr std::int64_t kLargestFrame = 1 << 30;

Operand immediate(std::int64_t value, const Place& place) {
  Operand o;
  o.kind = OperandKind::imm;
  o.value = value;
  o.place = place;
  return o;
}

Operand reg(Register r, const Place& place) {
  Operand o;
  o.kind = OperandKind::reg;
  o.reg = r;
  o.place = place;
  return o;
}

Operand at_sp(std::int64_t offset, const Place& place) {
  Operand o;
  o.kind = OperandKind::mem;
  o.base = kSp;
  o.value = offset;
  o.place = place;
  return o;
}

}  // namespace

void Parser::begin_source(std::uint32_t source) {
  source_ = source;
  open_ = false;
  told_outside_ = false;
  pending_prefix_ = false;
}

void Parser::end_function() {
  open_ = false;
  pending_prefix_ = false;
}

bool Parser::in_function(const Place& place) {
  if (open_) return true;
  if (!told_outside_)
    diagnostics_.error(place, {{"instruction before the first TEXT", "指令出现在第一个 TEXT 之前"}});
  told_outside_ = true;
  return false;
}

// Signed and unsigned readings are both fine.
bool Parser::fits(const Place& place, std::int64_t value, unsigned bytes) {
  if (bytes >= 8) return true;
  const std::int64_t most = (std::int64_t{1} << (8 * bytes)) - 1;
  if (value <= most && value >= -(most / 2) - 1) return true;
  if (bytes == 1) {
    diagnostics_.error(place,
                       {{"{value} does not fit in 1 byte", "{value} 放不进 1 字节"}, {{"value", value}}});
  } else {
    diagnostics_.error(place, {{"{value} does not fit in {bytes} bytes", "{value} 放不进 {bytes} 字节"},
                               {{"value", value}, {"bytes", bytes}}});
  }
  return false;
}

void Parser::statement(const Statement& statement) {
  OperandParser in(statement.tokens, options_, diagnostics_);
  labels(in);
  if (in.at_end()) return;
  const Token word = in.peek();
  if (word.kind != TokenKind::name) {
    diagnostics_.error(word.place, {{"expected an instruction, found {found}", "应为一条指令，却是 {found}"},
                                    {{"found", in_quotes(word.text)}}});
    return;
  }
  in.next();
  if (word.text == "TEXT") return text(in, statement);
  if (word.text == "GLOBL") return globl(in);
  if (word.text == "DATA") return data(in);
  if (word.text == "GO") return go(in, statement);
  instruction(in, statement, word);
}

// Any number of labels may be before a statement, or alone on a line.
void Parser::labels(OperandParser& in) {
  while (in.peek().kind == TokenKind::name && in.peek(1).is(":")) {
    const Token name = in.next();
    in.next();
    if (!in_function(name.place)) continue;
    pending_prefix_ = false;
    Function& f = program_.functions.back();
    const Label label{static_cast<std::uint32_t>(f.body.size()), name.place};
    const auto [at, fresh] = f.labels.emplace(std::string(name.text), label);
    if (!fresh) {
      diagnostics_.error(
          name.place,
          {{"label {name} is already defined in line {line}", "标号 {name} 已在第 {line} 行定义"},
           {{"name", in_quotes(name.text)}, {"line", diagnostics_.line_in_file(at->second.place)}}});
    }
  }
}

// TEXT name(SB), FLAGS, $frame-args. The minus in the middle is not a subtraction, so both sizes are single
// numbers or in parentheses.
void Parser::text(OperandParser& in, const Statement& statement) {
  end_function();
  // Even a faulty TEXT opens a function, so that its body is read and not called homeless.
  program_.functions.emplace_back();
  Function& f = program_.functions.back();
  open_ = true;
  f.source = source_;
  f.text = statement.text;
  f.place = in.at_end() ? statement.tokens.back().place : in.peek().place;
  Operand name;
  if (!in.symbol(name)) return;
  f.place = name.place;
  if (name.value != 0) {
    in.fail_at(name.place, {{"a TEXT has no offset", "TEXT 不带偏移"}});
    return;
  }
  f.name = name.symbol;
  f.file_local = name.file_local;
  if (!in.expect(",")) return;
  if (!in.peek().is("$")) {
    std::uint64_t flags = 0;
    if (!in.expression(flags) || !in.expect(",")) return;
    f.flags = static_cast<std::int64_t>(flags);
    if ((flags & text_flag::wrapper) != 0) {
      in.fail_at(name.place, {{"WRAPPER functions are not supported", "不支持 WRAPPER 函数"}});
      return;
    }
  }
  const Token dollar = in.peek();
  if (!in.expect("$")) return;
  std::uint64_t value = 0;
  const bool negative = in.accept("-");
  if (!in.primary(value)) return;
  // What is too large is counted with nowhere, whatever else is wrong with the line.
  bool too_large = false;
  const auto bounded = [&](std::uint64_t bytes) {
    const bool fits = bytes <= static_cast<std::uint64_t>(kLargestFrame);
    too_large = too_large || !fits;
    return fits ? static_cast<std::int64_t>(bytes) : 0;
  };
  f.locals = negative ? 0 : bounded(value);
  if (in.accept("-")) {
    if (!in.primary(value)) return;
    f.args = bounded(value);
  }
  if (!in.at_end()) {
    in.fail({{"unexpected {found} after the frame size", "栈帧大小之后多出了 {found}"},
             {{"found", in_quotes(in.peek().text)}}});
  } else if (too_large) {
    in.fail_at(dollar.place, {{"frame is too large", "栈帧太大"}});
  } else if (f.locals % 8 != 0) {
    in.fail_at(dollar.place, {{"frame size must be a multiple of 8", "栈帧大小必须是 8 的倍数"}});
  }
}

void Parser::add(Instruction added) {
  Function& f = program_.functions.back();
  const bool joins = pending_prefix_ && added.form->shape != Shape::nothing;
  if (joins) {
    // LOCK and REP are statements of their own in Go's syntax, but no instructions of the machine.
    Instruction& lock = f.body.back();
    added.prefixes = std::move(lock.prefixes);
    added.text = lock.text + "; " + added.text;
    lock.prefixes.clear();
  }
  pending_prefix_ = added.form->shape == Shape::prefix;
  if (pending_prefix_) added.prefixes.push_back(added.form->prefix);
  f.body.push_back(std::move(added));
}

void Parser::go(OperandParser& in, const Statement& statement) {
  Operand callee;
  const Place place = statement.tokens.front().place;
  const bool sound = in.symbol(callee);
  if (sound && !in.at_end())
    in.fail({{"GO takes one name: functions with arguments are not supported",
              "GO 只要一个名字：不支持带参数的函数"}});
  if (!sound || !in.at_end() || !in_function(place)) return;
  if (callee.value != 0) {
    in.fail_at(callee.place, {{"GO takes a function, not an offset", "GO 要的是函数，不是偏移"}});
    return;
  }
  const Function& f = program_.functions.back();
  if (f.locals < 16) {
    in.fail_at(
        callee.place,
        {{"GO stores its arguments at 0(SP) and 8(SP): the TEXT needs a frame of $16 or more, not ${locals}",
          "GO 把参数存到 0(SP) 和 8(SP)：TEXT 的栈帧至少要 $16，这里是 ${locals}"},
         {{"locals", f.locals}}});
    return;
  }
  // What the compiler of Go 1.16 emits for `go worker()`: the size of the arguments and the funcval.
  std::size_t at = 0;
  while (statement.tokens[at].text != "GO") ++at;
  const std::string name_text = folded(statement.tokens, at + 1);
  const std::string funcval_text = name_text.substr(0, name_text.find_first_of("<(")) + "\u00b7f" +
                                   name_text.substr(name_text.find_first_of("<("));
  const auto emit = [&](std::string_view name, std::vector<Operand> operands, const std::string& shown) {
    Instruction i;
    i.form = instruction_named(name);
    i.operands = std::move(operands);
    i.place = place;
    i.text = std::string(name) + " " + shown;
    add(std::move(i));
  };
  Operand funcval = callee;
  funcval.symbol += ".f";
  funcval.funcval = true;
  Operand newproc = callee;
  newproc.symbol = "runtime.newproc";
  newproc.file_local = false;
  emit("MOVL", {immediate(0, place), at_sp(0, place)}, "$0, 0(SP)");
  emit("LEAQ", {funcval, reg(kAx, place)}, funcval_text + ", AX");
  emit("MOVQ", {reg(kAx, place), at_sp(8, place)}, "AX, 8(SP)");
  emit("CALL", {newproc}, "runtime\u00b7newproc(SB)");
}

// BYTE, WORD, LONG, QUAD: the way to write an instruction that the assembler does not know.
void Parser::raw(Instruction instruction) {
  const unsigned width = instruction.form->width;
  if (instruction.operands.size() != 1 || instruction.operands[0].kind != OperandKind::imm) {
    diagnostics_.error(instruction.place, {{"{instruction} takes one constant, written $value",
                                            "{instruction} 要一个常量，写作 $value"},
                                           {{"instruction", instruction.form->name}}});
    return;
  }
  const Operand& value = instruction.operands[0];
  if (!fits(value.place, value.value, width)) return;
  instruction.bytes.resize(width);
  store(instruction.bytes.data(), static_cast<std::uint64_t>(value.value), width);
  instruction.kind = LineKind::data;
  add(std::move(instruction));
}

// Only the number of commas is checked here. What the operands may be is left to the encoder, which
// knows the form.
void Parser::instruction(OperandParser& in, const Statement& statement, const Token& word) {
  const InstructionForm* form = instruction_named(word.text);
  if (form == nullptr) {
    std::vector<std::string_view> known = instruction_names();
    for (const char* extra : {"TEXT", "DATA", "GLOBL", "GO"}) known.emplace_back(extra);
    diagnostics_.error(word.place,
                       {{"unknown instruction {name}{hint}", "没有指令 {name}{hint}"},
                        {{"name", in_quotes(word.text)}, {"hint", did_you_mean(word.text, known)}}});
    return;
  }
  if (!in_function(word.place)) return;
  Instruction i;
  i.form = form;
  i.place = word.place;
  i.text = statement.text;
  if (form->shape == Shape::prefix && !in.at_end()) {
    in.fail({{"{prefix} takes no operands: the instruction follows after ';'",
              "{prefix} 不带操作数：指令写在 ';' 之后"},
             {{"prefix", form->name}}});
    return;
  }
  if (form->shape != Shape::nothing) {
    while (!in.at_end()) {
      Operand operand;
      if (!in.operand(operand)) return;
      i.operands.push_back(std::move(operand));
      if (in.at_end()) break;
      if (!in.expect(",")) return;
      if (in.at_end()) {
        in.fail({{"operand is missing", "缺少操作数"}});
        return;
      }
    }
  }
  if (form->shape == Shape::raw) return raw(std::move(i));
  add(std::move(i));
}

}  // namespace plan9
