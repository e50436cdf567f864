#include "ui/view.h"

#include <algorithm>

#include "emu/layout/views.h"

namespace gogoscope {
namespace {

/// How many events back to look for the goroutine that ran last: enough for many Ms, and quickly read.
constexpr std::ptrdiff_t kEventsBack = 4000;

}  // namespace

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

std::span<const Event> View::events_so_far() const {
  const auto& all = *record_events;
  const auto end =
      std::partition_point(all.begin(), all.end(), [&](const Event& event) { return event.step < position; });
  return {all.data(), static_cast<std::size_t>(end - all.begin())};
}

const Entity* View::current_m() const {
  return names->entities().find(std::string("m").append(std::to_string(state().thread())));
}

const Entity* View::goroutine(Addr selected) const {
  const Entities& entities = names->entities();
  if (!selected.is_nil()) {
    if (const Entity* g = entities.at(selected, Entity::Kind::g)) return g;
  }
  if (const Entity* m = current_m()) {
    const Addr curg = MView(*guest->layout, state(), {m->addr}).curg().addr;
    if (const Entity* g = entities.at(curg, Entity::Kind::g)) return g;
  }
  const std::span<const Event> events_before = events_so_far();
  const auto count = std::min(static_cast<std::ptrdiff_t>(events_before.size()), kEventsBack);
  for (auto it = events_before.rbegin(); it != events_before.rbegin() + count; ++it) {
    const auto* curg = it->as<CurgChange>();
    if (curg == nullptr || it->m != state().thread()) continue;
    if (const Entity* g = entities.at(curg->from.addr, Entity::Kind::g)) return g;
  }
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::g && !entity.system) return &entity;
  }
  return nullptr;
}

View view_of(Session& session, Language language) {
  View view;
  view.guest = &session.guest();
  view.trace = &session.trace();
  view.cursor = &session.cursor();
  view.breakpoints = &session.breakpoints();
  view.record_events = &session.events();
  view.live = session.live();
  view.transfers = session.transfers();
  view.position = session.cursor().position();
  view.steps = session.trace().steps();
  view.names = std::make_shared<Names>(*view.guest, view.state(), name_words(language));
  if (view.position > 0) {
    view.executed = session.cursor().last();
    const std::span<const Event> so_far = view.events_so_far();
    // The step that led to state k is k - 1; events come in order of steps.
    auto first = so_far.end();
    while (first != so_far.begin() && std::prev(first)->step + 1 == view.position) --first;
    view.events.assign(first, so_far.end());
  }
  return view;
}

}  // namespace gogoscope
