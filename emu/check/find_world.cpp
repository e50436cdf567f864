// Finds the structs of a moment from scratch, and which words of memory say something about them.
#include <algorithm>

#include "emu/check/world.h"

namespace gogoscope::check {

std::uint32_t World::offset_of(Addr addr, std::uint64_t bytes) const {
  return addr.is_nil() ? 0 : guest_.map.image_offset(addr, bytes).value_or(0);
}

void World::find_everything() {
  watched_ = WordSet(guest_.map.image_size());
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

/// allgs holds something new, or is somewhere else.
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
  // An M that ends leaves allm before it leaves its P: its thread shows which M it is, by where its TLS is.
  const int made = threads_ ? threads_->threads(image_) : 0;
  for (int i = 0; i < made; ++i) {
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

}  // namespace gogoscope::check
