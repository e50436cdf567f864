#include "emu/session/views/lanes.h"

#include <algorithm>

#include "emu/layout/stacks.h"
#include "emu/layout/views.h"

namespace gogoscope {
const Segment* Lane::at(std::uint64_t state) const {
  if (segments.empty()) return nullptr;
  const auto after = std::upper_bound(segments.begin(), segments.end(), state,
                                      [](std::uint64_t s, const Segment& one) { return s < one.from; });
  return after == segments.begin() ? nullptr : &*std::prev(after);
}

const Segment* Lane::before(const Segment& segment) const {
  return &segment == segments.data() ? nullptr : &segment - 1;
}

std::vector<const Lane*> Lanes::all() const {
  std::vector<const Lane*> lanes;
  for (const auto& [id, lane] : ms_) lanes.push_back(&lane);
  for (const auto& [n, lane] : gs_) lanes.push_back(&lane);
  return lanes;
}

const Lane* Lanes::find(std::string_view name) const {
  if (name.size() < 2) return nullptr;
  const auto& lanes = name[0] == 'm' ? ms_ : gs_;
  const auto it = lanes.find(std::atoi(std::string(name.substr(1)).c_str()));
  return it != lanes.end() && it->second.name == name ? &it->second : nullptr;
}

Lanes::Change Lanes::follow(const MomentView& moment) {
  const bool cut = moment.trace != trace_ || moment.trace->cuts() != cuts_;
  if (!cut && moment.steps == steps_ && moment.record_events->size() == taken_) return Change::none;
  if (cut) start(moment);
  const std::vector<Event>& events = *moment.record_events;
  for (; taken_ < events.size(); ++taken_) take(events[taken_]);
  steps_ = moment.steps;
  for (auto* lanes : {&ms_, &gs_}) {
    for (auto& [index, lane] : *lanes) lane.segments.back().to = steps_;
  }
  return cut ? Change::replaced : Change::grew;
}

/// What no event reports: which gs exist at state 0, and in which status.
void Lanes::start(const MomentView& moment) {
  trace_ = moment.trace;
  cuts_ = moment.trace->cuts();
  steps_ = 0;
  taken_ = 0;
  ms_.clear();
  gs_.clear();
  owners_.clear();
  owner_numbers_.clear();
  const Cursor cursor(*moment.trace);
  const Layout& layout = moment.guest->release->layout;
  const Entities entities(*moment.guest, cursor.state());
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::g && !entity.system) {
      Lane& g = lane(Lane::Kind::g, entity.index, "g");
      g.segments.back().what = GView(layout, cursor.state(), {entity.addr}).status();
    } else if (entity.kind == Entity::Kind::m && entity.index >= 0 && entity.index < kMaxThreads) {
      const Addr sp(cursor.state().reg(static_cast<ThreadId>(entity.index), Reg::rsp));
      const auto stack = stack_with_sp(layout, cursor.state(), entities, sp);
      Lane& m = lane(Lane::Kind::m, entity.index, "m");
      m.segments.back().what = owner_index(stack ? stack->owner->g_id() : GId());
    }
  }
}

Lane& Lanes::lane(Lane::Kind kind, int index, std::string_view letter) {
  auto& lanes = kind == Lane::Kind::m ? ms_ : gs_;
  const auto [it, is_new] = lanes.try_emplace(index);
  if (is_new) {
    it->second.kind = kind;
    it->second.name = std::string(letter) + std::to_string(index);
    it->second.segments.push_back({0, 0, Lane::kAbsent});
  }
  return it->second;
}

std::uint32_t Lanes::owner_index(const GId& g) {
  const auto [it, is_new] = owner_numbers_.try_emplace(name(g), static_cast<std::uint32_t>(owners_.size()));
  const bool system = g.kind == GId::Kind::g0 || g.kind == GId::Kind::gsignal;
  if (is_new) owners_.push_back({it->first, system});
  return it->second;
}

void Lanes::change(Lane& lane, std::uint64_t state, std::uint32_t what) {
  Segment& last = lane.segments.back();
  // Two changes in one step: the second one counts.
  if (last.from == state) {
    last.what = what;
    return;
  }
  last.to = state;
  lane.segments.push_back({state, state, what});
}

/// A thread starts on its g0, and wakes on the stack on which it fell asleep.
void Lanes::take(const Event& event, const ThreadChange& thread) {
  using What = ThreadChange::What;
  Lane& m = lane(Lane::Kind::m, event.m, "m");
  const std::uint64_t state = event.step + 1;
  const GId g0{GId::Kind::g0, event.m, false, Addr()};
  if (thread.what == What::starts) {
    change(m, state, owner_index(g0));
  } else if (thread.what == What::ends) {
    change(m, state, Lane::kAbsent);
  } else if (thread.what == What::sleeps) {
    change(m, state, Lane::kAsleep);
  } else if (m.segments.back().what == Lane::kAsleep) {
    const Segment* before = m.before(m.segments.back());
    change(m, state, before == nullptr ? owner_index(g0) : before->what);
  }
}

void Lanes::take(const Event& event) {
  // Step k leads from state k to state k + 1: that is the first state in which the event has happened.
  const std::uint64_t state = event.step + 1;
  if (const auto* stack = event.as<StackSwitch>()) {
    Lane& m = lane(Lane::Kind::m, event.m, "m");
    // Bounds that are set round a resting SP bring no event; the one after them shows whose stack it was.
    m.segments.back().what = owner_index(stack->from);
    change(m, state, owner_index(stack->to));
  } else if (const auto* thread = event.as<ThreadChange>()) {
    take(event, *thread);
  } else if (const auto* status = event.as<StatusChange>(); status != nullptr && status->g.is_ordinary()) {
    Lane& g = lane(Lane::Kind::g, status->g.number, "g");
    // Of a g that was not there at the start the first thing known is the status that it had before.
    if (g.segments.back().what == Lane::kAbsent) change(g, event.step, status->from);
    change(g, state, status->to);
  }
}

}  // namespace gogoscope
