#include "emu/world/world.h"

#include <fmt/format.h>

#include "emu/layout/status.h"

namespace gogoscope {

World::World(const Guest& guest, const Image& image)
    : guest_(guest), image_(image), at_(guest.release->at), g_home_(guest.release->g_home), finder_(guest) {
  find_anew();
}

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

std::vector<Addr> World::allp() const {
  const PointerSlice slice = finder_.allp(image_);
  std::vector<Addr> out;
  for (std::uint64_t i = 0; i < slice.length; ++i) out.emplace_back(image_.load_or_zero(slice.place(i)));
  return out;
}

int World::twin(int i) const {
  int found = kNone;
  const auto [first, last] = g_by_goid_.equal_range(g(i).goid);
  for (auto other = first; other != last; ++other) {
    if (other->second == i || g(other->second).status == kGdead) continue;
    if (found == kNone || other->second < found) found = other->second;
  }
  return found;
}

StackMap::Key World::stack_key(const WorldG& g) {
  constexpr std::int64_t kSystem = std::int64_t{1} << 40;  // after all of allgs
  return {g.lo, g.system ? kSystem + std::int64_t{g.index} * 2 + (g.signal ? 1 : 0) : g.index};
}

int World::stack_with_sp(Addr sp) const {
  const auto stack = stacks_.with_sp(sp);
  return stack ? g_at(stack->g) : kNone;
}

bool World::on_stack(int i, Addr sp) const { return sp >= g(i).lo && sp <= g(i).hi; }

int World::stack_of_thread(const WorldM& m) const {
  const Addr sp(reg(m, Reg::rsp));
  const int named = g_at(tls_g(m));
  return named != kNone && on_stack(named, sp) ? named : stack_with_sp(sp);
}

int World::overlapping(int i) const {
  const auto stack = stacks_.overlapping(stack_key(g(i)));
  return stack ? g_at(stack->g) : kNone;
}

World::Place World::place(std::uint32_t offset) const {
  const auto after = ranges_.upper_bound(offset);
  if (after == ranges_.begin()) return {};
  const auto& [lo, range] = *std::prev(after);
  if (offset - lo >= range.size) return {};
  return {range.kind, range.index, offset - lo};
}

GId World::g_id(int i) const {
  const WorldG& it = g(i);
  if (!it.system) return {GId::Kind::ordinary, it.index, false, it.addr};
  return {it.signal ? GId::Kind::gsignal : GId::Kind::g0, it.index, ms_.size() == 1, it.addr};
}

GId World::g_id(Addr addr) const {
  if (addr.is_nil()) return {};
  const int i = g_at(addr);
  return i == kNone ? GId{GId::Kind::unknown, 0, false, addr} : g_id(i);
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

bool World::started(const WorldM& m) const { return m.g0 != kNone && u64(g(m.g0).at + at_.g_sched_pc) != 0; }

ThreadState World::thread_state(const WorldM& m) const {
  if (m.id < 0 || m.id >= kMaxThreads) return ThreadState::none;
  if (thread_rows_ == 0) return ThreadState::runnable;
  const auto row = static_cast<std::uint32_t>(m.id * static_cast<int>(ThreadRow::kSize));
  return static_cast<ThreadState>(u32(thread_rows_ + row + ThreadRow::kState));
}

bool World::lives(const WorldM& m) const {
  const ThreadState state = thread_state(m);
  return state != ThreadState::none && state != ThreadState::exited;
}

bool World::awake(const WorldM& m) const {
  const ThreadState state = thread_state(m);
  return state == ThreadState::fresh || state == ThreadState::runnable;
}

Addr World::g_in_r14(const WorldM& m) const {
  return g_home(m) == GHome::r14 ? Addr(reg(m, Reg::r14)) : tls_g(m);
}

GHome World::g_home(const WorldM& m) const {
  const bool in_r14 =
      g_home_ == GHome::r14 && m.id >= 0 && m.id < kMaxThreads && g_at(Addr(reg(m, Reg::r14))) != kNone;
  return in_r14 ? GHome::r14 : GHome::tls;
}

bool World::on_g0(const WorldM& m) const {
  const int current = g_at(current_g(m));
  return current != kNone && g(current).system;
}

}  // namespace gogoscope
