#include "emu/session/views/moment.h"

#include <algorithm>
#include <string>

#include "emu/layout/views.h"

namespace gogoscope {
namespace {

MomentView moment_without_transfers(const Cursor& cursor, const std::vector<Event>& record_events,
                                    const NameWords& words) {
  MomentView moment;
  moment.trace = &cursor.trace();
  moment.guest = &moment.trace->guest();
  moment.cursor = &cursor;
  moment.record_events = &record_events;
  moment.position = cursor.position();
  moment.steps = moment.trace->steps();
  moment.names = std::make_shared<Names>(*moment.guest, moment.state(), words);
  if (moment.position == 0) return moment;
  moment.executed = cursor.last();
  const std::span<const Event> so_far = moment.events_so_far();
  // The step that led to state k is k - 1; events come in order of steps.
  auto first = so_far.end();
  while (first != so_far.begin() && std::prev(first)->step + 1 == moment.position) --first;
  moment.events.assign(first, so_far.end());
  return moment;
}

}  // namespace

std::optional<BeforeStep> MomentView::before() const {
  if (!executed) return std::nullopt;
  return BeforeStep(state(), *executed);
}

const Store* MomentView::store_into(Addr addr, std::uint64_t size) const {
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

const RegChange* MomentView::change_of(Reg reg) const {
  // When another thread comes next, its registers are on screen, and the step has not touched those.
  if (!executed || executed->thread != state().thread()) return nullptr;
  for (const RegChange& change : executed->regs) {
    if (change.reg == reg) return &change;
  }
  return nullptr;
}

std::span<const Event> MomentView::events_so_far() const {
  const auto& all = *record_events;
  const auto end =
      std::partition_point(all.begin(), all.end(), [&](const Event& event) { return event.step < position; });
  return {all.data(), static_cast<std::size_t>(end - all.begin())};
}

std::span<const Event> MomentView::recent_events() const {
  constexpr std::size_t kMost = 4000;
  const std::span<const Event> all = events_so_far();
  return all.last(std::min(all.size(), kMost));
}

const Entity* MomentView::current_m() const {
  return entities().find(std::string("m").append(std::to_string(state().thread())));
}

const Entity* MomentView::goroutine(Addr selected) const {
  if (!selected.is_nil()) {
    if (const Entity* g = g_at(selected)) return g;
  }
  if (const Entity* m = current_m()) {
    const Addr curg = MView(guest->release->layout, state(), {m->addr}).curg().addr;
    if (const Entity* g = g_at(curg)) return g;
  }
  const std::span<const Event> recent = recent_events();
  for (auto it = recent.rbegin(); it != recent.rend(); ++it) {
    const auto* curg = it->as<CurgChange>();
    if (curg == nullptr || it->m != state().thread()) continue;
    if (const Entity* g = g_at(curg->from.addr)) return g;
  }
  for (const Entity& entity : entities().all()) {
    if (entity.kind == Entity::Kind::g && !entity.system) return &entity;
  }
  return nullptr;
}

MomentView moment_at(const Cursor& cursor, const std::vector<Event>& record_events, const NameWords& words) {
  MomentView moment = moment_without_transfers(cursor, record_events, words);
  moment.transfers = transfers(cursor);
  return moment;
}

MomentView moment_of(Session& session, const NameWords& words) {
  MomentView moment = moment_without_transfers(session.cursor(), session.events(), words);
  moment.transfers = session.transfers();
  return moment;
}

}  // namespace gogoscope
