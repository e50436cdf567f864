#include "emu/layout/structs.h"

#include <algorithm>

#include "emu/layout/release.h"

namespace gogoscope {
namespace {

Addr symbol(const Guest& guest, std::string_view name) {
  const DataSymbol* found = guest.code.data(name);
  return found == nullptr ? Addr() : found->addr;
}

/// Everything that the runtime's allocator gives out is aligned to words at least.
bool is_aligned(Addr addr) { return addr.value() % 8 == 0; }

}  // namespace

StructFinder::StructFinder(const Guest& guest)
    : guest_(guest),
      at_(guest.release->at),
      allgs_(symbol(guest, "runtime.allgs")),
      allp_(symbol(guest, "runtime.allp")),
      allm_(symbol(guest, "runtime.allm")),
      sched_(symbol(guest, "runtime.sched")),
      m0_(symbol(guest, "runtime.m0")),
      g0_(symbol(guest, "runtime.g0")),
      threads_(ThreadTable::of(guest)) {}

PointerSlice StructFinder::slice(const MemoryView& memory, Addr at, std::uint32_t element_size) const {
  if (at.is_nil()) return {};
  const Addr array(memory.load_or_zero(at));
  const Region* region = array.is_nil() || !is_aligned(array) ? nullptr : guest_.map.find(array);
  if (region == nullptr) return {array, 0};
  const std::uint64_t mapped = static_cast<std::uint64_t>(region->end() - array) / 8;
  const std::uint64_t fit = guest_.map.regions_end() / std::max<std::uint32_t>(element_size, 1) + 1;
  return {array, std::min({memory.load_or_zero(at + 8), mapped, fit})};
}

PointerSlice StructFinder::allgs(const MemoryView& memory) const { return slice(memory, allgs_, at_.g_size); }

PointerSlice StructFinder::allp(const MemoryView& memory) const { return slice(memory, allp_, at_.p_size); }

std::vector<FoundM> StructFinder::ms(const MemoryView& memory) const {
  std::vector<FoundM> found;
  const auto mapped_g = [&](Addr g) {
    return !g.is_nil() && is_aligned(g) && guest_.map.find(g, at_.g_size) != nullptr ? g : Addr();
  };
  const auto mapped = [&](Addr m) {
    return !m.is_nil() && is_aligned(m) && guest_.map.find(m, at_.m_size) != nullptr;
  };
  const auto add = [&](Addr m) {
    const bool known = std::any_of(found.begin(), found.end(), [m](const FoundM& f) { return f.addr == m; });
    if (known || !mapped(m) || found.size() >= kMaxThreads) return;
    Addr g0(memory.load_or_zero(m + at_.m_g0));
    // The boot code links m0 and g0 after it has begun to use them.
    if (g0.is_nil() && m == m0_) g0 = g0_;
    found.push_back({m, static_cast<int>(memory.load_or_zero(m + at_.m_id)), mapped_g(g0),
                     mapped_g(Addr(memory.load_or_zero(m + at_.m_gsignal)))});
  };
  const auto walk = [&](Addr list, FieldAt link) {
    Addr next(memory.load_or_zero(list));
    for (int i = 0; i < kMaxThreads && mapped(next); ++i) {
      add(next);
      next = Addr(memory.load_or_zero(next + link));
    }
  };

  walk(allm_, at_.m_alllink);
  add(m0_);  // before schedinit has put it on the list
  // An M that ends leaves allm long before its thread is gone; where its TLS lies says which M a thread is.
  const int made = threads_ ? threads_->threads(memory) : 0;
  for (int i = 1; i < made; ++i) {
    const Addr row = threads_->row_addr(static_cast<ThreadId>(i));
    const ThreadRow thread{static_cast<ThreadState>(memory.load_or_zero(row + ThreadRow::kState, 4)), Addr(),
                           0, 0, Addr()};
    if (!thread.lives()) continue;
    const Addr tls(memory.load_or_zero(row + ThreadRow::kTls));
    if (!tls.is_nil() && at_.m_tls) add(tls - 8 - std::int64_t{at_.m_tls.offset()});
  }
  // And once the thread is gone, the M waits on freem until somebody frees its stack.
  walk(sched_.is_nil() ? Addr() : sched_ + at_.s_freem, at_.m_freelink);
  std::stable_sort(found.begin(), found.end(), [](const FoundM& a, const FoundM& b) { return a.id < b.id; });
  return found;
}

}  // namespace gogoscope
