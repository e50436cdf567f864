// Which gs are where: the run queues and the free lists, followed store by store.
#include <algorithm>

#include "emu/check/world.h"

namespace gogoscope::check {

/// Counts a g in (by = 1) or out (by = -1) of a place.
void World::put(int i, bool run_queue, int by) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  (run_queue ? it.queued : it.freed) += by;
  touched_gs_.insert(i);
}

void World::drop_front(WorldList& list, int id) {
  const int i = list.gs.front();
  list.gs.pop_front();
  if (gs_[static_cast<std::size_t>(i)].list == id) gs_[static_cast<std::size_t>(i)].list = kNone;
  put(i, list.run_queue, -1);
}

void World::clear_list(WorldList& list, int id) {
  while (!list.gs.empty()) drop_front(list, id);
}

/// A linked list changes at its ends: gs are popped from or pushed to the front, or appended. What happened
/// is read off the new head and tail; only a link that changed in the middle makes a walk necessary.
void World::follow_list(int id, bool anew) {
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  sched_touched_ = true;
  if (id >= kLocalFree) touched_ps_.insert(id - kLocalFree);
  list.stranger = false;
  const auto next = [this](int i) { return pointer(g(i).at + at_.g_schedlink); };
  const Addr head = pointer(list.head);
  if (anew || head.is_nil()) clear_list(list, id);
  if (head.is_nil()) return;

  // The gs from the head on that are not known to be here yet.
  std::vector<int> fresh;
  Addr at = head;
  int known = kNone;
  while (!at.is_nil()) {
    const int i = g_at(at);
    if (i == kNone || g(i).system || fresh.size() > gs_.size()) {
      list.stranger = true;
      break;
    }
    if (g(i).list == id) {
      known = i;
      break;
    }
    fresh.push_back(i);
    if (list.tail != 0 && at == pointer(list.tail)) break;
    at = next(i);
  }
  while (!list.gs.empty() && list.gs.front() != known) drop_front(list, id);
  for (auto i = fresh.rbegin(); i != fresh.rend(); ++i) {
    list.gs.push_front(*i);
    gs_[static_cast<std::size_t>(*i)].list = id;
    put(*i, list.run_queue, 1);
  }
  // Appended: the chain continues after the last one.
  while (!list.gs.empty() && !list.stranger) {
    const int last = list.gs.back();
    if (list.tail != 0 && g(last).addr == pointer(list.tail)) break;
    const Addr more = next(last);
    if (more.is_nil()) break;
    const int i = g_at(more);
    if (i == kNone || g(i).system || g(i).list == id) {
      list.stranger = true;
      break;
    }
    list.gs.push_back(i);
    gs_[static_cast<std::size_t>(i)].list = id;
    put(i, list.run_queue, 1);
  }
}

void World::leave_slot(int index, std::uint32_t slot) {
  WorldP& p = ps_[static_cast<std::size_t>(index)];
  int& place = p.ring[slot % kRingSlots];
  if (place >= 0) put(place, true, -1);
  if (place == kStranger) --p.strangers;
  place = kNone;
}

void World::enter_slot(int index, std::uint32_t slot) {
  WorldP& p = ps_[static_cast<std::size_t>(index)];
  const int i = g_at(pointer(p.at + at_.p_runq + slot % kRingSlots * 8));
  const bool stranger = i == kNone || g(i).system;
  p.ring[slot % kRingSlots] = stranger ? kStranger : i;
  if (stranger) {
    ++p.strangers;
  } else {
    put(i, true, 1);
  }
}

/// The slots from head to tail are occupied; what is beyond is not part of the queue.
void World::follow_ring(int index) {
  WorldP& p = ps_[static_cast<std::size_t>(index)];
  const std::uint32_t head = u32(p.at + at_.p_head);
  const std::uint32_t tail = u32(p.at + at_.p_tail);
  if (head == p.head && tail == p.tail) return;
  const bool sound = tail - head <= kRingSlots;
  const bool was_sound = p.tail - p.head <= kRingSlots;
  if (!sound || !was_sound || head - p.head > p.tail - p.head || tail - p.tail > kRingSlots) {
    // Counters that no working queue has: read all again.
    for (std::uint32_t i = 0; i < kRingSlots; ++i) leave_slot(index, i);
    for (std::uint32_t i = head; sound && i != tail; ++i) enter_slot(index, i);
  } else {
    for (std::uint32_t i = p.head; i != head; ++i) leave_slot(index, i);
    for (std::uint32_t i = p.tail; i != tail; ++i) enter_slot(index, i);
  }
  p.head = head;
  p.tail = tail;
}

/// A slot is stored to before the tail moves over it; then it is not occupied yet.
void World::follow_slot(int index, std::uint32_t slot) {
  if (ps_[static_cast<std::size_t>(index)].ring[slot] == kNone) return;
  leave_slot(index, slot);
  enter_slot(index, slot);
}

void World::follow_runnext(int index) {
  WorldP& p = ps_[static_cast<std::size_t>(index)];
  if (p.runnext >= 0) put(p.runnext, true, -1);
  if (p.runnext == kStranger) --p.strangers;
  const Addr now = pointer(p.at + at_.p_runnext);
  p.runnext = g_at(now);
  if (p.runnext != kNone && g(p.runnext).system) p.runnext = kNone;
  if (p.runnext != kNone) {
    put(p.runnext, true, 1);
  } else if (!now.is_nil()) {
    p.runnext = kStranger;
    ++p.strangers;
  }
}

}  // namespace gogoscope::check
