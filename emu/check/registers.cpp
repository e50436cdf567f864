// SP, BP and TLS of a thread: do they agree on one g?
#include <algorithm>

#include "emu/check/judges.h"
#include "emu/disasm/ahead.h"
#include "emu/guest/vsyscall_page.h"
#include "emu/layout/clock_functions.h"

namespace gogoscope::check {
namespace {

using enum Invariant;

std::optional<int> steps_until_replaced(const World& w, const WorldM& m, Reg reg) {
  return gogoscope::steps_until_replaced(w.guest().code, w.image(), static_cast<ThreadId>(m.id), reg);
}

std::optional<int> steps_until_stored(const World& w, const WorldM& m, Addr addr) {
  return gogoscope::steps_until_stored(w.guest().code, w.image(), static_cast<ThreadId>(m.id), addr);
}

/// Assembly of real programs in which SP need not be on the stack of the g that R14 or TLS names.
///
/// - What is of ABI0 may leave another g in R14 than in TLS: its caller loads R14 from TLS again
/// (systemstack,
///   from Go 1.17 on). The linker's name says so where there is a wrapper of the other ABI as well.
/// - The clock is asked for on the stack of g0, since the vDSO needs more than a goroutine may have left.
bool explained_by_assembly(const World& w, const WorldM& m, Addr sp) {
  const Function* const function = function_of(w, m);
  if (function == nullptr) return false;
  std::string_view name = function->name;
  constexpr std::string_view kAbi0 = ".abi0";
  const bool abi0 = name.ends_with(kAbi0);
  if (abi0) name.remove_suffix(kAbi0.size());
  const int of_tls = w.g_at(w.tls_g(m));
  if (abi0 && of_tls != kNone && w.on_stack(of_tls, sp)) return true;
  const auto clocks = clock_functions(w.guest().release->name());
  return m.g0 != kNone && w.on_stack(m.g0, sp) && std::ranges::find(clocks, name) != clocks.end();
}

/// Whether SP is on the stack for handlers of signals, where only a kernel puts it.
bool on_gsignal(const World& w, const WorldM& m) {
  const int here = w.stack_of_thread(m);
  return here != kNone && w.g(here).signal && w.g(here).index == m.id;
}

std::string_view plural(int steps) { return steps == 1 ? "" : "s"; }

void judge_tls(const World& w, const WorldM& m, Findings& out) {
  const Addr slot = m.addr + w.at().m_tls;
  const Addr tls = w.tls_g(m);
  const int g = w.g_at(tls);
  if (w.reg(m, Reg::fs_base) != slot.value() + 8) {
    out.broken(tls_g_belongs_to_m, [&] {
      return reason("FS of m{0}'s thread is {1:#x}, so that -8(FS) is not m{0}.tls[0]",
                    "m{0} 的线程 FS 是 {1:#x}，于是 -8(FS) 不是 m{0}.tls[0]", m.id, w.reg(m, Reg::fs_base));
    });
    return;
  }
  const Addr owner = g == kNone ? Addr() : w.pointer(w.g(g).at + w.at().g_m);
  if (g != kNone && owner == m.addr) return;
  const auto ahead = steps_until_stored(w, m, slot);
  out.untrue(tls_g_belongs_to_m, ahead.has_value(), [&] {
    Text what = g == kNone ? reason("TLS of m{} holds {}, which is not a g", "m{} 的 TLS 里是 {}，不是 g",
                                    m.id, w.g_name(tls))
                           : reason("TLS of m{} names {}, whose m is {}",
                                    "m{} 的 TLS 指向 {}，它的 m 却是 {}", m.id, w.g_name(g), w.m_name(owner));
    return ahead ? what + reason("; the slot is written in {} step{}", "；再过 {} 步写入", *ahead,
                                 plural(*ahead))
                 : what;
  });
}

void judge_sp(const World& w, const WorldM& m, Findings& out) {
  const int g = w.g_at(w.current_g(m));
  if (g == kNone) return;  // judge_tls says so
  const Addr sp(w.reg(m, Reg::rsp));
  if (w.on_stack(g, sp)) return;
  // In a handler, before it has named gsignal, or when it has named again what it interrupted.
  if (on_gsignal(w, m)) return;
  if (explained_by_assembly(w, m, sp)) return;
  auto ahead = steps_until_replaced(w, m, Reg::rsp);
  const GHome home = w.g_home(m);
  if (!ahead) {
    ahead = home == GHome::tls ? steps_until_stored(w, m, m.addr + w.at().m_tls)
                               : steps_until_replaced(w, m, Reg::r14);
  }
  out.untrue(sp_in_tls_g, ahead.has_value(), [&] {
    const int owner = w.stack_with_sp(sp);
    Text what = reason("{0} of m{1} names {2}, SP {3:#x} is ", "m{1} 的 {0} 指向 {2}，SP {3:#x} ", name(home),
                       m.id, w.g_name(g), sp.value()) +
                (owner == kNone ? reason("on no stack", "却不在任何栈上")
                                : reason("on the stack of {}", "却在 {} 的栈上", w.g_name(owner)));
    return ahead ? what + reason("; the two agree again in {} step{}", "；再过 {} 步两者一致", *ahead,
                                 plural(*ahead))
                 : what;
  });
}

void judge_bp(const World& w, const WorldM& m, Findings& out) {
  const Addr bp(w.reg(m, Reg::rbp));
  if (bp.is_nil()) return;
  const int here = w.stack_of_thread(m);
  if (here != kNone && w.on_stack(here, bp)) return;
  const int owner = w.stack_with_sp(bp);
  if (owner == kNone) return;  // no frame pointer: a function without a frame may use BP as it likes
  // A handler keeps the BP of what it interrupted until it has a frame of its own.
  if (on_gsignal(w, m)) return;
  // On its way to g0 an M keeps BP: the frames of the g it has come from are still the last ones.
  if (here != kNone && w.g(here).system && w.g(owner).addr == m.curg) return;
  const auto ahead = steps_until_replaced(w, m, Reg::rbp);
  out.untrue(bp_in_stack, ahead.has_value(), [&] {
    Text what = reason("BP {:#x} of m{} points into the stack of {}, SP is ",
                       "m{1} 的 BP {0:#x} 指在 {2} 的栈里，SP ", bp.value(), m.id, w.g_name(owner)) +
                (here == kNone ? reason("on no stack", "却不在任何栈上")
                               : reason("on that of {}", "却在 {} 的栈上", w.g_name(here)));
    return ahead ? what + reason("; BP is loaded in {} step{}", "；再过 {} 步装入 BP", *ahead, plural(*ahead))
                 : what;
  });
}

}  // namespace

const Function* function_of(const World& w, const WorldM& m) {
  std::uint64_t pc = w.reg(m, Reg::rip);
  if (in_vsyscall_page(pc)) pc = w.image().load_or_zero(Addr(w.reg(m, Reg::rsp)));
  return w.guest().code.function_at(CodeAddr(pc));
}

void judge_thread(const World& w, const WorldM& m, Findings& out) {
  if (!w.lives(m)) return;
  if (!w.started(m)) return;
  judge_tls(w, m, out);
  judge_sp(w, m, out);
  judge_bp(w, m, out);
}

}  // namespace gogoscope::check
