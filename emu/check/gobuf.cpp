// A gobuf is good for one switch: once a g has resumed from it, sp, ret, ctxt and bp are cleared.
#include "emu/check/judges.h"
#include "emu/layout/status.h"

namespace gogoscope::check {

/// The switch is over where PC is at the very place that the gobuf of the g in TLS names, on the g's own
/// stack. (pc itself stays; a g that returns from systemstack comes back elsewhere.)
void judge_gobuf(const World& w, const WorldM& m, Findings& out) {
  if (!w.lives(m) || !w.started(m)) return;
  const int i = w.g_at(w.current_g(m));
  if (i == kNone) return;
  const WorldG& g = w.g(i);
  if (g.system || g.status != kGrunning || g.addr != m.curg) return;
  if (w.reg(m, Reg::rip) != w.u64(g.at + w.at().g_sched_pc)) return;
  const Addr sp(w.reg(m, Reg::rsp));
  if (!w.on_stack(i, sp)) return;
  const Offsets& at = w.at();
  for (const auto& [name, field] : {std::pair("sp", at.g_sched_sp), std::pair("ret", at.g_sched_ret),
                                    std::pair("ctxt", at.g_sched_ctxt), std::pair("bp", at.g_sched_bp)}) {
    const std::uint64_t value = w.u64(g.at + field);
    if (value == 0) continue;
    out.broken(Invariant::gobuf_cleared, [&, name = name] {
      return reason("{0} runs again, but {0}.sched.{1} is still {2:#x}",
                    "{0} 又在运行，{0}.sched.{1} 却还是 {2:#x}", w.g_name(i), name, value);
    });
  }
}

}  // namespace gogoscope::check
