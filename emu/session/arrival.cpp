#include "emu/session/arrival.h"

#include <algorithm>

#include "emu/guest/thread_table.h"

namespace gogoscope {
namespace {

bool first_turn(const Guest& guest, const Step& step) {
  const auto threads = ThreadTable::of(guest);
  if (!threads) return false;
  const Addr state = threads->row_addr(step.next_thread) + ThreadRow::kState;
  return std::any_of(step.stores.begin(), step.stores.end(), [&](const Store& store) {
    return store.addr == state && store.old_value == static_cast<std::uint64_t>(ThreadState::fresh);
  });
}

}  // namespace

bool arrives_at(const std::vector<CodeAddr>& places, const Cursor& at) {
  if (std::find(places.begin(), places.end(), at.state().pc()) == places.end()) return false;
  if (at.position() == 0) return true;
  const Step last = at.last();
  switch (last.kind) {
    case StepKind::thread:
      return first_turn(at.trace().guest(), last);
    case StepKind::edit:
      return std::any_of(last.regs.begin(), last.regs.end(),
                         [](const RegChange& change) { return change.reg == Reg::rip; });
    default:
      return true;
  }
}

bool starts_line(const Cursor& at) {
  const Code& code = at.trace().guest().code;
  const CodeAddr pc = at.state().pc();
  if (code.starts_line(pc)) return true;
  if (code.rows().empty() || at.position() == 0) return false;
  const Step last = at.last();
  return last.kind == StepKind::instruction && pc < last.pc && code.line_at(pc) == code.line_at(last.pc) &&
         code.function_at(pc) == code.function_at(last.pc);
}

}  // namespace gogoscope
