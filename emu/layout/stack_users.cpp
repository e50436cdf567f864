#include "emu/layout/stack_users.h"

#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope {

StackUsers::StackUsers(const Guest& guest, const StateView& state, const Entities& entities)
    : guest_(guest), state_(state), stacks_(stacks(guest.release->layout, state, entities)) {
  const auto add = [&](ThreadId thread) {
    const Addr sp(state.reg(thread, Reg::rsp));
    const auto stack = stack_with_sp(sp);
    threads_.push_back({thread, stack ? stack->owner : nullptr});
  };
  add(state.thread());
  for (const Entity& m : entities.all()) {
    if (m.kind != Entity::Kind::m || m.index < 0 || m.index >= kMaxThreads) continue;
    const auto thread = static_cast<ThreadId>(m.index);
    if (thread != state.thread()) add(thread);
  }
}

std::optional<ThreadId> StackUsers::thread_on(const Entity* g) const {
  for (const Standing& standing : threads_) {
    if (standing.owner == g) return standing.thread;
  }
  return std::nullopt;
}

StackUse StackUsers::use_of(const Entity& g) const {
  if (thread_on(&g)) return StackUse::thread;
  const GView view(guest_.release->layout, state_, {g.addr});
  if (view.status() == kGdead) return StackUse::none;
  const auto stack = stack_of(guest_.release->layout, state_, g);
  return stack && stack->holds_sp(view.sched().sp()) ? StackUse::sched : StackUse::none;
}

}  // namespace gogoscope
