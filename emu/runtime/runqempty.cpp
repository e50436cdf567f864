#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

void runqempty(GoFunction& f, const Go& go, Var _p_) {
  const Var head = GoFunction::in_register(Reg::rax), tail = GoFunction::in_register(Reg::rcx),
            runnext = GoFunction::in_register(Reg::rbx);
  const Label again = f.label();
  auto of_p = [&](const char* name) {
    return [_p_, &field = go.p(name)](Frame& x) { return x.load(x.get(_p_), field); };
  };
  f.at(again).set(head, of_p("runqhead")).set(tail, of_p("runqtail")).set(runnext, of_p("runnext"));
  f.jump_unless([=, load = of_p("runqtail")](Frame& x) { return x.get(tail) == load(x); }, again);
  f.set(head, [=](Frame& x) { return x.get(head) == x.get(tail) && x.get(runnext) == 0; });
}

}  // namespace gogoscope::runtime
