// proc.go, checkdead: nobody can run and nobody will: a deadlock.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction checkdead(const Go& go) {
  GoFunction f(sig::checkdead, {.bytes = 80});
  const std::uint32_t atomicstatus = go.g("atomicstatus").offset;

  f.line("func checkdead() {");
  f.line("    // count the goroutines that wait; if there are none, main has called Goexit");
  f.line("    throw(\"all goroutines are asleep - deadlock!\")").does([=](Frame& x) {
    // Every other M is idle when Go comes here, under sched.lock: nobody changes a status meanwhile.
    const std::uint64_t allgs = x.symbol("runtime.allgs");
    const std::uint64_t base = x.load_private(allgs);
    const std::uint64_t count = x.load_private(allgs + 8);
    bool waiting = false;
    for (std::uint64_t i = 0; i < count && !waiting; ++i) {
      waiting = x.load_private(x.load_private(base + i * 8) + atomicstatus, 4) == kGwaiting;
    }
    x.stop({StopReason::deadlock,
            waiting ? "fatal error: all goroutines are asleep - deadlock!"
                    : "fatal error: no goroutines (main called runtime.Goexit) - deadlock!",
            0});
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
