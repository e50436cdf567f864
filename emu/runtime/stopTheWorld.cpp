// proc.go, stopTheWorld and stopTheWorldWithSema: asks all Ps to stop and waits until they have.
#include <string>
#include <string_view>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

/// The reason is "stopTheWorld": the head of a message that lies in the guest's data anyway.
constexpr std::string_view kMessage = "stopTheWorld: holding locks";
constexpr std::uint64_t kReasonLen = 12;

}  // namespace

GoFunction stopTheWorld(const Go& go) {
  GoFunction f(sig::stopTheWorld, {.bytes = 48, .ours = true});
  const Var gp = f.local("closure.gp", "*g"), code = f.local("closure", "uintptr");

  f.line("func stopTheWorld(reason string) {");
  f.line("    semacquire(&worldsema)  // one at a time")
      .if_(not_(Storing{[](Frame& x) { return x.cas(x.symbol("runtime.worldsema"), 4, 1, 0); }}), [&] {
        f.line("        // waiting for another g that has stopped the world")
            .left_out({"a second stopTheWorld", "再来一次 stopTheWorld"});
      });
  f.line("    gp := getg()").set(gp, getg);
  f.line("    gp.m.preemptoff = reason")
      .store(own_m, go.m("preemptoff.ptr"), [](Frame& x) { return x.symbol(string_symbol(kMessage)); })
      .store(own_m, go.m("preemptoff.len"), kReasonLen);
  f.line("    systemstack(func() { ... stopTheWorldWithSema() ... })")
      .set(code, symbol("runtime.stopTheWorld.func1"))
      .call(sig::systemstack, {[=](Frame& x) { return x.address(code).value(); }});
  f.line("}").ret();
  return f;
}

GoFunction stopTheWorld_func1(const Go&) {
  GoFunction f(sig::stopTheWorld_func1, {.bytes = 48, .ours = true, .needs_context = true});
  const Var gp = f.local("gp", "*g");
  f.line("func() {  // on the system stack").set(gp, [](Frame& x) {
    return x.load_private(x.reg(Reg::rdx) + 8);
  });
  f.line("    casgstatus(gp, _Grunning, _Gwaiting)  // its stack may be scanned meanwhile")
      .call(sig::casgstatus, {gp, kGrunning, kGwaiting});
  f.line("    stopTheWorldWithSema()").call(sig::stopTheWorldWithSema);
  f.line("    casgstatus(gp, _Gwaiting, _Grunning)").call(sig::casgstatus, {gp, kGwaiting, kGrunning});
  f.line("}").ret();
  return f;
}

GoFunction stopTheWorldWithSema(const Go& go) {
  GoFunction f(sig::stopTheWorldWithSema, {.bytes = 80, .ours = true});
  const Var p = f.local("p", "*p"), i = f.local("i", "int"), wait = f.local("wait", "bool"),
            ok = f.local("woken", "bool"), s = f.local("s", "uint32");
  const Field& stopwait = go.sched("stopwait");
  const Field& status = go.p("status");
  const Field& lock = go.sched("lock");
  const Field& stopnote = go.sched("stopnote");
  auto sched_lock = address(sched, lock);
  auto note = address(sched, stopnote);
  // allp and gomaxprocs change only while the world is stopped.
  auto procs = [](Frame& x) { return x.load_private(x.symbol("runtime.gomaxprocs"), 4); };
  auto p_of_i = [=](Frame& x) { return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(i) * 8); };
  auto next_i = i + 1;

  f.line("func stopTheWorldWithSema() {");
  f.if_("    if getg().m.locks > 0 {", load(own_m, go.m("locks")),
        [&] { f.line("        throw(\"stopTheWorld: holding locks\")").throws(std::string(kMessage)); });
  f.line("    lock(&sched.lock)").call(sig::lock2, {sched_lock});
  f.line("    sched.stopwait = gomaxprocs").store(sched, stopwait, procs);
  f.line("    atomic.Store(&sched.gcwaiting, 1)").store(sched, go.sched("gcwaiting"), 1);
  f.line("    preemptall()").call(sig::preemptall);
  f.line("    getg().m.p.ptr().status = _Pgcstop  // our own").store(own_p, status, kPgcstop);
  f.line("    sched.stopwait--").add(sched, stopwait, -1);
  f.line("    for _, p := range allp {  // Ps in system calls: not in use at the moment")
      .set(i, 0)
      .for_(
          i < procs,
          [&] {
            f.set(p, p_of_i);
            f.line("        s := p.status").set(s, load(p, status));
            f.if_("        if s == _Psyscall && atomic.Cas(&p.status, s, _Pgcstop) {",
                  all(s == kPsyscall, cas(p, status, s, kPgcstop)), [&] {
                    f.if_("            if trace.enabled { traceGoSysBlock(p); traceProcStop(p) }", tracing,
                          [&] {
                            f.left_out({"tracing of a system call", "对系统调用的跟踪"});
                          });
                    f.line("            p.syscalltick++").add(p, go.p("syscalltick"), 1);
                    f.line("            sched.stopwait--").add(sched, stopwait, -1);
                  });
          },
          [&] { f.set(i, next_i); });
  f.forever("    for p := pidleget(); p != nil; p = pidleget() {", [&] {
    f.call(sig::pidleget).take(sig::pidleget, 0, p).break_if(p == 0);
    f.line("        p.status = _Pgcstop").store(p, status, kPgcstop);
    f.line("        sched.stopwait--").add(sched, stopwait, -1);
  });
  f.line("    wait := sched.stopwait > 0").set(wait, int32(load(sched, stopwait)) > 0);
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.if_("    for wait {  // for those that run a goroutine", wait, [&] {
    f.forever([&] {
      f.line("        if notetsleep(&sched.stopnote, 100*1000) {")
          .call(sig::notetsleep, {note, 100 * 1000})
          .take(sig::notetsleep, 0, ok)
          .if_(ok, [&] {
            f.line("            noteclear(&sched.stopnote)").stores([=](Frame& x) {
              x.store(note(x), 8, 0);
            });
            f.line("            break").break_();
          });
      f.line("        preemptall()  // a goroutine may have started since").call(sig::preemptall);
    });
  });
  f.if_("    if sched.stopwait != 0 {", load(sched, stopwait), [&] {
    f.line("        throw(\"stopTheWorld: not stopped (stopwait != 0)\")")
        .throws("stopTheWorld: not stopped (stopwait != 0)");
  });
  f.line("    for _, p := range allp {")
      .set(i, 0)
      .for_(
          i < procs,
          [&] {
            f.set(p, p_of_i);
            f.if_("        if p.status != _Pgcstop {", load(p, status) != kPgcstop, [&] {
              f.line("            throw(\"stopTheWorld: not stopped (status != _Pgcstop)\")")
                  .throws("stopTheWorld: not stopped (status != _Pgcstop)");
            });
          },
          [&] { f.set(i, next_i); });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
