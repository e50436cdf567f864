#include "asm/frame.h"

#include <algorithm>
#include <utility>

#include "asm/encoder.h"
#include "asm/instruction_set.h"

namespace plan9 {
namespace {

// Go's runtime/stack.go and cmd/internal/objabi, the same from 1.15 to 1.19: how deep a function may go below
// the guard.
constexpr std::int32_t kStackSmall = 128;
constexpr std::int32_t kStackBig = 4096;
constexpr std::int32_t kStackGuard = 928;
constexpr std::int32_t kStackPreempt = -1314;  // what stackguard0 holds when the scheduler wants the g

class FrameBuilder {
 public:
  FrameBuilder(Function& function, const StackCheck& check, Diagnostics& diagnostics)
      : f_(function), check_(check), diagnostics_(diagnostics) {}

  void build() {
    decide();
    resolve_jumps();
    std::vector<Instruction> old = std::exchange(f_.body, {});
    std::vector<std::uint32_t> moved(old.size() + 1);
    if (!f_.nosplit) stack_check();
    prologue();
    const std::size_t begin = f_.body.size();
    for (std::size_t n = 0; n < old.size(); ++n) {
      moved[n] = static_cast<std::uint32_t>(f_.body.size());
      user(std::move(old[n]));
    }
    moved[old.size()] = static_cast<std::uint32_t>(f_.body.size());
    for (std::size_t n = begin; n < f_.body.size(); ++n) {
      if (f_.body[n].target) f_.body[n].target = moved[*f_.body[n].target];
    }
    // A label may follow the last instruction: it needs something to point to.
    f_.body.emplace_back();
    f_.body.back().place = f_.place;
    f_.body.back().sp_delta = delta_;
    if (!f_.nosplit) call_morestack();
  }

 private:
  static Operand reg(Register r) {
    Operand o;
    o.kind = OperandKind::reg;
    o.reg = r;
    return o;
  }
  static Operand imm(std::int64_t value) {
    Operand o;
    o.kind = OperandKind::imm;
    o.value = value;
    return o;
  }
  static Operand mem(Register base, std::int64_t offset) {
    Operand o;
    o.kind = OperandKind::mem;
    o.base = base;
    o.value = offset;
    return o;
  }

  Instruction& add(LineKind kind, const Place& place, std::string_view name, std::vector<Operand> operands,
                   std::string text) {
    Instruction i;
    i.form = instruction_named(name);
    i.operands = std::move(operands);
    for (Operand& o : i.operands) o.place = place;
    i.place = place;
    i.kind = kind;
    i.text = std::move(text);
    i.sp_delta = delta_;
    f_.body.push_back(std::move(i));
    return f_.body.back();
  }

  /// Which of the additions this function gets: the rules are Go's, its reasons in short. A NOSPLIT function
  /// without frame is runtime code that a saved BP would confuse; a leaf without frame needs none.
  void decide() {
    bool has_call = false;
    bool leaf = true;
    for (const Instruction& i : f_.body) {
      if (i.form->shape != Shape::call) continue;
      has_call = true;
      if (!is_short_panic(i)) leaf = false;
    }
    f_.nosplit = (f_.flags & text_flag::nosplit) != 0;
    const bool frameless = f_.locals == 0 && (f_.nosplit || !has_call);
    f_.saves_bp = (f_.flags & text_flag::noframe) == 0 && !frameless;
    f_.frame = static_cast<std::int32_t>(f_.locals) + (f_.saves_bp ? 8 : 0);
    // A leaf that stays within the red zone below the guard needs no check.
    if (f_.frame >= kStackSmall || (has_call && f_.frame >= kStackSmall - 8)) leaf = false;
    if (leaf) f_.nosplit = true;
  }

  // Calls that never return and take nothing: Go does not count them against a leaf.
  static bool is_short_panic(const Instruction& i) {
    static constexpr std::string_view kNames[] = {"runtime.panicindex", "runtime.panicslice",
                                                  "runtime.panicdivide", "runtime.panicwrap",
                                                  "runtime.panicshift"};
    return i.operands.size() == 1 && i.operands[0].pseudo == Pseudo::symbol &&
           std::find(std::begin(kNames), std::end(kNames), i.operands[0].symbol) != std::end(kNames);
  }

  /// Labels and 2(PC) become indices into the body as written; build() moves them on with it.
  void resolve_jumps() {
    const auto size = static_cast<std::int64_t>(f_.body.size());
    for (std::int64_t n = 0; n < size; ++n) {
      Instruction& i = f_.body[static_cast<std::size_t>(n)];
      if (!is_local_jump(i)) continue;
      const Operand& to = i.operands[0];
      if (to.kind == OperandKind::label) {
        const auto found = f_.labels.find(to.text);
        if (found == f_.labels.end()) {
          std::vector<std::string_view> known;
          for (const auto& [name, label] : f_.labels) known.push_back(name);
          diagnostics_.error(to.place, {{"label {label} is not defined in {function}{hint}",
                                         "{function} 中没有定义标号 {label}{hint}"},
                                        {{"label", in_quotes(to.text)},
                                         {"function", f_.name},
                                         {"hint", did_you_mean(to.text, known)}}});
          continue;
        }
        i.target = found->second.instruction;
      } else if (to.value < -n || to.value >= size - n) {
        diagnostics_.error(
            to.place, {{"jump leads out of {function}", "跳转越出了 {function}"}, {{"function", f_.name}}});
      } else {
        i.target = static_cast<std::uint32_t>(n + to.value);
      }
    }
    follow_jumps();
  }

  /// Go sends a jump to an unconditional jump straight to where that one leads; a jump into an endless
  /// circle of jumps becomes a circle of its own.
  void follow_jumps() {
    constexpr int kEndless = 5000;
    // A text made of nothing but chained jumps keeps some of them: that is slower, not wrong.
    std::size_t budget = 100'000 + 64 * f_.body.size();
    const auto leads_on = [&](const Instruction& i) {
      return i.form->shape == Shape::branch && !i.form->conditional && i.target.has_value();
    };
    std::vector<bool> endless(f_.body.size());
    for (std::uint32_t n = 0; n < f_.body.size() && budget > 0; ++n) {
      std::optional<std::uint32_t>& target = f_.body[n].target;
      if (!target) continue;
      std::uint32_t end = *target;
      int steps = 0;
      while (end < f_.body.size() && leads_on(f_.body[end]) && !endless[end] && steps < kEndless &&
             budget > 0) {
        end = *f_.body[end].target;
        ++steps;
        --budget;
      }
      if (budget == 0) break;
      endless[n] = steps == kEndless;
      target = endless[n] ? n : end;
    }
  }

  /// Three forms, by the size of the frame. Small frames may reach 128 bytes below the guard, so SP itself
  /// is compared; larger ones compare where the frame would end.
  void stack_check() {
    const bool in_r14 = check_.g == StackCheck::G::in_r14;
    const Register g = in_r14 ? kR14 : kCx;
    const Register end = in_r14 ? kR12 : kAx;
    const std::string g_name = in_r14 ? "R14" : "CX", end_name = in_r14 ? "R12" : "AX";
    const std::string guard = std::to_string(check_.guard) + "(" + g_name + ")";
    const std::int64_t beyond = std::int64_t{f_.frame} - kStackSmall;
    check("MOVQ", {mem(kTls, 0), reg(g)}, "MOVQ (TLS), " + g_name);
    if (f_.frame <= kStackSmall) {
      check("CMPQ", {reg(kSp), mem(g, check_.guard)}, "CMPQ SP, " + guard);
    } else if (f_.frame <= kStackBig) {
      check("LEAQ", {mem(kSp, -beyond), reg(end)}, "LEAQ -" + std::to_string(beyond) + "(SP), " + end_name);
      check("CMPQ", {reg(end), mem(g, check_.guard)}, "CMPQ " + end_name + ", " + guard);
    } else if (in_r14) {
      // SP minus the frame could wrap around: the carry says so.
      check("MOVQ", {reg(kSp), reg(end)}, "MOVQ SP, " + end_name);
      check("SUBQ", {imm(beyond), reg(end)}, "SUBQ $" + std::to_string(beyond) + ", " + end_name);
      to_morestack("JCS");
      check("CMPQ", {reg(end), mem(g, check_.guard)}, "CMPQ " + end_name + ", " + guard);
    } else {
      // It could wrap around here as well, so the distance to the guard is compared instead, and the huge
      // value that asks for preemption is looked for first.
      const std::int64_t room = beyond + kStackGuard;
      check("MOVQ", {mem(g, check_.guard), reg(kSi)}, "MOVQ " + guard + ", SI");
      check("CMPQ", {reg(kSi), imm(kStackPreempt)}, "CMPQ SI, $-1314");
      to_morestack("JEQ");
      check("LEAQ", {mem(kSp, kStackGuard), reg(end)}, "LEAQ 928(SP), AX");
      check("SUBQ", {reg(kSi), reg(end)}, "SUBQ SI, AX");
      check("CMPQ", {reg(end), imm(room)}, "CMPQ AX, $" + std::to_string(room));
    }
    to_morestack("JLS");
  }

  void check(std::string_view name, std::vector<Operand> operands, std::string text) {
    add(LineKind::prologue, f_.place, name, std::move(operands), std::move(text));
  }

  void to_morestack(std::string_view jump) {
    to_tail_.push_back(f_.body.size());
    check(jump, {}, std::string(jump) + " morestack");
  }

  void call_morestack() {
    // Logically this is still the prologue: no frame yet.
    delta_ = 0;
    const std::string name =
        (f_.flags & text_flag::needctxt) != 0 ? "runtime.morestack" : "runtime.morestack_noctxt";
    Operand callee;
    callee.kind = OperandKind::mem;
    callee.pseudo = Pseudo::symbol;
    callee.symbol = name;
    for (const std::size_t jump : to_tail_) f_.body[jump].target = static_cast<std::uint32_t>(f_.body.size());
    add(LineKind::prologue, f_.place, "CALL", {callee}, "CALL " + name + "(SB)");
    add(LineKind::prologue, f_.place, "JMP", {}, "JMP " + f_.name + "(SB)").target = 0;
  }

  /// Lowers SP by `down` bytes, or raises it.
  void move_sp(LineKind kind, const Place& place, std::int64_t down) {
    // $-128 fits in one byte where $128 does not, so those two change sign with the operation.
    if (down == 0) return;
    const bool add_positive = down == 128 || (down < 0 && down != -128);
    const std::int64_t value = add_positive ? -down : down;
    const std::string_view name = add_positive ? "ADDQ" : "SUBQ";
    add(kind, place, name, {imm(value), reg(kSp)}, std::string(name) + " $" + std::to_string(value) + ", SP");
    delta_ += static_cast<std::int32_t>(down);
  }

  /// The slot of the saved BP is the highest of the frame, right below the return address: following BP
  /// from slot to slot walks the stack.
  void prologue() {
    if (f_.frame == 0) return;
    move_sp(LineKind::prologue, f_.place, f_.frame);
    if (!f_.saves_bp) return;
    const std::int32_t slot = f_.frame - 8;
    const std::string at = (slot == 0 ? "" : std::to_string(slot)) + "(SP)";
    add(LineKind::prologue, f_.place, "MOVQ", {reg(kBp), mem(kSp, slot)}, "MOVQ BP, " + at);
    add(LineKind::prologue, f_.place, "LEAQ", {mem(kSp, slot), reg(kBp)}, "LEAQ " + at + ", BP");
  }

  void user(Instruction i) {
    i.sp_delta = delta_;
    switch (i.form->shape) {
      case Shape::ret:
        return ret(std::move(i));
      case Shape::adjust_sp:
        return adjust_sp(std::move(i));
      case Shape::push_pop:
        delta_ += i.form->sp_change;
        break;
      default:
        break;
    }
    f_.body.push_back(std::move(i));
  }

  void adjust_sp(Instruction i) {
    constexpr std::int64_t kMost = 1 << 30;
    if (i.operands.size() != 1 || i.operands[0].kind != OperandKind::imm) {
      diagnostics_.error(i.place,
                         {{"ADJSP takes one constant, written $value", "ADJSP 要一个常量，写作 $value"}});
      return;
    }
    const std::int64_t down = i.operands[0].value;
    if (down > kMost || down < -kMost || delta_ + down > kMost || delta_ + down < -kMost) {
      diagnostics_.error(i.operands[0].place, {{"ADJSP moves SP too far", "ADJSP 把 SP 移得太远"}});
      return;
    }
    const std::size_t before = f_.body.size();
    move_sp(LineKind::instruction, i.place, down);
    for (std::size_t n = before; n < f_.body.size(); ++n) f_.body[n].text = i.text;
  }

  /// The epilogue goes before the RET. RET name(SB) leaves the frame and then jumps: a tail call.
  void ret(Instruction i) {
    if (delta_ != f_.frame) {
      const std::int32_t off = delta_ - f_.frame;
      diagnostics_.error(i.place, {{"PUSH and POP do not balance at this RET: SP is {n} bytes too {where}",
                                    "执行到这个 RET 时 PUSH 与 POP 不配对：SP {where}了 {n} 字节"},
                                   {{"n", off < 0 ? -off : off},
                                    {"where", off > 0 ? TextView{"low", "低"} : TextView{"high", "高"}}}});
    }
    if (f_.frame != 0) {
      const std::int32_t inside = delta_;
      delta_ = f_.frame;
      if (f_.saves_bp) {
        const std::int32_t slot = f_.frame - 8;
        add(LineKind::epilogue, i.place, "MOVQ", {mem(kSp, slot), reg(kBp)},
            "MOVQ " + (slot == 0 ? std::string() : std::to_string(slot)) + "(SP), BP");
      }
      move_sp(LineKind::epilogue, i.place, -f_.frame);
      i.sp_delta = 0;
      // What follows belongs to a branch that has not left the frame.
      delta_ = inside;
    }
    const bool jumps = i.operands.size() == 1 && i.operands[0].kind == OperandKind::mem &&
                       i.operands[0].pseudo == Pseudo::symbol;
    if (jumps) i.form = instruction_named("JMP");
    f_.body.push_back(std::move(i));
  }

  Function& f_;
  const StackCheck& check_;
  Diagnostics& diagnostics_;
  std::int32_t delta_ = 0;
  std::vector<std::size_t> to_tail_;  ///< jumps of the stack check
};

}  // namespace

void add_frame(Function& function, const StackCheck& check, Diagnostics& diagnostics) {
  FrameBuilder(function, check, diagnostics).build();
}

}  // namespace plan9
