// Follows a store: which struct it changes, and what must be judged because of it.
#include "emu/check/world.h"

namespace gogoscope::check {

void World::clear_touched() {
  touched_gs_.clear();
  touched_ms_.clear();
  touched_ps_.clear();
  sched_touched_ = threads_touched_ = structs_changed_ = false;
  changes_.clear();
}

void World::touch_everything() {
  touched_gs_.clear();
  touched_ms_.clear();
  touched_ps_.clear();
  for (std::size_t i = 0; i < gs_.size(); ++i) touched_gs_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < ms_.size(); ++i) touched_ms_.insert(static_cast<int>(i));
  for (std::size_t i = 0; i < ps_.size(); ++i) touched_ps_.insert(static_cast<int>(i));
  sched_touched_ = threads_touched_ = true;
}

void World::stored(std::uint32_t offset, unsigned size) {
  for (std::uint32_t word = offset / 8; word <= (offset + size - 1) / 8; ++word) {
    if (watched_.holds(word * 8)) on_word(word * 8);
  }
  if (!structs_changed_) return;
  // Rare: Ms, Ps or the order of gs are not what they were.
  const std::vector<Change> changes = changes_;
  find_everything();
  changes_ = changes;
  structs_changed_ = true;
}

void World::on_word(std::uint32_t offset) {
  if (AddressMap::in_registers(offset)) {
    threads_touched_ = true;
    return;
  }
  if (const auto bottom = g_by_bottom_.find(offset); bottom != g_by_bottom_.end()) {
    touched_gs_.insert(bottom->second);
  }
  const auto after = ranges_.upper_bound(offset);
  if (after == ranges_.begin()) return;
  const auto& [lo, range] = *std::prev(after);
  if (offset - lo >= range.size) return;
  switch (range.kind) {
    case Range::Kind::g:
      return on_g(range.index, offset - lo);
    case Range::Kind::m:
      return on_m(range.index, offset - lo);
    case Range::Kind::p:
      return on_p(range.index, offset - lo);
    case Range::Kind::sched:
      return on_sched(offset - lo);
    case Range::Kind::threads:
      find_ms();
      return;
    case Range::Kind::allgs_array: {
      const std::size_t entry = (offset - lo) / 8;
      if (entry >= allgs_entries_.size() || allgs_entries_[entry] == kNone) return;
      const Addr was = g(allgs_entries_[entry]).addr;
      if (was == pointer(offset)) return;
      changes_.push_back({Change::What::allgs_entry, static_cast<int>(entry), was.value(), u64(offset)});
      structs_changed_ = true;
      return;
    }
    case Range::Kind::source:
      if (offset >= allgs_ && offset < allgs_ + 24) return on_allgs();
      if (offset >= allm_ && offset < allm_ + 8) return find_ms();
      structs_changed_ = true;
      return;
  }
}

void World::touch_m_at(Addr addr) {
  const int i = m_at(addr);
  if (i != kNone) touched_ms_.insert(i);
}

void World::touch_ms_of(Addr addr) {
  for (std::size_t i = 0; i < ms_.size(); ++i) {
    if (ms_[i].curg == addr || tls_g(ms_[i]) == addr || (ms_[i].g0 != kNone && g(ms_[i].g0).addr == addr)) {
      touched_ms_.insert(static_cast<int>(i));
    }
  }
}

void World::on_g(int i, std::uint32_t field) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  touched_gs_.insert(i);
  if (field == at_.g_status / 8 * 8) {
    const std::uint32_t now = u32(it.at + at_.g_status);
    if (now != it.status) changes_.push_back({Change::What::g_status, i, it.status, now});
    it.status = now;
  } else if (field == at_.g_lo || field == at_.g_hi) {
    follow_stack(i);
    touch_ms_of(it.addr);
  } else if (field == at_.g_stktopsp) {
    follow_bottom(i);
  } else if (field == at_.g_goid) {
    const std::uint64_t now = u64(it.at + at_.g_goid);
    if (now != it.goid) changes_.push_back({Change::What::goid, i, it.goid, now});
    if (const auto old = g_by_goid_.find(it.goid); old != g_by_goid_.end() && old->second == i) {
      g_by_goid_.erase(old);
    }
    it.goid = now;
    // The older holder keeps the number, so that a second one is always seen as the second.
    if (now != 0 && !it.system) g_by_goid_.emplace(now, i);
  } else if (field == at_.g_schedlink) {
    if (it.list == kNone) return;
    const WorldList& on = list(it.list);
    follow_list(it.list, on.gs.empty() || on.gs.back() != i);
  } else {
    touch_ms_of(it.addr);
  }
}

void World::on_m(int i, std::uint32_t field) {
  WorldM& m = ms_[static_cast<std::size_t>(i)];
  touched_ms_.insert(i);
  if (field == at_.m_g0 || field == at_.m_gsignal || field == at_.m_id || field == at_.m_alllink) {
    return find_ms();
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
  } else if (field == at_.m_spinning / 8 * 8 || field == at_.m_nextp || field == at_.m_mstartfn) {
    sched_touched_ = true;
  }
}

void World::on_p(int i, std::uint32_t field) {
  WorldP& p = ps_[static_cast<std::size_t>(i)];
  touched_ps_.insert(i);
  if (field == at_.p_status / 8 * 8) {
    const std::uint32_t now = u32(p.at + at_.p_status);
    if (now != p.status) changes_.push_back({Change::What::p_status, i, p.status, now});
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
  } else if (field == at_.p_head / 8 * 8) {
    follow_ring(i);
  } else if (field >= at_.p_runq && field < at_.p_runnext) {
    follow_slot(i, (field - at_.p_runq) / 8);
  }
}

void World::on_sched(std::uint32_t field) {
  sched_touched_ = true;
  if (field == at_.s_head || field == at_.s_tail) follow_list(kGlobalRunq);
  if (field == at_.s_free_stack) follow_list(kGlobalFreeStack);
  if (field == at_.s_free_nostack) follow_list(kGlobalFreeNoStack);
  if (field == at_.s_midle || field == at_.s_pidle) follow_idle_lists();
}

void World::follow_stack(int i) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  if (const auto old = stacks_.find(it.lo); old != stacks_.end() && old->second == i) stacks_.erase(old);
  it.lo = pointer(it.at + at_.g_lo);
  it.hi = pointer(it.at + at_.g_hi);
  if (!it.lo.is_nil() && it.lo < it.hi) stacks_.emplace(it.lo, i);
}

/// The word below the frame of the g's first function: the address that function returns to.
void World::follow_bottom(int i) {
  WorldG& it = gs_[static_cast<std::size_t>(i)];
  if (it.bottom != 0) g_by_bottom_.erase(it.bottom);
  const Addr top = pointer(it.at + at_.g_stktopsp);
  it.bottom = top.is_nil() || it.system ? 0 : offset_of(top - 8, 8);
  if (it.bottom % 8 != 0) it.bottom = 0;
  if (it.bottom == 0) return;
  g_by_bottom_[it.bottom] = i;
  watch(it.bottom);
}

/// What is on the lists of idle Ms and Ps. They are short and seldom change: walked again each time.
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

}  // namespace gogoscope::check
