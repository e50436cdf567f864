#include "emu/port/told_step.h"

#include <algorithm>

#include "emu/disasm/code_text.h"
#include "emu/guest/signal_words.h"
#include "emu/guest/vsyscall_page.h"
#include "emu/history/named_cursor.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

/// Whether the kernel has taken the step: no instruction has run.
bool enters_handler(const Code& code, const Step& step) {
  const DataSymbol* const noted = code.data("kernel.signal");
  return noted != nullptr && std::ranges::any_of(step.stores, [&](const Store& store) {
           return store.addr == noted->addr + SignalWords::kEntered;
         });
}

void tell_place(ToldStep& told, const Guest& guest, const MemoryView& memory) {
  const Code& code = guest.code;
  if (told.step.kind == StepKind::thread) {
    told.sym = code.symbolize(told.step.pc);
    told.text = "(turn to m" + std::to_string(told.step.next_thread) + ")";
    return;
  }
  told.real = is_real(code, told.step.pc);
  const Function* function = code.function_at(told.step.pc);
  told.changed = function != nullptr && function->kind == FunctionKind::changed;
  told.sym = code.symbolize(told.step.pc);
  if (told.step.kind == StepKind::edit) {
    told.text = "(edit)";
    return;
  }
  if (in_vsyscall_page(told.step.pc.value())) {
    told.text = "(a vsyscall)";
    return;
  }
  if (enters_handler(code, told.step)) {
    told.text = "(a signal)";
    return;
  }
  const Instruction* insn = code.instruction_at(told.step.pc);
  if (insn == nullptr) {
    const CodeText read = code_text(memory, told.step.pc);
    told.text = read.text;
    told.bytes = code_bytes(memory, told.step.pc, read.length);
    const LineRef at = code.line_at(told.step.pc);
    if (!at.known() || at.source >= code.sources().size()) return;
    told.source = &code.sources()[at.source];
    told.line = at.line;
    return;
  }
  told.text = column_text(insn->text);
  told.bytes = code_bytes(memory, insn->pc, insn->size);
  if (insn->function >= code.functions().size()) return;
  const Function& f = code.functions()[insn->function];
  if (f.source < code.sources().size() && insn->line != 0) {
    told.source = &code.sources()[f.source];
    told.line = insn->line;
  }
}

}  // namespace

void tell_steps(const Trace& trace, const std::vector<Event>& events, std::uint64_t from, std::uint64_t to,
                const std::function<void(const ToldStep&)>& tell) {
  const Guest& guest = trace.guest();
  NamedCursor cursor(trace, from);
  to = std::min(to, trace.steps());
  while (cursor.position() < to) {
    ToldStep told;
    told.step = cursor.next();
    tell_place(told, guest, cursor.state());
    // Names are those of the state after the step: what a CALL pushes is a return address only then.
    cursor.forward();
    const Names names = cursor.names();
    for (const RegChange& r : told.step.regs) {
      const bool plain = r.reg == Reg::rip || r.reg == Reg::rflags;
      told.reg_meanings.push_back(plain ? std::string() : names.meaning(r.new_value));
    }
    for (const OtherRegChange& r : told.step.other_regs) {
      const bool plain = r.change.reg == Reg::rip || r.change.reg == Reg::rflags;
      told.other_reg_meanings.push_back(plain ? std::string() : names.meaning(r.change.new_value));
    }
    for (const Store& s : told.step.stores) {
      told.writes.push_back(
          {s, names.describe(s.addr, s.size), s.size == 8 ? names.meaning(s.new_value) : ""});
    }
    told.events = events_of(events, told.step.index);
    tell(told);
  }
}

}  // namespace gogoscope
