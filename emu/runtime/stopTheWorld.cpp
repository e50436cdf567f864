// proc.go, stopTheWorld and stopTheWorldWithSema: asks all Ps to stop and waits until they have.
#include <string>
#include <string_view>

#include "emu/runtime/functions.h"
#include "emu/runtime/sig_schedule.h"

namespace gogoscope::runtime {

namespace {

/// The reason is "stopTheWorld": the head of a message that lies in the guest's data anyway.
constexpr std::string_view kMessage = "stopTheWorld: holding locks";
constexpr std::uint64_t kReasonLen = 12;

}  // namespace

GoFunction stopTheWorld(const Go& go) {
  GoFunction f(sig::stopTheWorld, {.bytes = 48, .ours = true});
  const Var gp = f.local("closure.gp", "*g"), code = f.local("closure", "uintptr");
  const Label taken = f.label();
  auto own_m = [](Frame& x) { return x.m(); };

  f.line("func stopTheWorld(reason string) {");
  f.line("    semacquire(&worldsema)  // one at a time")
      .jump_if([](Frame& x) { return x.cas(x.symbol("runtime.worldsema"), 4, 1, 0); }, taken);
  f.line("        // waiting for another who has stopped the world").left_out("a second stopTheWorld");
  f.line("    gp := getg()").at(taken).set(gp, [](Frame& x) { return x.getg(); });
  f.line("    gp.m.preemptoff = reason")
      .store(own_m, go.m("preemptoff.ptr"), [](Frame& x) { return x.symbol(string_symbol(kMessage)); })
      .store(own_m, go.m("preemptoff.len"), kReasonLen);
  f.line("    systemstack(func() { ... stopTheWorldWithSema() ... })")
      .set(code, [](Frame& x) { return x.symbol("runtime.stopTheWorld.func1"); })
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
            ok = f.local("woken", "bool");
  const Field& stopwait = go.sched("stopwait");
  const Field& status = go.p("status");
  const std::uint32_t lock = go.sched("lock").offset;
  const std::uint32_t stopnote = go.sched("stopnote").offset;
  const Label free = f.label(), syscalls = f.label(), next = f.label(), quiet = f.label(), idle = f.label(),
              none_idle = f.label(), sleep = f.label(), again = f.label(), stopped = f.label(),
              all = f.label(), check = f.label(), good = f.label(), done = f.label();
  auto sched = [](Frame& x) { return x.symbol("runtime.sched"); };
  auto sched_lock = [=](Frame& x) { return sched(x) + lock; };
  auto note = [=](Frame& x) { return sched(x) + stopnote; };
  auto own_p = [](Frame& x) { return x.p(); };
  auto stop_one = [=](Frame& x) { x.xadd(sched(x) + stopwait.offset, 4, ~std::uint64_t{0}); };
  // allp and gomaxprocs change only while the world is stopped.
  auto procs = [](Frame& x) { return x.load_private(x.symbol("runtime.gomaxprocs"), 4); };
  auto beyond = [=](Frame& x) { return x.get(i) >= procs(x); };
  auto p_of_i = [=](Frame& x) { return x.load(x.load_private(x.symbol("runtime.allp")) + x.get(i) * 8); };
  auto next_i = [=](Frame& x) { return x.get(i) + 1; };

  f.line("func stopTheWorldWithSema() {");
  f.line("    if getg().m.locks > 0 {")
      .jump_unless([=](Frame& x) { return x.load(x.m(), go.m("locks")); }, free);
  f.line("        throw(\"stopTheWorld: holding locks\")").throws(std::string(kMessage));
  f.line("    }");
  f.line("    lock(&sched.lock)").at(free).call(sig::lock2, {sched_lock});
  f.line("    sched.stopwait = gomaxprocs").store(sched, stopwait, procs);
  f.line("    atomic.Store(&sched.gcwaiting, 1)").store(sched, go.sched("gcwaiting"), 1);
  f.line("    preemptall()").call(sig::preemptall);
  f.line("    getg().m.p.ptr().status = _Pgcstop  // our own").store(own_p, status, kPgcstop);
  f.line("    sched.stopwait--").does(stop_one);
  f.line("    for _, p := range allp {  // Ps in system calls: nobody uses them just now").set(i, 0);
  f.at(syscalls).jump_if(beyond, idle).set(p, p_of_i);
  f.line("        if p.status == _Psyscall && atomic.Cas(&p.status, _Psyscall, _Pgcstop) {")
      .jump_unless([=](Frame& x) { return x.load(x.get(p), status) == kPsyscall; }, next)
      .jump_unless([=](Frame& x) { return x.cas(x.get(p) + status.offset, 4, kPsyscall, kPgcstop); }, next);
  f.line("            if trace.enabled { traceGoSysBlock(p); traceProcStop(p) }")
      .jump_unless([](Frame& x) { return x.load(x.symbol("runtime.trace.enabled"), 1); }, quiet)
      .left_out("tracing of a system call");
  f.line("            p.syscalltick++").at(quiet).does([=](Frame& x) {
    x.xadd(x.get(p) + go.p("syscalltick").offset, 4, 1);
  });
  f.line("            sched.stopwait--").does(stop_one);
  f.line("        }");
  f.line("    }").at(next).set(i, next_i).jump(syscalls);
  f.line("    for p := pidleget(); p != nil; p = pidleget() {");
  f.at(idle).call(sig::pidleget).take(sig::pidleget, 0, p).jump_unless(p, none_idle);
  f.line("        p.status = _Pgcstop").store(p, status, kPgcstop);
  f.line("        sched.stopwait--").does(stop_one).jump(idle);
  f.line("    }");
  f.line("    wait := sched.stopwait > 0").at(none_idle).set(wait, [=](Frame& x) {
    return static_cast<std::int32_t>(x.load(sched(x), stopwait)) > 0;
  });
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {sched_lock});
  f.line("    for wait {  // for those that run a goroutine").jump_unless(wait, stopped);
  f.line("        if notetsleep(&sched.stopnote, 100*1000) {");
  f.at(sleep).call(sig::notetsleep, {note, 100 * 1000}).take(sig::notetsleep, 0, ok).jump_unless(ok, again);
  f.line("            noteclear(&sched.stopnote)").does([=](Frame& x) { x.store(note(x), 8, 0); });
  f.line("            break").jump(stopped);
  f.line("        }");
  f.line("        preemptall()  // a goroutine may have started since")
      .at(again)
      .call(sig::preemptall)
      .jump(sleep);
  f.line("    }");
  f.line("    if sched.stopwait != 0 {")
      .at(stopped)
      .jump_unless([=](Frame& x) { return x.load(sched(x), stopwait); }, all);
  f.line("        throw(\"stopTheWorld: not stopped (stopwait != 0)\")")
      .throws("stopTheWorld: not stopped (stopwait != 0)");
  f.line("    }");
  f.line("    for _, p := range allp {").at(all).set(i, 0);
  f.at(check).jump_if(beyond, done).set(p, p_of_i);
  f.line("        if p.status != _Pgcstop {")
      .jump_if([=](Frame& x) { return x.load(x.get(p), status) == kPgcstop; }, good);
  f.line("            throw(\"stopTheWorld: not stopped (status != _Pgcstop)\")")
      .throws("stopTheWorld: not stopped (status != _Pgcstop)");
  f.line("        }");
  f.line("    }").at(good).set(i, next_i).jump(check);
  f.line("}").at(done).ret();
  return f;
}

}  // namespace gogoscope::runtime
