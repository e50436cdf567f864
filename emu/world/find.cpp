// Finds the structs of a moment anew, and which words of memory say something about them.
#include <algorithm>

#include "emu/guest/signal_words.h"
#include "emu/guest/write_words.h"
#include "emu/world/world.h"

namespace gogoscope {

std::uint32_t World::offset_of(Addr addr, std::uint64_t bytes) const {
  return addr.is_nil() || addr.value() % 8 != 0 ? 0 : guest_.map.image_offset(addr, bytes).value_or(0);
}

void World::add_range(std::uint32_t at, Range range) {
  const auto above = ranges_.lower_bound(at);
  if (above != ranges_.end() && above->first < at + range.size) ranges_overlap_ = true;
  if (above != ranges_.begin() && std::prev(above)->first + std::prev(above)->second.size > at) {
    ranges_overlap_ = true;
  }
  ranges_[at] = range;
}

void World::find_anew() {
  watched_ = WordSet(guest_.map.image_size());
  gs_.clear();
  ms_.clear();
  ps_.clear();
  lists_.assign(kLocalFree, {});
  lists_sound_ = true;
  g_by_addr_.clear();
  g_by_goid_.clear();
  g_by_bottom_.clear();
  stacks_.clear();
  ranges_.clear();
  ranges_overlap_ = false;
  allgs_slice_ = {};
  allgs_entries_.clear();

  watch_data();
  follow_allgs();
  found_ms_ = finder_.ms(image_);
  add_ms();
  if (has_sched()) {
    add_list(kGlobalRunq, sched_ + at_.s_head, sched_ + at_.s_tail, true);
    add_list(kGlobalFreeStack, sched_ + at_.s_free_stack, 0, false);
    add_list(kGlobalFreeNoStack, sched_ + at_.s_free_nostack, 0, false);
  }
  add_ps();
  walk_lists();
  follow_idle_lists();
  stale_ = false;
  structs_changed_ = true;
  touch_everything();
}

void World::watch_data() {
  const auto data = [this](Addr addr, std::uint32_t size, Place::Kind kind) {
    const std::uint32_t at = offset_of(addr, size);
    if (at == 0) return at;
    add_range(at, {kind, size, 0});
    if (kind == Place::Kind::source) watch(at, size);
    return at;
  };
  sched_ = data(finder_.sched_addr(), at_.sched_size, Place::Kind::sched);
  allgs_ = data(finder_.allgs_addr(), 24, Place::Kind::source);
  data(finder_.allp_addr(), 24, Place::Kind::source);
  allm_ = data(finder_.allm_addr(), 8, Place::Kind::source);
  if (threads()) {
    thread_rows_ = data(threads()->row_addr(0), kMaxThreads * ThreadRow::kSize, Place::Kind::threads);
    threads_made_ = data(threads()->schedule_addr() + ScheduleWords::kThreads, 8, Place::Kind::source);
    for (std::uint32_t i = 0; i < kMaxThreads; ++i) {
      watch(thread_rows_ + i * ThreadRow::kSize + ThreadRow::kState);
      watch(thread_rows_ + i * ThreadRow::kSize + ThreadRow::kTls);
    }
  }
  if (const DataSymbol* const written = guest_.code.data("kernel.write");
      written != nullptr && written->size >= WriteWords::kSize) {
    watch(data(written->addr + WriteWords::kTotal, 8, Place::Kind::writes), 8);
  }
  if (const DataSymbol* const noted = guest_.code.data("kernel.signal");
      noted != nullptr && noted->size >= SignalWords::kSize) {
    watch(data(noted->addr + SignalWords::kEntered, 16, Place::Kind::signals), 16);
  }
  // A thread that starts gets its registers from the one that made it.
  watch(AddressMap::kRegistersOffset, AddressMap::register_offset(kMaxThreads, 0) - 8);
  if (!has_sched()) return;
  for (const FieldAt field :
       {at_.s_lock, at_.s_midle, at_.s_nmidle, at_.s_pidle, at_.s_npidle, at_.s_nmspinning, at_.s_head,
        at_.s_tail, at_.s_runqsize, at_.s_free_lock, at_.s_free_stack, at_.s_free_nostack, at_.s_free_n,
        at_.s_free_stack_n, at_.s_free_nostack_n, at_.s_freem}) {
    watch(sched_ + field);
  }
}

int World::add_g(Addr addr, bool system, int index, bool signal) {
  const std::uint32_t at = offset_of(addr, at_.g_size);
  if (at == 0) return kNone;
  if (const int known = g_at(addr); known != kNone) return known;
  const int i = static_cast<int>(gs_.size());
  gs_.push_back({});
  WorldG& g = gs_.back();
  g.addr = addr;
  g.at = at;
  g.system = system;
  g.index = index;
  g.signal = signal;
  g.status = u32(at + at_.g_status);
  g_by_addr_[addr.value()] = i;
  add_range(at, {Place::Kind::g, at_.g_size, i});
  for (const FieldAt field : {at_.g_lo, at_.g_hi, at_.g_m, at_.g_sched_pc, at_.g_stktopsp, at_.g_status,
                              at_.g_goid, at_.g_schedlink, at_.g_lockedm}) {
    watch(at + field);
  }
  follow_goid(i);
  follow_stack(i);
  follow_bottom(i);
  touched_gs_.insert(i);
  return i;
}

/// The Ms of found_ms_, with their gs.
void World::add_ms() {
  for (const WorldM& m : ms_) ranges_.erase(m.at);
  ms_.clear();
  touched_ms_.clear();
  for (const FoundM& found : found_ms_) {
    WorldM m;
    m.addr = found.addr;
    m.at = offset_of(found.addr, at_.m_size);
    m.id = found.id;
    m.curg = pointer(m.at + at_.m_curg);
    m.p = pointer(m.at + at_.m_p);
    const int index = static_cast<int>(ms_.size());
    add_range(m.at, {Place::Kind::m, at_.m_size, index});
    for (const FieldAt field :
         {at_.m_g0, at_.m_gsignal, at_.m_tls, at_.m_mstartfn, at_.m_curg, at_.m_p, at_.m_nextp, at_.m_id,
          at_.m_locks, at_.m_spinning, at_.m_alllink, at_.m_schedlink, at_.m_lockedg, at_.m_freelink}) {
      watch(m.at + field);
    }
    m.g0 = add_g(found.g0, true, m.id, false);
    add_g(found.gsignal, true, m.id, true);
    ms_.push_back(m);
    touched_ms_.insert(index);
  }
}

/// Whether the system gs are those of the Ms, no more and no others.
bool World::knows_system_gs() const {
  std::ptrdiff_t expected = 0;
  for (const FoundM& m : found_ms_) {
    for (const bool signal : {false, true}) {
      const Addr addr = signal ? m.gsignal : m.g0;
      if (addr.is_nil()) continue;
      ++expected;
      const int i = g_at(addr);
      if (i == kNone || !g(i).system || g(i).index != m.id || g(i).signal != signal) return false;
    }
  }
  return std::count_if(gs_.begin(), gs_.end(), [](const WorldG& g) { return g.system; }) == expected;
}

void World::add_ps() {
  const PointerSlice allp = finder_.allp(image_);
  const std::uint32_t array = allp.length == 0 ? 0 : offset_of(allp.array, allp.length * 8);
  if (array == 0) return;
  add_range(array, {Place::Kind::source, static_cast<std::uint32_t>(allp.length * 8), 0});
  watch(array, static_cast<std::uint32_t>(allp.length * 8));
  for (std::uint32_t i = 0; i < allp.length; ++i) {
    WorldP p;
    p.addr = pointer(array + i * 8);
    p.at = offset_of(p.addr, at_.p_size);
    p.id = static_cast<int>(i);
    if (p.at == 0) continue;
    const int index = static_cast<int>(ps_.size());
    p.status = u32(p.at + at_.p_status);
    p.m = pointer(p.at + at_.p_m);
    p.ring.fill(kNone);
    p.head = p.tail = u32(p.at + at_.p_head);
    add_range(p.at, {Place::Kind::p, at_.p_size, index});
    for (const FieldAt field : {at_.p_status, at_.p_link, at_.p_m, at_.p_head, at_.p_tail, at_.p_runnext,
                                at_.p_free, at_.p_free_n}) {
      watch(p.at + field);
    }
    watch(p.at + at_.p_runq, kRingSlots * 8);
    ps_.push_back(p);
    add_list(kLocalFree + index, p.at + at_.p_free, 0, false);
    follow_ring(index);
    follow_runnext(index);
  }
}

void World::add_list(int id, std::uint32_t head, std::uint32_t tail, bool run_queue) {
  if (lists_.size() <= static_cast<std::size_t>(id)) lists_.resize(static_cast<std::size_t>(id) + 1);
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  list.head = head;
  list.tail = tail;
  list.run_queue = run_queue;
}

void World::touch_everything() {
  touched_gs_.clear();
  touched_ms_.clear();
  touched_ps_.clear();
  for (std::size_t i = 0; i < gs_.size(); ++i) touched_gs_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < ms_.size(); ++i) touched_ms_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < ps_.size(); ++i) touched_ps_.insert(static_cast<int>(i));
  sched_touched_ = threads_touched_ = stacks_touched_ = true;
}

}  // namespace gogoscope
