// Changes that are judged by what they come from and lead to.
#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

void judge_goid(const World& w, int g, Findings& out) {
  if (w.g(g).goid == 0 || w.g(g).status == kGdead) return;
  const int other = w.twin(g);
  if (other == kNone) return;
  out.broken(goid_is_unique, [&] {
    return reason("{} and {} both have goid {}", "{} 和 {} 的 goid 都是 {}", w.g_name(other), w.g_name(g),
                  w.g(g).goid);
  });
}

bool is_system(const World& w, Addr g) {
  const int known = w.g_at(g);
  return known != kNone && w.g(known).system;
}

}  // namespace

void judge_change(const World& w, const World::Change& c, Findings& out) {
  using enum World::Change::What;
  switch (c.what) {
    case g_status:
      if (is_system(w, c.of) || w.guest().release->g_transition(c.from, c.to) != nullptr) return;
      out.broken(g_status_change_is_legal, [&] {
        return reason("{} goes from {} to {}: nothing in the runtime does that",
                      "{} 从 {} 变成 {}：运行时里没有函数这样做", w.g_name(c.of), g_status_word(c.from),
                      g_status_word(c.to));
      });
      return;
    case p_status:
      if (w.guest().release->has_p_transition(c.from, c.to)) return;
      out.broken(p_status_change_is_legal, [&] {
        return reason("{} goes from {} to {}: nothing in the runtime does that",
                      "{} 从 {} 变成 {}：运行时里没有函数这样做", w.p_name(c.of), p_status_word(c.from),
                      p_status_word(c.to));
      });
      return;
    case goid:
      if (const int g = w.g_at(c.of); g != kNone) judge_goid(w, g, out);
      return;
    case allgs_entry:
      out.broken(allgs_only_grows, [&] {
        return reason("allgs[{}] was {:#x} and is {:#x}", "allgs[{}] 原来是 {:#x}，现在是 {:#x}", c.entry,
                      c.from, c.to);
      });
      return;
    case allgs_length:
      out.broken(allgs_only_grows, [&] {
        return reason("allgs had {} gs and has {}", "allgs 原有 {} 个 g，现在只有 {} 个", c.from, c.to);
      });
      return;
  }
}

void judge_goids(const World& w, Findings& out) {
  for (std::size_t i = 0; i < w.gs().size(); ++i) {
    if (!w.gs()[i].system) judge_goid(w, static_cast<int>(i), out);
  }
}

}  // namespace gogoscope::check
