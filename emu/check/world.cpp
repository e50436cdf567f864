#include "emu/check/world.h"

#include <fmt/format.h>

namespace gogoscope::check {

World::World(const Guest& guest, const Image& image)
    : guest_(guest), image_(image), at_(*guest.layout), threads_(ThreadTable::of(guest)) {
  find_everything();
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
