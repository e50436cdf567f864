#include "emu/layout/frames.h"

#include <algorithm>
#include <string_view>

#include "emu/layout/stacks.h"

namespace gogoscope {
namespace {

/// gogo, mcall and systemstack load SP from memory; from there on the table of SP distances, which counts
/// from the entry, is on the other stack. systemstack does it twice: the second load goes back.
bool stands_on_other_stack(const Code& code, const Function& f, CodeAddr pc) {
  if (code.is_modelled(f)) return false;
  const auto& all = code.instructions();
  auto it = std::lower_bound(all.begin(), all.end(), f.entry,
                             [](const Instruction& i, CodeAddr entry) { return i.pc < entry; });
  int loads = 0;
  for (; it != all.end() && it->pc < pc; ++it) {
    const std::string_view text = it->text;
    if (text.substr(0, 5) == "MOVQ " && text.size() > 4 && text.substr(text.size() - 4) == ", SP") ++loads;
  }
  return loads % 2 == 1;
}

}  // namespace

bool tops_stack(const Function& function) {
  const std::string_view name = function.go_name();
  return name == "runtime.goexit" || name == "runtime.mstart" || name == "runtime.mcall" ||
         name == "runtime.morestack" || name == "runtime.rt0_go" || name == "runtime.asmcgocall";
}

std::vector<FrameRef> frames_from(const Guest& guest, const MemoryView& memory, const Entities& entities,
                                  CodeAddr pc, Addr sp) {
  return frames_from(guest, memory, stack_with_sp(guest.release->layout, memory, entities, sp), pc, sp);
}

std::vector<FrameRef> frames_from(const Guest& guest, const MemoryView& memory,
                                  const std::optional<StackRef>& stack, CodeAddr pc, Addr sp) {
  std::vector<FrameRef> out;
  const Code& code = guest.code;
  for (bool innermost = true; out.size() < kMaxFrames; innermost = false) {
    // A call may be the last instruction of its function: then PC is in the next one, PC - 1 is not.
    // Where PC is an entry nothing was called: systemstack plants the address of mstart as a return address.
    // Innermost, PC is after its function where the run has ended in the last instruction.
    const Function* f = code.function_at(pc);
    const bool itself = f != nullptr && (innermost || f->entry == pc);
    const CodeAddr within = itself ? pc : pc + -1;
    if (!itself) f = code.function_at(within);
    if (f == nullptr) break;

    const bool switched = stands_on_other_stack(code, *f, within);
    const Addr top = sp + (switched ? 0 : code.sp_delta(within));
    out.push_back({f, pc, sp, top, switched});
    if (stack && !stack->holds_word(top)) break;
    const auto return_address = memory.load(top);
    const bool starts_the_stack = tops_stack(*f) && !(innermost && f->go_name() == "runtime.mcall");
    if (switched || starts_the_stack || !return_address) break;
    pc = CodeAddr(*return_address);
    sp = top + 8;
  }
  return out;
}

std::vector<FrameRef> frames(const Guest& guest, const StateView& state, const Entities& entities,
                             ThreadId thread) {
  return frames_from(guest, state, entities, CodeAddr(state.reg(thread, Reg::rip)),
                     Addr(state.reg(thread, Reg::rsp)));
}

std::vector<FrameRef> frames(const Guest& guest, const StateView& state, ThreadId thread) {
  return frames(guest, state, Entities(guest, state), thread);
}

}  // namespace gogoscope
