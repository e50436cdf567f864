// Which gs the run queues and the free lists hold, followed store by store.
#include "emu/world/world.h"

namespace gogoscope {

/// Counts a g in (by = 1) or out (by = -1) of a place.
void World::put(int i, bool run_queue, int by) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  (run_queue ? it.queued : it.freed) += by;
  touched_gs_.insert(i);
}

void World::push(int i, int id, bool front) {
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  if (front) {
    list.gs.push_front(i);
  } else {
    list.gs.push_back(i);
  }
  gs_[static_cast<std::size_t>(i)].list = id;
  put(i, list.run_queue, 1);
}

void World::drop(int id, bool front) {
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  const int i = front ? list.gs.front() : list.gs.back();
  if (front) {
    list.gs.pop_front();
  } else {
    list.gs.pop_back();
  }
  gs_[static_cast<std::size_t>(i)].list = kNone;
  put(i, list.run_queue, -1);
}

/// The head, the tail, or the link of the last g has changed.
void World::follow_list(int id) {
  sched_touched_ = true;
  if (id >= kLocalFree) touched_ps_.insert(id - kLocalFree);
  if (!lists_sound_ || !follow_ends(id)) walk_lists();
}

/// A sound list changes at its ends: gs are popped from or pushed to the front, appended, or taken back from
/// the end. What happened is read off the new head and tail. False if something is odd; then the list may be
/// half followed.
bool World::follow_ends(int id) {
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  const auto next = [this](int i) { return pointer(g(i).at + at_.g_schedlink); };
  const auto is_free = [this](int i) { return i != kNone && !g(i).system && g(i).list == kNone; };
  const Addr tail = list.tail == 0 ? Addr() : pointer(list.tail);

  // The gs from the head on that the list is not known to hold yet.
  std::vector<int> fresh;
  int known = kNone;
  for (Addr at = pointer(list.head); !at.is_nil();) {
    const int i = g_at(at);
    if (i != kNone && g(i).list == id) {
      known = i;
      break;
    }
    if (!is_free(i) || fresh.size() > gs_.size()) return false;
    fresh.push_back(i);
    if (at == tail) break;
    at = next(i);
  }
  while (!list.gs.empty() && list.gs.front() != known) drop(id, true);
  for (auto i = fresh.rbegin(); i != fresh.rend(); ++i) push(*i, id, true);
  if (list.gs.empty()) return true;

  if (const int end = g_at(tail); end != kNone && g(end).list == id) {
    while (list.gs.back() != end) drop(id, false);
    return true;
  }
  // Appended: the chain goes on behind the last one.
  for (Addr more = next(list.gs.back()); !more.is_nil(); more = next(list.gs.back())) {
    const int i = g_at(more);
    if (!is_free(i)) return false;
    push(i, id, false);
    if (more == tail) break;
  }
  return true;
}

void World::walk_lists() {
  sched_touched_ = true;
  for (WorldList& list : lists_) {
    for (const int i : list.gs) {
      put(i, list.run_queue, -1);
      gs_[static_cast<std::size_t>(i)].list = kNone;
    }
    list.gs.clear();
  }
  lists_sound_ = true;
  for (std::size_t id = 0; id < lists_.size(); ++id) walk_list(static_cast<int>(id));
}

void World::walk_list(int id) {
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  list.stranger = false;
  if (list.head == 0) return;
  if (id >= kLocalFree) touched_ps_.insert(id - kLocalFree);
  const Addr tail = list.tail == 0 ? Addr() : pointer(list.tail);
  for (Addr at = pointer(list.head); !at.is_nil();) {
    const int i = g_at(at);
    if (i == kNone || g(i).system || g(i).list == id) {
      list.stranger = true;
      lists_sound_ = false;
      return;
    }
    if (g(i).list != kNone) lists_sound_ = false;
    push(i, id, false);
    if (at == tail) return;
    at = pointer(g(i).at + at_.g_schedlink);
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
  const int i = g_at(ring_slot(p.at, slot));
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
  // The counters are free-running: the difference says which one is ahead.
  const auto before = [](std::uint32_t a, std::uint32_t b) { return static_cast<std::int32_t>(a - b) < 0; };
  const bool sound = tail - head <= kRingSlots;
  const bool near = head - p.head <= kRingSlots || p.head - head <= kRingSlots;
  if (!sound || !near || p.tail - p.head > kRingSlots) {
    // Counters that no queue at work gives: all anew.
    for (std::uint32_t i = 0; i < kRingSlots; ++i) leave_slot(index, i);
    p.head = head;
    p.tail = sound ? head : tail;
  }
  if (!sound) return;
  while (p.head != p.tail && before(p.head, head)) leave_slot(index, p.head++);
  while (p.head != p.tail && before(tail, p.tail)) leave_slot(index, --p.tail);
  if (p.head == p.tail) p.head = p.tail = head;
  while (before(head, p.head)) enter_slot(index, --p.head);
  while (before(p.tail, tail)) enter_slot(index, p.tail++);
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

/// There are new gs: what was no g of allgs before may be one now.
void World::meet_strangers() {
  if (!lists_sound_) walk_lists();
  for (std::size_t index = 0; index < ps_.size(); ++index) {
    if (ps_[index].strangers == 0) continue;
    for (std::uint32_t slot = 0; slot < kRingSlots; ++slot) follow_slot(static_cast<int>(index), slot);
    follow_runnext(static_cast<int>(index));
  }
}

}  // namespace gogoscope
