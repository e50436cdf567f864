// Follows a store, made or taken back: which struct it changes, and what must be looked at because of it.
#include <set>

#include "emu/world/world.h"

namespace gogoscope {
namespace {

template <class Map, class Key>
void erase_entry(Map& map, const Key& key, int i) {
  const auto [first, last] = map.equal_range(key);
  for (auto at = first; at != last; ++at) {
    if (at->second != i) continue;
    map.erase(at);
    return;
  }
}

}  // namespace

void World::clear_touched() {
  touched_gs_.clear();
  touched_ms_.clear();
  touched_ps_.clear();
  sched_touched_ = threads_touched_ = stacks_touched_ = structs_changed_ = false;
  changes_.clear();
}

void World::stored(std::uint32_t offset, unsigned size) {
  for (std::uint32_t word = offset / 8; word <= (offset + size - 1) / 8; ++word) {
    if (watched_.holds(word * 8)) on_word(word * 8);
  }
  stale_ = stale_ || ranges_overlap_;
  if (stale_) find_anew();
}

void World::on_word(std::uint32_t offset) {
  if (AddressMap::in_registers(offset)) {
    threads_touched_ = true;
    return;
  }
  const auto [first, last] = g_by_bottom_.equal_range(offset);
  for (auto bottom = first; bottom != last; ++bottom) touched_gs_.insert(bottom->second);

  const Place at = place(offset);
  switch (at.kind) {
    case Place::Kind::nothing:
    case Place::Kind::writes:
    case Place::Kind::signals:
      return;
    case Place::Kind::g:
      return on_g(at.index, at.field);
    case Place::Kind::m:
      return on_m(at.index, at.field);
    case Place::Kind::p:
      return on_p(at.index, at.field);
    case Place::Kind::sched:
      return on_sched(at.field);
    case Place::Kind::threads:
      return follow_ms();
    case Place::Kind::allgs_entry:
      return follow_allgs_entry(at.field / 8, offset);
    case Place::Kind::source:
      if (offset - at.field == allgs_) return follow_allgs();
      if (offset - at.field == allm_ || offset - at.field == threads_made_) return follow_ms();
      stale_ = true;  // Ps come and go in procresize alone
      return;
  }
}

void World::touch_m_at(Addr addr) {
  const int i = m_at(addr);
  if (i != kNone) touched_ms_.insert(i);
}

void World::touch_ms_of(Addr addr) {
  for (std::size_t i = 0; i < ms_.size(); ++i) {
    if (ms_[i].curg == addr || current_g(ms_[i]) == addr ||
        (ms_[i].g0 != kNone && g(ms_[i].g0).addr == addr)) {
      touched_ms_.insert(static_cast<int>(i));
    }
  }
}

void World::on_g(int i, std::uint32_t field) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  touched_gs_.insert(i);
  if (at_.g_status.in_word(field)) {
    const std::uint32_t now = u32(it.at + at_.g_status);
    if (now != it.status) changes_.push_back({Change::What::g_status, it.addr, it.status, now});
    it.status = now;
  } else if (field == at_.g_lo || field == at_.g_hi) {
    follow_stack(i);
    touch_ms_of(it.addr);
  } else if (field == at_.g_stktopsp) {
    follow_bottom(i);
  } else if (field == at_.g_goid) {
    const std::uint64_t was = it.goid;
    follow_goid(i);
    if (it.goid != was) changes_.push_back({Change::What::goid, it.addr, was, it.goid});
  } else if (field == at_.g_schedlink) {
    if (it.list == kNone) return;
    const bool last = list(it.list).gs.back() == i;
    if (last || !lists_sound_) return follow_list(it.list);
    walk_lists();
  } else {
    touch_ms_of(it.addr);
  }
}

void World::on_m(int i, std::uint32_t field) {
  WorldM& m = ms_[static_cast<std::size_t>(i)];
  touched_ms_.insert(i);
  if (field == at_.m_g0 || field == at_.m_gsignal || field == at_.m_id || field == at_.m_alllink ||
      field == at_.m_freelink) {
    return follow_ms();
  }
  if (field == at_.m_curg) {
    for (const Addr g : {m.curg, pointer(m.at + at_.m_curg)}) {
      if (const int known = g_at(g); known != kNone) touched_gs_.insert(known);
    }
    m.curg = pointer(m.at + at_.m_curg);
  } else if (field == at_.m_p) {
    for (const Addr p : {m.p, pointer(m.at + at_.m_p)}) {
      if (const int known = p_at(p); known != kNone) touched_ps_.insert(known);
    }
    m.p = pointer(m.at + at_.m_p);
    if (const int g = g_at(m.curg); g != kNone) touched_gs_.insert(g);
  } else if (field == at_.m_lockedg) {
    if (const int g = g_at(pointer(m.at + at_.m_lockedg)); g != kNone) touched_gs_.insert(g);
  } else if (field == at_.m_schedlink) {
    follow_idle_lists();
  } else if (at_.m_spinning.in_word(field) || field == at_.m_nextp || field == at_.m_mstartfn) {
    sched_touched_ = true;
  }
}

void World::on_p(int i, std::uint32_t field) {
  WorldP& p = ps_[static_cast<std::size_t>(i)];
  touched_ps_.insert(i);
  if (at_.p_status.in_word(field)) {
    const std::uint32_t now = u32(p.at + at_.p_status);
    if (now != p.status) changes_.push_back({Change::What::p_status, p.addr, p.status, now});
    p.status = now;
    touch_m_at(p.m);
  } else if (field == at_.p_m) {
    touch_m_at(p.m);
    p.m = pointer(p.at + at_.p_m);
    touch_m_at(p.m);
  } else if (field == at_.p_link) {
    follow_idle_lists();
  } else if (field == at_.p_runnext) {
    follow_runnext(i);
  } else if (field == at_.p_free) {
    follow_list(kLocalFree + i);
  } else if (at_.p_head.in_word(field) || at_.p_tail.in_word(field)) {
    follow_ring(i);
  } else if (at_.p_runq && field >= at_.p_runq.offset() && (field - at_.p_runq.offset()) / 8 < kRingSlots) {
    follow_slot(i, (field - at_.p_runq.offset()) / 8);
  }
}

void World::on_sched(std::uint32_t field) {
  sched_touched_ = true;
  if (field == at_.s_head || field == at_.s_tail) follow_list(kGlobalRunq);
  if (field == at_.s_free_stack) follow_list(kGlobalFreeStack);
  if (field == at_.s_free_nostack) follow_list(kGlobalFreeNoStack);
  if (field == at_.s_midle || field == at_.s_pidle) follow_idle_lists();
  if (field == at_.s_freem) follow_ms();
}

/// allgs holds something new, or is somewhere else.
void World::follow_allgs() {
  if (allgs_ == 0) return;
  const PointerSlice now = finder_.allgs(image_);
  const std::size_t known = allgs_entries_.size();
  if (now.length < known) {
    const std::uint64_t length = u64(allgs_ + 8);
    if (length < known) changes_.push_back({Change::What::allgs_length, {}, known, length});
    stale_ = true;
    return;
  }
  const std::uint32_t at = now.length == 0 ? 0 : offset_of(now.array, now.length * 8);
  if (now.array != allgs_slice_.array && known > 0) {
    ranges_.erase(offset_of(allgs_slice_.array, 8));
    for (std::size_t i = 0; i < known; ++i) {
      const std::uint32_t entry = at + static_cast<std::uint32_t>(i * 8);
      watch(entry);
      follow_allgs_entry(i, entry);
    }
  }
  allgs_slice_ = now;
  if (now.length == 0) return;
  ranges_.erase(at);
  add_range(at, {Place::Kind::allgs_entry, static_cast<std::uint32_t>(now.length * 8), 0});
  for (std::size_t i = known; i < now.length; ++i) {
    const std::uint32_t entry = at + static_cast<std::uint32_t>(i * 8);
    const int number = static_cast<int>(i) + 1;
    watch(entry);
    allgs_entries_.push_back(add_g(pointer(entry), false, number, false));
    // Known as something else before: what a moment found anew would call it must be found anew.
    const int added = allgs_entries_.back();
    if (added != kNone && g(added).system) stale_ = true;
  }
  if (known < now.length) meet_strangers();
}

void World::follow_allgs_entry(std::size_t entry, std::uint32_t offset) {
  if (entry >= allgs_entries_.size()) return;
  const int known = allgs_entries_[entry];
  const Addr was = known == kNone ? Addr() : g(known).addr;
  const Addr now = pointer(offset);
  if (was == now) return;
  if (known != kNone) {
    changes_.push_back({Change::What::allgs_entry, {}, was.value(), now.value(), entry});
  }
  stale_ = true;
}

/// An M may have come or gone.
void World::follow_ms() {
  threads_touched_ = true;
  std::vector<FoundM> now = finder_.ms(image_);
  if (now != found_ms_) {
    found_ms_ = std::move(now);
    add_ms();
    if (!knows_system_gs()) stale_ = true;
    meet_strangers();
  }
  for (std::size_t i = 0; i < ms_.size(); ++i) touched_ms_.insert(static_cast<int>(i));
  follow_idle_lists();
}

void World::follow_goid(int i) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  if (it.system) {
    it.goid = u64(it.at + at_.g_goid);
    return;
  }
  erase_entry(g_by_goid_, it.goid, i);
  it.goid = u64(it.at + at_.g_goid);
  if (it.goid != 0) g_by_goid_.emplace(it.goid, i);
}

void World::follow_stack(int i) {
  stacks_touched_ = true;
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  stacks_.take(stack_key(it), it.addr);
  it.lo = pointer(it.at + at_.g_lo);
  it.hi = pointer(it.at + at_.g_hi);
  if (bounds_a_stack(it.lo, it.hi)) stacks_.put(stack_key(it), it.hi, it.addr);
}

/// The word below the frame of the g's first function: the address that function returns to.
void World::follow_bottom(int i) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  if (it.bottom != 0) erase_entry(g_by_bottom_, it.bottom, i);
  const Addr top = pointer(it.at + at_.g_stktopsp);
  it.bottom = top.is_nil() || it.system ? 0 : offset_of(top - 8, 8);
  if (it.bottom == 0) return;
  g_by_bottom_.emplace(it.bottom, i);
  watch(it.bottom);
}

/// Which Ms and Ps are on the lists of idle ones. They are short and seldom change: walked again each time.
void World::follow_idle_lists() {
  sched_touched_ = true;
  if (!has_sched()) return;
  std::set<int> ms, ps;
  for (int m = m_at(pointer(sched_ + at_.s_midle)); m != kNone && ms.insert(m).second;) {
    m = m_at(pointer(ms_[static_cast<std::size_t>(m)].at + at_.m_schedlink));
  }
  for (int p = p_at(pointer(sched_ + at_.s_pidle)); p != kNone && ps.insert(p).second;) {
    p = p_at(pointer(ps_[static_cast<std::size_t>(p)].at + at_.p_link));
  }
  for (std::size_t i = 0; i < ms_.size(); ++i) {
    const bool on = ms.count(static_cast<int>(i)) != 0;
    if (ms_[i].on_midle != on) touched_ms_.insert(static_cast<int>(i));
    ms_[i].on_midle = on;
  }
  for (std::size_t i = 0; i < ps_.size(); ++i) {
    const bool on = ps.count(static_cast<int>(i)) != 0;
    if (ps_[i].on_pidle != on) touched_ps_.insert(static_cast<int>(i));
    ps_[i].on_pidle = on;
  }
}

}  // namespace gogoscope
