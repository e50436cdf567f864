// SP, BP and TLS of a thread: do they speak of one and the same g?
#include <fmt/format.h>

#include "emu/check/ahead.h"
#include "emu/check/judges.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

void judge_tls(const World& w, const WorldM& m, Findings& out) {
  const Addr slot = m.addr + w.at().m_tls;
  const Addr tls = w.tls_g(m);
  const int g = w.g_at(tls);
  if (w.reg(m, Reg::fs_base) != slot.value() + 8) {
    out.broken(tls_g_belongs_to_m, [&] {
      return fmt::format("FS of m{}'s thread is {:#x}, so that -8(FS) is not m{}.tls[0]", m.id,
                         w.reg(m, Reg::fs_base), m.id);
    });
    return;
  }
  const Addr owner = g == kNone ? Addr() : w.pointer(w.g(g).at + w.at().g_m);
  if (g != kNone && owner == m.addr) return;
  const auto ahead = steps_until_stored(w, m, slot);
  out.untrue(tls_g_belongs_to_m, ahead.has_value(), [&] {
    std::string what =
        g == kNone ? fmt::format("TLS of m{} holds {}, which is no g", m.id, w.g_name(tls))
                   : fmt::format("TLS of m{} names {}, whose m is {}", m.id, w.g_name(g), w.m_name(owner));
    if (ahead) what += fmt::format("; the slot is written in {}", steps_text(*ahead));
    return what;
  });
}

void judge_sp(const World& w, const WorldM& m, Findings& out) {
  const int g = w.g_at(w.tls_g(m));
  if (g == kNone) return;  // judge_tls says so
  const Addr sp(w.reg(m, Reg::rsp));
  if (sp > w.g(g).lo && sp <= w.g(g).hi) return;
  auto ahead = steps_until_replaced(w, m, Reg::rsp);
  if (!ahead) ahead = steps_until_stored(w, m, m.addr + w.at().m_tls);
  out.untrue(sp_in_tls_g, ahead.has_value(), [&] {
    const int owner = w.stack_with_sp(sp);
    std::string what = fmt::format("TLS of m{} names {}, SP {:#x} lies {}", m.id, w.g_name(g), sp.value(),
                                   owner == kNone ? "on no stack" : "on the stack of " + w.g_name(owner));
    if (ahead) what += fmt::format("; the two agree again in {}", steps_text(*ahead));
    return what;
  });
}

void judge_bp(const World& w, const WorldM& m, Findings& out) {
  const Addr bp(w.reg(m, Reg::rbp));
  if (bp.is_nil()) return;
  const int owner = w.stack_with_sp(bp);
  if (owner == kNone) return;  // no frame pointer: a function without a frame may use BP as it likes
  const int here = w.stack_with_sp(Addr(w.reg(m, Reg::rsp)));
  if (owner == here) return;
  // On its way to g0 an M keeps BP: the frames of the g it has come from are still the last ones.
  if (here != kNone && w.g(here).system && w.g(owner).addr == m.curg) return;
  const auto ahead = steps_until_replaced(w, m, Reg::rbp);
  out.untrue(bp_in_stack, ahead.has_value(), [&] {
    std::string what =
        fmt::format("BP {:#x} of m{} points into the stack of {}, SP stands {}", bp.value(), m.id,
                    w.g_name(owner), here == kNone ? "on no stack" : "on that of " + w.g_name(here));
    if (ahead) what += fmt::format("; BP is loaded in {}", steps_text(*ahead));
    return what;
  });
}

}  // namespace

void judge_thread(const World& w, const WorldM& m, Findings& out) {
  if (!w.lives(m)) return;
  if (!w.started(m)) return;
  judge_tls(w, m, out);
  judge_sp(w, m, out);
  judge_bp(w, m, out);
}

}  // namespace gogoscope::check
