// How a modelled Go function is written down: the lines of its source, each with the slots that carry it out.
//
//   GoFunction f(sig::dropg, FrameSize{.bytes = 16, .ours = true});
//   const Var _g_ = f.local("_g_", "*g");
//   f.line("func dropg() {");
//   f.line("    _g_ := getg()").set(_g_, [](Frame& x) { return x.getg(); });
//   f.line("    setGNoWB(&_g_.m.curg, nil)").store(own_m, go.m("curg"), 0);
//   f.if_("    if _g_.m.locks != 0 {", load(own_m, go.m("locks")), [&] {
//     f.line("        throw(\"holding locks\")").throws("holding locks");
//   });
//   f.line("}").ret();
//
// It becomes a TEXT for the assembler: Go's prologue and stack check, a NOP for each slot, real CALLs, Go's
// epilogue; the bodies run when the guest reaches their NOP. So frames, return addresses, breakpoints,
// stepping and undo are the same in modelled and in real code.
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/message.h"
#include "emu/runtime/signature.h"
#include "emu/runtime/value.h"

namespace gogoscope::runtime {

using Body = std::function<void(Frame&)>;

/// Writes the lines of a block.
using Block = std::function<void()>;

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
  Stores stores;
  std::vector<Body> forced;  ///< of a test: what it does if it comes out false, and if it comes out true
};

class GoFunction {
 public:
  GoFunction(const Signature& signature, FrameSize frame);

  // The frame.
  Var param(std::string_view name) const;
  Var result(std::string_view name) const;
  Var local(std::string name, std::string type = {});
  /// Bytes of the frame for a local array, without a name on screen. Its place is that of its first byte.
  Var array(std::uint64_t bytes);
  static Var in_register(Reg reg) { return {Var::Home::reg, 0, 8, reg}; }

  // Lines, in the order of the source. What follows belongs to the line last begun.
  GoFunction& line(std::string text);
  /// A slot that jumps, ends the run or asks the system for something.
  GoFunction& does(Body body);
  /// A slot that stores.
  GoFunction& stores(Body body, Stores what = {.memory = true});
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
  /// One slot: base.field += n.
  GoFunction& add(Value base, const Field& field, Value n);
  GoFunction& ret();
  /// A real CALL with a string constant, which is in the guest's data, as the only argument.
  GoFunction& call_with(const Signature& callee, const std::string& text);
  /// A real CALL of runtime.throw with a message that is in the guest's data.
  GoFunction& throws(std::string message);
  /// Go does something here that this model leaves out; reaching it ends the run and says so.
  GoFunction& left_out(Pattern what);
  /// A real instruction, in assembler syntax.
  GoFunction& instruction(std::string plan9);
  /// The slot last written takes `bytes` of code, as the compiler's instructions for it do.
  GoFunction& wide(int bytes);

  // Blocks. A text begins a line; without one a block belongs to the line last begun. A line that opens a
  // brace gets its closing line from the block. Jumps lead where Go's do; none is written after what never
  // goes on.
  GoFunction& if_(Condition condition, const Block& then);
  GoFunction& if_(std::string text, Condition condition, const Block& then);
  /// Directly after an if_ or else_if.
  GoFunction& else_(const Block& otherwise);
  GoFunction& else_(std::string text, const Block& otherwise);
  GoFunction& else_if(std::string text, Condition condition, const Block& then);
  /// A loop. The jump back belongs to the last line of the body; where `step` is given, step and jump belong
  /// to the closing line, and a `continue` leads to the step.
  GoFunction& for_(Condition condition, const Block& body, const Block& step = nullptr);
  GoFunction& for_(std::string text, Condition condition, const Block& body, const Block& step = nullptr);
  /// Without a condition: only break, goto and return leave it.
  GoFunction& forever(const Block& body, const Block& step = nullptr);
  GoFunction& forever(std::string text, const Block& body, const Block& step = nullptr);
  /// Once, and again until the condition holds.
  GoFunction& repeat(const Block& body, Condition until);
  /// The lines between braces that a slot already written guards.
  GoFunction& block(const Block& body);
  GoFunction& break_();
  GoFunction& continue_();
  /// One slot for each test: `if condition { break }`.
  GoFunction& break_if(Condition condition);
  GoFunction& continue_if(Condition condition);

  // Go's own labels.
  Label label();
  /// The next slot is where the label leads.
  GoFunction& at(Label label);
  GoFunction& goto_(Label target);
  GoFunction& goto_if(Condition condition, Label target);

  // Lines broken on purpose. Any line can be left out, or wrong in a way that follows from what its slots do:
  // a question answered `always` or `never`; one of its tests that comes out as it does not, `test-2-true`; a
  // store of a `wrong-value`, whose lowest bit is flipped. Where a line has several, a number says which.
  /// The line last begun could be wrong in this way: `slots` writes as many slots as the line has, of the
  /// same sizes. Scenarios choose it by its name; `text` is then shown instead of the line.
  GoFunction& wrong(std::string name, std::string text, const Block& slots);
  /// The block that follows on this line could ask this instead.
  GoFunction& wrong_if(std::string name, std::string text, Condition condition);
  /// The line does nothing any more; its slots keep their places, where jumps may lead.
  GoFunction& leave_out(std::uint32_t go_line);
  /// The line becomes that wrong one.
  GoFunction& replace(std::uint32_t go_line, std::string_view wrong_name);
  /// Names of the wrong variants that a line was written with.
  std::vector<std::string> wrong_names(std::uint32_t go_line) const;
  /// Names of those that follow from its slots.
  std::vector<std::string> mechanical_names(std::uint32_t go_line) const;

  // For the linker of emu/runtime/program.cpp.
  const Signature& signature() const { return signature_; }
  const FrameSize& frame() const { return frame_; }
  const std::vector<std::string>& lines() const { return lines_; }
  /// The lines before the first was left out or replaced; empty where none was.
  const std::vector<std::string>& intact_lines() const { return intact_lines_; }
  const std::vector<Statement>& statements() const { return statements_; }
  const std::vector<std::size_t>& label_statements() const { return label_statements_; }
  const std::vector<FrameVar>& vars() const { return vars_; }
  /// String constants of its lines.
  const std::vector<std::string>& strings() const { return strings_; }
  std::string assembler_text() const;

 private:
  /// A line that is wrong on purpose, ready to take the place of the right one.
  struct Wrong {
    std::string name;
    std::string text;
    std::uint32_t go_line = 0;
    std::size_t first = 0;  ///< statement
    std::vector<Statement> statements;
  };
  /// One that follows from a slot.
  struct Mechanical {
    std::string name;
    std::size_t statement = 0;
    Body body;
  };
  /// What an `if` or a `for` asks: its slots, and where they lead.
  struct Question {
    std::size_t first = 0, end = 0;  ///< statements
    Label yes, no;
  };
  struct PendingWrong {
    std::string name;
    std::string text;
    Condition condition;
  };
  struct Loop {
    Label next, end;
  };
  /// The if_ that an else_ may follow.
  struct OpenIf {
    Label otherwise, end;
    std::size_t lines = 0;       ///< of the function after it: an else_ elsewhere is a mistake
    std::size_t statements = 0;  ///< likewise
    bool goes_on = true;         ///< the end of its lines is reached
    bool braces = false;         ///< its last line is the closing brace
  };

  GoFunction& write(std::string plan9, Body body, std::string what = {});
  /// Slots that continue at `yes` or `no`; `on_yes` says which of both follows directly.
  void lower(const Condition& condition, Label yes, Label no, bool on_yes);
  /// The same, with the wrong conditions that wait for it.
  void ask(const Condition& condition, Label yes, Label no, bool on_yes);
  GoFunction& conditional_jump(const Value& value, bool when, Label target);
  std::vector<Mechanical> mechanical(std::uint32_t go_line) const;
  Wrong record(std::string name, std::string text, std::size_t first, const Block& slots);
  void then_block(Condition condition, const Block& then, Label end);
  void begin_else(std::string text);
  const Loop& innermost() const;
  void loop(const Condition* condition, const Block& body, const Block& step);
  /// True once for a line that opens a brace.
  bool claim_brace();
  void close_brace(std::size_t opened_by);
  /// A label that only jumps of ours lead to: where none does, nothing comes here.
  void bind(Label label);
  /// Stops the program: a function is written down wrongly.
  [[noreturn]] void wrong_use(std::string_view what) const;

  Signature signature_;
  FrameSize frame_;
  std::vector<std::string> lines_, intact_lines_;
  std::vector<Statement> statements_;
  std::vector<std::size_t> label_statements_;  ///< label id -> index of its statement
  std::vector<int> label_uses_;
  std::vector<Loop> loops_;
  std::vector<Question> questions_;
  std::vector<Wrong> wrongs_;
  std::vector<PendingWrong> pending_;
  std::size_t recorded_ = 0;  ///< statements of the right line while those of a wrong one are written
  OpenIf open_if_;
  std::size_t claimed_line_ = 0;  ///< the last line whose brace belongs to a block
  bool goes_on_ = true;           ///< whether what was written last may be followed by what comes next
  std::vector<FrameVar> vars_;
  std::vector<std::string> strings_;
  int locals_ = 0;    ///< bytes of locals so far
  int outgoing_ = 0;  ///< bytes of outgoing area so far
};

/// The NOP of a given length that Intel recommends, as bytes for the assembler.
std::string nop(int bytes);

/// "runtime.casgstatus" as the assembler writes it: "runtime·casgstatus".
std::string assembler_name(std::string_view go_name);

/// The symbol under which bodies find a string constant, as Go's linker calls it: go.string."deadlock!".
std::string string_symbol(std::string_view text);

}  // namespace gogoscope::runtime
