#include "ui/view.h"

#include <algorithm>

namespace gogoscope {

const Store* View::store_into(Addr addr, std::uint64_t size) const {
  if (!executed) return nullptr;
  const Store* found = nullptr;
  // The last one wins: it made the value that is shown.
  for (const Store& store : executed->stores) {
    const bool apart =
        store.addr + store.size <= addr || addr + static_cast<std::int64_t>(size) <= store.addr;
    if (!apart) found = &store;
  }
  return found;
}

const RegChange* View::change_of(Reg reg) const {
  // When another thread comes next, its registers are on screen, and the step has not touched those.
  if (!executed || executed->thread != state().thread()) return nullptr;
  for (const RegChange& change : executed->regs) {
    if (change.reg == reg) return &change;
  }
  return nullptr;
}

View view_of(Session& session) {
  View view;
  view.guest = &session.guest();
  view.trace = &session.trace();
  view.cursor = &session.cursor();
  view.breakpoints = &session.breakpoints();
  view.record_events = &session.events();
  view.live = session.live();
  view.position = session.cursor().position();
  view.steps = session.trace().steps();
  view.names = std::make_shared<Names>(*view.guest, view.state());
  if (view.position > 0) {
    view.executed = session.cursor().last();
    const auto& all = *view.record_events;
    const std::uint64_t step = view.position - 1;
    // The step that led to state k is k - 1; events come in order of steps.
    auto it = std::lower_bound(all.begin(), all.end(), step,
                               [](const Event& event, std::uint64_t s) { return event.step < s; });
    for (; it != all.end() && it->step == step; ++it) view.events.push_back(*it);
  }
  return view;
}

}  // namespace gogoscope
