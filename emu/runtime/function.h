// How a modelled Go function is written down: the lines of its source, each with the slots that carry it out.
//
//   GoFunction f(sig::dropg, FrameSize{.bytes = 16, .ours = true});
//   const Var _g_ = f.local("_g_", "*g");
//   f.line("func dropg() {");
//   f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
//   f.line("    setGNoWB(&_g_.m.curg, nil)").does(...);
//   f.line("}").ret();
//
// It becomes a TEXT for the assembler: Go's prologue and stack check, a NOP for each slot, real CALLs, Go's
// epilogue; the bodies run when the guest reaches their NOP. So frames, return addresses, breakpoints,
// stepping and undo are the same in modelled and in real code.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <vector>

#include "emu/runtime/frame.h"
#include "emu/runtime/signature.h"

namespace gogoscope::runtime {

using Body = std::function<void(Frame&)>;

/// Something a slot computes: a constant, a variable, or a function of the frame.
class Value {
 public:
  template <class T, std::enable_if_t<std::is_integral_v<T>, int> = 0>
  Value(T constant) : compute_([n = static_cast<std::uint64_t>(constant)](Frame&) { return n; }) {}  // NOLINT
  Value(Var var) : compute_([var](Frame& f) { return f.get(var); }) {}                               // NOLINT
  template <class F, std::enable_if_t<std::is_invocable_v<F, Frame&>, int> = 0>
  Value(F compute)
      : compute_([compute](Frame& f) { return static_cast<std::uint64_t>(compute(f)); }) {}  // NOLINT
  std::uint64_t operator()(Frame& f) const { return compute_(f); }

 private:
  std::function<std::uint64_t(Frame&)> compute_;
};

struct FrameSize {
  int bytes = 0;            ///< by which the prologue lowers SP, saved BP included (facts: frames of 1.16.4)
  bool stack_check = true;  ///< false: NOSPLIT
  bool ours = false;        ///< Go inlines the function: the size is not a real one
  bool needs_context = false;  ///< a closure: morestack must keep DX
};

/// One line of assembler text and what the host does there.
struct Statement {
  std::string plan9;  ///< "BYTE $0x90", "CALL runtime·casgstatus(SB)", "RET"
  std::string text;   ///< what it is called on screen
  std::uint32_t go_line = 0;
  Body body;  ///< may be empty
};

class GoFunction {
 public:
  GoFunction(const Signature& signature, FrameSize frame);

  // The frame.
  Var param(std::string_view name) const;
  Var result(std::string_view name) const;
  Var local(std::string name, std::string type = {});
  static Var in_register(Reg reg) { return {Var::Home::reg, 0, 8, reg}; }

  // Lines, in the order of the source. What follows belongs to the line last begun.
  GoFunction& line(std::string text);
  GoFunction& does(Body body);
  GoFunction& set(Var var, Value value);
  GoFunction& store(Value base, const Field& field, Value value);
  /// One slot that stores the arguments of a call into the outgoing area.
  GoFunction& arguments(const Signature& callee, std::initializer_list<Value> arguments);
  /// Arguments (no slot if there are none), then a real CALL.
  GoFunction& call(const Signature& callee, std::initializer_list<Value> arguments = {});
  /// A CALL of assembly that takes no arguments on the stack, by its assembler name "main·main".
  GoFunction& call_symbol(std::string_view assembler_name);
  /// Takes a result of the call just made out of the outgoing area.
  GoFunction& take(const Signature& callee, std::size_t result, Var into);
  GoFunction& jump(Label target);
  GoFunction& jump_if(Value condition, Label target);
  GoFunction& jump_unless(Value condition, Label target);
  GoFunction& ret();
  /// A real CALL of runtime.throw with a message that lies in the guest's data.
  GoFunction& throws(std::string message);
  /// Go does something here that this model leaves out; reaching it ends the run and says so.
  GoFunction& left_out(std::string what);
  /// A real instruction, in assembler syntax.
  GoFunction& instruction(std::string plan9);
  /// The slot last written takes `bytes` of code, as the compiler's instructions for it do.
  GoFunction& wide(int bytes);

  Label label() { return {label_count_++}; }
  /// The line does nothing any more; its slots keep their places, where labels may lead.
  GoFunction& leave_out(std::uint32_t go_line);
  /// The next slot is where the label leads.
  GoFunction& at(Label label);

  // For the linker of emu/runtime/program.cpp.
  const Signature& signature() const { return signature_; }
  const FrameSize& frame() const { return frame_; }
  const std::vector<std::string>& lines() const { return lines_; }
  /// The lines before the first was left out; empty where none was.
  const std::vector<std::string>& intact_lines() const { return intact_lines_; }
  const std::vector<Statement>& statements() const { return statements_; }
  const std::vector<std::size_t>& label_statements() const { return label_statements_; }
  const std::vector<FrameVar>& vars() const { return vars_; }
  /// String constants of its lines.
  const std::vector<std::string>& strings() const { return strings_; }
  std::string assembler_text() const;

 private:
  GoFunction& add(std::string plan9, Body body, std::string what = {});

  Signature signature_;
  FrameSize frame_;
  std::vector<std::string> lines_, intact_lines_;
  std::vector<Statement> statements_;
  std::vector<std::size_t> label_statements_;  ///< label id -> index of its statement
  std::size_t label_count_ = 0;
  std::vector<FrameVar> vars_;
  std::vector<std::string> strings_;
  int locals_ = 0;    ///< bytes of locals so far
  int outgoing_ = 0;  ///< bytes of outgoing area so far
};

/// "runtime.casgstatus" as the assembler writes it: "runtime·casgstatus".
std::string assembler_name(std::string_view go_name);

/// The symbol under which bodies find a string constant, as Go's linker calls it: go.string."deadlock!".
std::string string_symbol(std::string_view text);

}  // namespace gogoscope::runtime
