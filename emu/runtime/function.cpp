#include "emu/runtime/function.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "asm/text/printable.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

std::string nop(int bytes) {
  static constexpr std::string_view kNops[] = {
      "",           "90",           "6690",           "0f1f00",          "0f1f4000",
      "0f1f440000", "660f1f440000", "0f1f8000000000", "0f1f840000000000"};
  std::string text;
  while (bytes > 0) {
    const int n = std::min(bytes, 8);
    const std::string_view hex = kNops[n];
    for (std::size_t i = 0; i < hex.size(); i += 2) {
      text += fmt::format("{}BYTE $0x{}", text.empty() ? "" : "; ", hex.substr(i, 2));
    }
    bytes -= n;
  }
  return text;
}

void GoFunction::wrong_use(std::string_view what) const {
  fmt::print(stderr, "gogoscope: internal error: {}: {}\n", signature_.name, what);
  std::abort();
}

std::string assembler_name(std::string_view go_name) {
  std::string name(go_name);
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot)) {
    name.replace(dot, 1, "·");
  }
  for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/', slash)) {
    name.replace(slash, 1, "∕");
  }
  return name;
}

std::string string_symbol(std::string_view text) { return fmt::format("go.string.\"{}\"", text); }

GoFunction::GoFunction(const Signature& signature, FrameSize frame) : signature_(signature), frame_(frame) {
  for (std::size_t i = 0; i < signature_.params.size(); ++i) {
    const Param& p = signature_.params[i];
    vars_.push_back({p.name, 8 + signature_.param_offset(i), static_cast<std::uint8_t>(p.size), p.type});
  }
  for (std::size_t i = 0; i < signature_.results.size(); ++i) {
    const Param& p = signature_.results[i];
    vars_.push_back({p.name, 8 + signature_.result_offset(i), static_cast<std::uint8_t>(p.size), p.type});
  }
}

Var GoFunction::param(std::string_view name) const {
  for (const FrameVar& var : vars_) {
    if (var.name == name) return {Var::Home::frame, var.offset, var.size, Reg::rax};
  }
  wrong_use(fmt::format("no parameter {}", name));
}

Var GoFunction::result(std::string_view name) const { return param(name); }

Var GoFunction::local(std::string name, std::string type) {
  locals_ += 8;
  // Below the return address is the saved BP, below that the locals.
  const std::int32_t offset = -8 - locals_;
  vars_.push_back({std::move(name), offset, 8, std::move(type)});
  return {Var::Home::frame, offset, 8, Reg::rax};
}

Var GoFunction::array(std::uint64_t bytes) {
  locals_ += static_cast<int>((bytes + 7) / 8 * 8);
  return {Var::Home::frame, -8 - locals_, 8, Reg::rax};
}

GoFunction& GoFunction::line(std::string text) {
  lines_.push_back(std::move(text));
  return *this;
}

GoFunction& GoFunction::write(std::string plan9, Body body, std::string what) {
  if (what.empty()) what = std::string(trimmed(lines_.back()));
  statements_.push_back({std::move(plan9),
                         std::move(what),
                         static_cast<std::uint32_t>(lines_.size()),
                         std::move(body),
                         {},
                         {}});
  goes_on_ = true;
  return *this;
}

GoFunction& GoFunction::does(Body body) { return write(nop(1), std::move(body)); }

GoFunction& GoFunction::stores(Body body, Stores what) {
  does(std::move(body));
  statements_.back().stores = what;
  return *this;
}

GoFunction& GoFunction::set(Var var, Value value) {
  return stores([var, value](Frame& f) { f.set(var, value(f)); },
                {.memory = value.stores(), .variables = true});
}

GoFunction& GoFunction::store(Value base, const Field& field, Value value) {
  const std::uint32_t offset = field.offset;
  const int size = static_cast<int>(field.size);
  return stores([=](Frame& f) { f.store(base(f) + offset, size, value(f)); });
}

GoFunction& GoFunction::arguments(const Signature& callee, std::initializer_list<Value> arguments) {
  outgoing_ = std::max(outgoing_, callee.size());
  if (arguments.size() != callee.params.size()) wrong_use("wrong number of arguments for " + callee.name);
  struct Argument {
    std::uint64_t offset;
    int size;
    Value value;
  };
  std::vector<Argument> list;
  for (const Value& value : arguments) {
    const std::size_t i = list.size();
    list.push_back({static_cast<std::uint64_t>(callee.param_offset(i)), callee.params[i].size, value});
  }
  return write(
      nop(1),
      [list](Frame& f) {
        const std::uint64_t sp = f.reg(Reg::rsp);
        for (const Argument& a : list) f.store_private(sp + a.offset, a.size, a.value(f));
      },
      "arguments of " + callee.name.substr(callee.name.find('.') + 1));
}

GoFunction& GoFunction::call(const Signature& callee, std::initializer_list<Value> values) {
  outgoing_ = std::max(outgoing_, callee.size());
  if (values.size() > 0 || !callee.params.empty()) arguments(callee, values);
  call_symbol(assembler_name(callee.name));
  goes_on_ = callee.returns;
  return *this;
}

GoFunction& GoFunction::call_symbol(std::string_view name) {
  return write(fmt::format("CALL {}(SB)", name), nullptr, fmt::format("CALL {}(SB)", name));
}

GoFunction& GoFunction::take(const Signature& callee, std::size_t result, Var into) {
  const auto offset = static_cast<std::uint64_t>(callee.result_offset(result));
  const int size = callee.results[result].size;
  write(
      nop(1), [=](Frame& f) { f.set(into, f.load_private(f.reg(Reg::rsp) + offset, size)); },
      "result of " + callee.name.substr(callee.name.find('.') + 1));
  return *this;
}

GoFunction& GoFunction::add(Value base, const Field& field, Value n) {
  const std::uint32_t offset = field.offset;
  const int size = static_cast<int>(field.size);
  return stores([=](Frame& f) { f.xadd(base(f) + offset, size, n(f)); });
}

GoFunction& GoFunction::ret() {
  write("RET", nullptr, "return");
  goes_on_ = false;
  return *this;
}

GoFunction& GoFunction::call_with(const Signature& callee, const std::string& text) {
  strings_.push_back(text);
  const std::string symbol = string_symbol(text);
  return call(callee, {[symbol](Frame& f) { return f.symbol(symbol); }, text.size()});
}

GoFunction& GoFunction::throws(std::string message) { return call_with(sig::throw_, message); }

GoFunction& GoFunction::left_out(Pattern what) {
  const Text detail = Message({"gogoscope: {what} is left out of the model", "gogoscope：建模不包括{what}"},
                              {{"what", TextView(what)}})
                          .text();
  return does([detail](Frame& f) { f.stop({StopReason::throw_, detail, 0}); });
}

GoFunction& GoFunction::instruction(std::string plan9) { return write(plan9, nullptr, plan9); }

GoFunction& GoFunction::wide(int bytes) {
  statements_.back().plan9 = nop(bytes);
  return *this;
}

std::string GoFunction::assembler_text() const {
  const int saved_bp = frame_.bytes > 0 ? 8 : 0;
  if (locals_ + outgoing_ + saved_bp > frame_.bytes && (locals_ > 0 || outgoing_ > 0)) {
    wrong_use(fmt::format("{} bytes of locals and {} of arguments do not fit a frame of {}", locals_,
                          outgoing_, frame_.bytes));
  }
  std::string flags = frame_.stack_check ? "0" : "NOSPLIT";
  if (frame_.needs_context) flags += "|NEEDCTXT";
  std::string text = fmt::format("TEXT {}(SB), {}, ${}-{}\n", assembler_name(signature_.name), flags,
                                 frame_.bytes - saved_bp, signature_.size());
  for (const Statement& statement : statements_) text += "\t" + statement.plan9 + "\n";
  return text;
}

}  // namespace gogoscope::runtime
