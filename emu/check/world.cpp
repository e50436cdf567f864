#include "emu/check/world.h"

#include <fmt/format.h>

#include <algorithm>

namespace gogoscope::check {

World::World(const Guest& guest, const Image& image)
    : guest_(guest), image_(image), at_(*guest.layout), threads_(ThreadTable::of(guest)) {
  find_everything();
}

// ---- finding ----

std::uint32_t World::offset_of(Addr addr, std::uint64_t bytes) const {
  return addr.is_nil() ? 0 : guest_.map.image_offset(addr, bytes).value_or(0);
}

void World::watch(std::uint32_t offset, std::uint32_t bytes) {
  for (std::uint32_t word = offset / 8; word <= (offset + bytes - 1) / 8; ++word) {
    watched_[word / 64] |= std::uint64_t{1} << (word % 64);
  }
}

void World::find_everything() {
  watched_.assign(guest_.map.image_size() / 512 + 1, 0);
  gs_.clear();
  lists_.assign(kLocalFree, {});
  g_by_addr_.clear();
  g_by_goid_.clear();
  g_by_bottom_.clear();
  stacks_.clear();
  ranges_.clear();
  allgs_entries_.clear();
  allgs_array_ = Addr();

  const auto data = [this](const char* name, std::uint32_t size, Range::Kind kind) {
    const DataSymbol* symbol = guest_.code.data(name);
    const std::uint32_t at = symbol == nullptr ? 0 : offset_of(symbol->addr, size);
    if (at == 0) return at;
    ranges_[at] = {kind, size, 0};
    if (kind != Range::Kind::sched) watch(at, size);
    return at;
  };
  sched_ = data("runtime.sched", at_.sched_size, Range::Kind::sched);
  allgs_ = data("runtime.allgs", 24, Range::Kind::source);
  allp_ = data("runtime.allp", 24, Range::Kind::source);
  allm_ = data("runtime.allm", 8, Range::Kind::source);
  if (threads_) {
    const std::uint32_t rows = offset_of(threads_->row_addr(0), kMaxThreads * ThreadRow::kSize);
    ranges_[rows] = {Range::Kind::threads, kMaxThreads * ThreadRow::kSize, 0};
    for (std::uint32_t i = 0; i < kMaxThreads; ++i) watch(rows + i * ThreadRow::kSize + ThreadRow::kState, 4);
  }
  // A thread that starts gets its registers from the one that made it.
  watch(AddressMap::kRegistersOffset, AddressMap::register_offset(kMaxThreads, 0) - 8);

  if (has_sched()) {
    for (const std::uint32_t field :
         {at_.s_lock, at_.s_midle, at_.s_nmidle, at_.s_pidle, at_.s_npidle, at_.s_nmspinning, at_.s_head,
          at_.s_tail, at_.s_runqsize, at_.s_free_lock, at_.s_free_stack, at_.s_free_nostack, at_.s_free_n}) {
      watch(sched_ + field);
    }
  }
  on_allgs();
  find_ms();
  if (has_sched()) {
    add_list(kGlobalRunq, sched_ + at_.s_head, sched_ + at_.s_tail, true);
    add_list(kGlobalFreeStack, sched_ + at_.s_free_stack, 0, false);
    add_list(kGlobalFreeNoStack, sched_ + at_.s_free_nostack, 0, false);
  }
  find_ps();
  changes_.clear();
  touch_everything();
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
  g.goid = u64(at + at_.g_goid);
  g_by_addr_[addr.value()] = i;
  if (g.goid != 0 && !system) g_by_goid_[g.goid] = i;
  ranges_[at] = {Range::Kind::g, at_.g_size, i};
  for (const std::uint32_t field : {at_.g_lo, at_.g_hi, at_.g_m, at_.g_sched + at_.buf_pc, at_.g_stktopsp,
                                    at_.g_status, at_.g_goid, at_.g_schedlink, at_.g_lockedm}) {
    watch(at + field);
  }
  follow_stack(i);
  follow_bottom(i);
  touched_gs_.insert(i);
  return i;
}

/// allgs holds something new, or lies somewhere else.
void World::on_allgs() {
  if (allgs_ == 0) return;
  const Addr array = pointer(allgs_);
  const std::uint64_t length = u64(allgs_ + 8);
  const std::uint32_t at = offset_of(array, std::max<std::uint64_t>(length * 8, 8));
  if (at == 0 && length != 0) return;
  if (length < allgs_entries_.size()) {
    changes_.push_back({Change::What::allgs_length, 0, allgs_entries_.size(), length});
    structs_changed_ = true;
    return;
  }
  if (array != allgs_array_ && at != 0) {
    allgs_array_ = array;
    ranges_[at] = {Range::Kind::allgs_array, static_cast<std::uint32_t>(u64(allgs_ + 16) * 8), 0};
    for (std::size_t i = 0; i < allgs_entries_.size(); ++i) {
      watch(at + static_cast<std::uint32_t>(i * 8));
      const Addr now = pointer(at + static_cast<std::uint32_t>(i * 8));
      if (allgs_entries_[i] == kNone || g(allgs_entries_[i]).addr == now) continue;
      changes_.push_back(
          {Change::What::allgs_entry, static_cast<int>(i), g(allgs_entries_[i]).addr.value(), now.value()});
      structs_changed_ = true;
    }
  }
  for (std::size_t i = allgs_entries_.size(); i < length; ++i) {
    const std::uint32_t entry = at + static_cast<std::uint32_t>(i * 8);
    watch(entry);
    allgs_entries_.push_back(add_g(pointer(entry), false, static_cast<int>(i) + 1, false));
  }
}

void World::find_ms() {
  for (const WorldM& m : ms_) ranges_.erase(m.at);
  ms_.clear();
  touched_ms_.clear();
  const auto add = [this](Addr addr) {
    const std::uint32_t at = offset_of(addr, at_.m_size);
    if (at == 0 || m_at(addr) != kNone || ms_.size() >= kMaxThreads) return false;
    WorldM m;
    m.addr = addr;
    m.at = at;
    m.id = static_cast<int>(u64(at + at_.m_id));
    m.curg = pointer(at + at_.m_curg);
    m.p = pointer(at + at_.m_p);
    ms_.push_back(m);
    return true;
  };
  for (Addr next = allm_ == 0 ? Addr() : pointer(allm_); !next.is_nil() && add(next);) {
    next = pointer(ms_.back().at + at_.m_alllink);
  }
  if (const DataSymbol* m0 = guest_.code.data("runtime.m0"); m0 != nullptr && ms_.empty()) add(m0->addr);
  // An M that ends leaves allm before it leaves its P: its thread tells which M it is, by where its TLS lies.
  for (int i = 0; threads_ && i < kMaxThreads; ++i) {
    const auto thread = static_cast<ThreadId>(i);
    const ThreadState state = threads_->row(image_, thread).state;
    if (state == ThreadState::none || state == ThreadState::exited) continue;
    const std::uint64_t tls = image_.reg(thread, Reg::fs_base);
    if (tls != 0) add(Addr(tls - 8 - at_.m_tls));
  }
  std::stable_sort(ms_.begin(), ms_.end(), [](const WorldM& a, const WorldM& b) { return a.id < b.id; });
  for (std::size_t i = 0; i < ms_.size(); ++i) {
    WorldM& m = ms_[i];
    ranges_[m.at] = {Range::Kind::m, at_.m_size, static_cast<int>(i)};
    for (const std::uint32_t field :
         {at_.m_g0, at_.m_gsignal, at_.m_tls, at_.m_mstartfn, at_.m_curg, at_.m_p, at_.m_nextp, at_.m_id,
          at_.m_locks, at_.m_spinning, at_.m_alllink, at_.m_schedlink, at_.m_lockedg}) {
      watch(m.at + field);
    }
    m.g0 = add_g(pointer(m.at + at_.m_g0), true, m.id, false);
    add_g(pointer(m.at + at_.m_gsignal), true, m.id, true);
    touched_ms_.insert(static_cast<int>(i));
  }
  threads_touched_ = true;
  follow_idle_lists();
}

void World::find_ps() {
  ps_.clear();
  lists_.resize(kLocalFree);
  const std::uint64_t length = allp_ == 0 ? 0 : std::min<std::uint64_t>(u64(allp_ + 8), 1024);
  const std::uint32_t array = length == 0 ? 0 : offset_of(pointer(allp_), length * 8);
  if (array != 0) {
    ranges_[array] = {Range::Kind::source, static_cast<std::uint32_t>(length * 8), 0};
    watch(array, static_cast<std::uint32_t>(length * 8));
  }
  for (std::uint32_t i = 0; array != 0 && i < length; ++i) {
    WorldP p;
    p.addr = pointer(array + i * 8);
    p.at = offset_of(p.addr, at_.p_size);
    p.id = static_cast<int>(i);
    if (p.at == 0) continue;
    const int index = static_cast<int>(ps_.size());
    p.status = u32(p.at + at_.p_status);
    p.m = pointer(p.at + at_.p_m);
    p.ring.fill(kNone);
    ranges_[p.at] = {Range::Kind::p, at_.p_size, index};
    for (const std::uint32_t field : {at_.p_status, at_.p_link, at_.p_m, at_.p_head, at_.p_tail,
                                      at_.p_runnext, at_.p_free, at_.p_free_n}) {
      watch(p.at + field);
    }
    watch(p.at + at_.p_runq, kRingSlots * 8);
    ps_.push_back(p);
    add_list(kLocalFree + index, p.at + at_.p_free, 0, false);
    ps_.back().head = ps_.back().tail = u32(p.at + at_.p_head);
    follow_ring(index);
    follow_runnext(index);
    touched_ps_.insert(index);
  }
  follow_idle_lists();
}

void World::add_list(int id, std::uint32_t head, std::uint32_t tail, bool run_queue) {
  if (lists_.size() <= static_cast<std::size_t>(id)) lists_.resize(static_cast<std::size_t>(id) + 1);
  WorldList& list = lists_[static_cast<std::size_t>(id)];
  list.head = head;
  list.tail = tail;
  list.run_queue = run_queue;
  follow_list(id, true);
}

// ---- following ----

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
    if (watched(word)) on_word(word * 8);
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

/// The word below the frame of the g's first function: there stands where that function returns to.
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

/// Who stands on the lists of idle Ms and Ps. They are short and seldom change: walked anew.
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

// ---- reading ----

int World::g_at(Addr addr) const {
  const auto found = g_by_addr_.find(addr.value());
  return found == g_by_addr_.end() ? kNone : found->second;
}

int World::m_at(Addr addr) const {
  for (std::size_t i = 0; i < ms_.size(); ++i) {
    if (ms_[i].addr == addr) return static_cast<int>(i);
  }
  return kNone;
}

int World::p_at(Addr addr) const {
  for (std::size_t i = 0; i < ps_.size(); ++i) {
    if (ps_[i].addr == addr) return static_cast<int>(i);
  }
  return kNone;
}

int World::g_with_goid(std::uint64_t goid) const {
  const auto found = g_by_goid_.find(goid);
  return found == g_by_goid_.end() ? kNone : found->second;
}

int World::stack_with_sp(Addr sp) const {
  const auto after = stacks_.lower_bound(sp);  // the first lo that is not below SP
  if (after == stacks_.begin()) return kNone;
  const int i = std::prev(after)->second;
  return sp <= g(i).hi ? i : kNone;
}

std::string World::g_name(int i) const {
  const WorldG& it = g(i);
  if (!it.system) return fmt::format("g{}", it.index);
  const char* const name = it.signal ? "gsignal" : "g0";
  return ms_.size() <= 1 ? name : fmt::format("m{}.{}", it.index, name);
}

std::string World::g_name(Addr addr) const {
  if (addr.is_nil()) return "nil";
  const int i = g_at(addr);
  return i == kNone ? fmt::format("{:#x}", addr.value()) : g_name(i);
}

std::string World::m_name(Addr addr) const {
  if (addr.is_nil()) return "nil";
  const int i = m_at(addr);
  return i == kNone ? fmt::format("{:#x}", addr.value()) : fmt::format("m{}", m(i).id);
}

std::string World::p_name(Addr addr) const {
  if (addr.is_nil()) return "nil";
  const int i = p_at(addr);
  return i == kNone ? fmt::format("{:#x}", addr.value()) : fmt::format("p{}", p(i).id);
}

bool World::started(const WorldM& m) const {
  return m.g0 != kNone && u64(g(m.g0).at + at_.g_sched + at_.buf_pc) != 0;
}

bool World::lives(const WorldM& m) const {
  if (m.id < 0 || m.id >= kMaxThreads) return false;
  if (!threads_) return true;
  const ThreadState state = threads_->row(image_, static_cast<ThreadId>(m.id)).state;
  return state != ThreadState::none && state != ThreadState::exited;
}

bool World::awake(const WorldM& m) const {
  if (!lives(m)) return false;
  return !threads_ || threads_->row(image_, static_cast<ThreadId>(m.id)).can_move();
}

bool World::on_g0(const WorldM& m) const {
  const int tls = g_at(tls_g(m));
  return tls != kNone && g(tls).system;
}

}  // namespace gogoscope::check
