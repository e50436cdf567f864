#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

void runqempty(GoFunction& f, const Go& go, Var _p_) {
  const Var head = GoFunction::in_register(Reg::rax), tail = GoFunction::in_register(Reg::rcx),
            runnext = GoFunction::in_register(Reg::rbx);
  f.repeat(
      [&] {
        f.set(head, load(_p_, go.p("runqhead")))
            .set(tail, load(_p_, go.p("runqtail")))
            .set(runnext, load(_p_, go.p("runnext")));
      },
      tail == load(_p_, go.p("runqtail")));
  f.set(head, [=](Frame& x) { return x.get(head) == x.get(tail) && x.get(runnext) == 0; });
}

}  // namespace gogoscope::runtime
