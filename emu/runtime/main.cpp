// proc.go, main: the main goroutine. It leaves through exit(0), never through goexit.
#include <fmt/format.h>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction main_(const Go& go) {
  GoFunction f(sig::main_, {.bytes = 80});
  const Var g = f.local("g", "*g");

  f.line("func main() {");
  f.line("    g := getg()").set(g, getg);
  f.line("    g.m.g0.racectx = 0  // it was the parent of this goroutine, in a race build")
      .store(own_g0, go.g("racectx"), 0);
  f.line("    maxstacksize = 1000000000  // 1 GB, in decimal").stores([](Frame& x) {
    x.store(x.symbol("runtime.maxstacksize"), 8, 1'000'000'000);
  });
  f.line("    maxstackceiling = 2 * maxstacksize").stores([](Frame& x) {
    x.store(x.symbol("runtime.maxstackceiling"), 8, 2'000'000'000);
  });
  f.line("    mainStarted = true  // from now on newproc may start new Ms").stores([](Frame& x) {
    x.store(x.symbol("runtime.mainStarted"), 1, 1);
  });
  f.if_(
      "    if GOARCH != \"wasm\" {  // and, here, if the scenario asks for it",
      [](Frame& x) { return x.environment().sysmon && x.environment().goarch != "wasm"; },
      [&] {
        f.line("        atomic.Store(&sched.sysmonStarting, 1)").store(sched, go.sched("sysmonStarting"), 1);
        f.line("        systemstack(func() { newm(sysmon, nil, -1) })").call(sig::systemstack, {[](Frame& x) {
                                                                               return x.symbol(
                                                                                   "runtime.main.func1.f");
                                                                             }});
      });
  f.line("    // lockOSThread, until the package initializers are done: left out");
  f.if_("    if g.m != &m0 {", own_m != symbol("runtime.m0"),
        [&] { f.line("        throw(\"runtime.main not on m0\")").throws("runtime.main not on m0"); });
  f.line("    m0.doesPark = true")
      .store([](Frame& x) { return x.symbol("runtime.m0"); }, go.m("doesPark"), 1);
  f.line("    // the package initializers: left out");
  // In real Go an initializer of the runtime starts forcegchelper, gcenable starts bgsweep and bgscavenge and
  // receives a word from each, and main is locked to its thread. Two of the three come from the ring and
  // twice main itself continues: four new time slices, and that is what a recorded process has counted in
  // main.main. With none the first Gosched would be the 61st tick that looks at the global queue first. What
  // a wait leaves in the g and its M stays there.
  constexpr std::uint64_t kWaitReasonChanReceive = 14, kTraceEvGoBlockRecv = 23;
  f.line(
       "    gcenable()  // starts two goroutines and waits for both: only what that leaves behind is "
       "modelled")
      .add(own_p, go.p("schedtick"), 4)
      .store(g, go.g("waitreason"), kWaitReasonChanReceive)
      .store(own_m, go.m("waittraceev"), kTraceEvGoBlockRecv)
      .store(own_m, go.m("waittraceskip"), 2);
  f.line("    fn := main_main; fn()").call_symbol("main·main");
  f.line("    exit(0)").call(sig::exit, {0});
  f.line("}").ret();
  return f;
}

GoFunction main_func1(const Go&) {
  GoFunction f(sig::main_func1, {.bytes = 32, .ours = true});
  f.line("func() {  // on the system stack");
  f.line("    newm(sysmon, nil, -1)").call(sig::newm, {symbol("runtime.sysmon.f"), 0, -1});
  f.line("}").ret();
  return f;
}

GoFunction exit(const Go&) {
  GoFunction f(sig::exit, {.bytes = 0, .stack_check = false});
  const Var code = f.param("code");
  f.line("func exit(code int32) {  // the system call exit_group").does([=](Frame& x) {
    const auto status = static_cast<std::int32_t>(x.get(code));
    x.stop({StopReason::exit, Text::untranslated(fmt::format("exit({})", status)), status});
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
