#include "emu/session/views/unset_locals.h"

#include <algorithm>

namespace gogoscope {

std::vector<Addr> unset_locals(const MomentView& moment) {
  const Function* function = moment.function();
  const Code& code = moment.guest->code;
  if (function == nullptr || !code.is_modelled(*function)) return {};
  const ThreadId thread = moment.state().thread();
  const Addr top = moment.state().sp() + code.sp_delta(moment.pc());
  std::vector<FrameVar> unset;
  for (const FrameVar& var : function->vars) {
    if (var.offset < 0) unset.push_back(var);
  }
  const auto begins = [&](const Image& state) {
    return state.thread() == thread && state.pc() == function->entry && state.sp() == top;
  };
  Cursor cursor(*moment.cursor);
  bool found = begins(cursor.state());
  for (int steps = 0; !found && !unset.empty() && steps < kMostStepsOfACall && cursor.back(); ++steps) {
    for (const Store& store : cursor.next().stores) {
      std::erase_if(unset, [&](const FrameVar& var) {
        const Addr at = top + var.offset;
        return store.addr < at + var.size && at < store.addr + store.size;
      });
    }
    found = begins(cursor.state());
  }
  std::vector<Addr> out;
  if (!found) return out;
  for (const FrameVar& var : unset) out.push_back(top + var.offset);
  return out;
}

}  // namespace gogoscope
