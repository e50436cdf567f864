#include "ui/panels/lanes.h"

#include <algorithm>
#include <cstdlib>

#include "emu/layout/stacks.h"
#include "emu/layout/status.h"
#include "emu/layout/views.h"

namespace gogoscope {
namespace {

/// N of "gN"; 0 for any other name: nil, m0.g0, an address.
int number_of(const std::string& name) {
  if (name.size() < 2 || name[0] != 'g') return 0;
  const bool digits = name.find_first_not_of("0123456789", 1) == std::string::npos;
  return digits && name.size() < 9 ? std::atoi(name.c_str() + 1) : 0;
}

/// The value of a status word; values that Go has no word for come as "status 5".
std::uint32_t status_of(const std::string& word) {
  if (const auto known = g_status_by_word(word)) return *known;
  const std::size_t space = word.find(' ');
  return space == std::string::npos
             ? Lane::kAbsent
             : static_cast<std::uint32_t>(std::strtoul(word.c_str() + space, nullptr, 10));
}

}  // namespace

const Segment* Lane::at(std::uint64_t state) const {
  if (segments.empty()) return nullptr;
  const auto after = std::upper_bound(segments.begin(), segments.end(), state,
                                      [](std::uint64_t s, const Segment& one) { return s < one.from; });
  return after == segments.begin() ? nullptr : &*std::prev(after);
}

const Segment* Lane::before(const Segment& segment) const {
  return &segment == segments.data() ? nullptr : &segment - 1;
}

bool Lanes::is_system(std::uint32_t owner) const {
  const std::string& name = owners_[owner];
  const std::size_t dot = name.find('.');
  return name == "g0" || name == "gsignal" || dot != std::string::npos;
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

Lanes::Change Lanes::follow(const View& view) {
  const bool cut = view.trace != trace_ || view.trace->cuts() != cuts_;
  if (!cut && view.steps == steps_ && view.record_events->size() == taken_) return Change::none;
  if (cut) start(view);
  const std::vector<Event>& events = *view.record_events;
  for (; taken_ < events.size(); ++taken_) take(events[taken_]);
  steps_ = view.steps;
  for (auto* lanes : {&ms_, &gs_}) {
    for (auto& [index, lane] : *lanes) lane.segments.back().to = steps_;
  }
  return cut ? Change::replaced : Change::grew;
}

/// What no event tells: who is there at state 0, and in which status.
void Lanes::start(const View& view) {
  trace_ = view.trace;
  cuts_ = view.trace->cuts();
  steps_ = 0;
  taken_ = 0;
  ms_.clear();
  gs_.clear();
  owners_.clear();
  owner_numbers_.clear();
  const Cursor cursor(*view.trace);
  const Layout& layout = *view.guest->layout;
  const Entities entities(*view.guest, cursor.state());
  for (const Entity& entity : entities.all()) {
    if (entity.kind == Entity::Kind::g && !entity.system) {
      Lane& g = lane(Lane::Kind::g, entity.index, "g");
      g.segments.back().what = GView(layout, cursor.state(), {entity.addr}).status();
    } else if (entity.kind == Entity::Kind::m && entity.index >= 0 && entity.index < kMaxThreads) {
      const Addr sp(cursor.state().reg(static_cast<ThreadId>(entity.index), Reg::rsp));
      const auto stack = stack_with_sp(layout, cursor.state(), entities, sp);
      Lane& m = lane(Lane::Kind::m, entity.index, "m");
      m.segments.back().what = owner_index(stack ? stack->owner->short_name : "nil");
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

std::uint32_t Lanes::owner_index(const std::string& name) {
  const auto [it, is_new] = owner_numbers_.try_emplace(name, static_cast<std::uint32_t>(owners_.size()));
  if (is_new) owners_.push_back(name);
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
void Lanes::take_thread(const Event& event) {
  Lane& m = lane(Lane::Kind::m, event.m, "m");
  const std::uint64_t state = event.step + 1;
  if (event.what == "starts") {
    change(m, state, owner_index(m.name + ".g0"));
  } else if (event.what == "ends") {
    change(m, state, Lane::kAbsent);
  } else if (event.what.starts_with("sleeps")) {
    change(m, state, Lane::kAsleep);
  } else if (m.segments.back().what == Lane::kAsleep) {
    const Segment* before = m.before(m.segments.back());
    change(m, state, before == nullptr ? owner_index(m.name + ".g0") : before->what);
  }
}

void Lanes::take(const Event& event) {
  // Step k leads from state k to state k + 1: that is the first state in which the event has happened.
  const std::uint64_t state = event.step + 1;
  if (event.type == EventType::stack) {
    Lane& m = lane(Lane::Kind::m, event.m, "m");
    // Bounds that are set round a resting SP bring no event; the one after them tells whose stack it was.
    m.segments.back().what = owner_index(event.from);
    change(m, state, owner_index(event.to));
  } else if (event.type == EventType::thread) {
    take_thread(event);
  } else if (event.type == EventType::status) {
    const int n = number_of(event.g);
    if (n == 0) return;
    Lane& g = lane(Lane::Kind::g, n, "g");
    // Of a g that was not there at the start the first thing known is the status that it had before.
    if (g.segments.back().what == Lane::kAbsent) change(g, event.step, status_of(event.from));
    change(g, state, status_of(event.to));
  }
}

}  // namespace gogoscope
