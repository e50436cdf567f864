// proc.go, sysmon: a thread of its own, without a P and outside of the scheduler, that takes Ps away from
// system calls and asks goroutines that run too long to give way.
#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kForcegcPeriod = 2ULL * 60 * 1000 * 1000 * 1000;  ///< forcegcperiod, ns

}  // namespace

GoFunction sysmon(const Go& go) {
  GoFunction f(sig::sysmon, {.bytes = 96});
  const Var idle = f.local("idle", "int"), delay = f.local("delay", "uint32"), now = f.local("now", "int64"),
            syscallWake = f.local("syscallWake", "bool");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Label round_done = f.label(), loop = f.label(), longer = f.label(), cap = f.label(),
              sleep = f.label(), maybe_deep = f.label(), deep = f.label(), shallow = f.label(),
              no_wake = f.label(), work = f.label(), idle_round = f.label();
  auto in_sched = [go](const char* field) {
    const std::uint32_t offset = go.sched(field).offset;
    return [=](Frame& x) { return x.symbol("runtime.sched") + offset; };
  };
  auto sched_store = [&](const char* field, std::uint64_t value) {
    f.store([](Frame& x) { return x.symbol("runtime.sched"); }, go.sched(field), value);
  };
  // Nobody needs a watchman: the world stops, or every P is idle.
  auto quiet = [&](Label yes, Label no) {
    f.jump_if([at = in_sched("gcwaiting")](Frame& x) { return x.load(at(x), 4); }, yes)
        .set(ax, [at = in_sched("npidle")](Frame& x) { return x.load(at(x), 4); })
        .jump_unless([=](Frame& x) { return x.get(ax) == x.load(x.symbol("runtime.gomaxprocs"), 4); }, no);
  };

  f.line("func sysmon() {  // on its own thread's g0; there is no P: no heap, no write barriers");
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
  f.line("    sched.nmsys++").does([at = in_sched("nmsys")](Frame& x) { x.xadd(at(x), 4, 1); });
  f.line("    checkdead()").call(sig::checkdead);
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
  f.line("    atomic.Store(&sched.sysmonStarting, 0)");
  sched_store("sysmonStarting", 0);
  f.line("    idle := 0").set(idle, 0);
  f.line("    delay := uint32(0)").set(delay, 0);
  f.line("    for {");
  f.line("        if idle == 0 { delay = 20 }").at(loop).jump_if(idle, longer).set(delay, 20).jump(cap);
  f.line("        else if idle > 50 { delay *= 2 }  // after 1 ms without anything to do")
      .at(longer)
      .jump_unless([=](Frame& x) { return x.get(idle) > 50; }, cap)
      .set(delay, [=](Frame& x) { return x.get(delay) * 2; });
  f.line("        if delay > 10*1000 { delay = 10 * 1000 }")
      .at(cap)
      .jump_unless([=](Frame& x) { return x.get(delay) > 10 * 1000; }, sleep)
      .set(delay, 10 * 1000);
  f.line("        usleep(delay)").at(sleep).call(sig::usleep, {delay});
  f.line("        now := nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
  f.line("        if sched.gcwaiting != 0 || atomic.Load(&sched.npidle) == uint32(gomaxprocs) {");
  quiet(maybe_deep, work);
  f.line("            lock(&sched.lock)").at(maybe_deep).call(sig::lock2, {in_sched("lock")});
  f.line(
      "            if atomic.Load(&sched.gcwaiting) != 0 || atomic.Load(&sched.npidle) == uint32(gomaxprocs) "
      "{");
  quiet(deep, shallow);
  f.line("                syscallWake := false").at(deep).set(syscallWake, 0);
  f.line("                // next, _ := timeSleepUntil(): there are no timers, so never");
  f.line("                atomic.Store(&sched.sysmonwait, 1)");
  sched_store("sysmonwait", 1);
  f.line("                unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
  f.line("                syscallWake = notetsleep(&sched.sysmonnote, forcegcperiod/2)")
      .call(sig::notetsleep, {in_sched("sysmonnote"), kForcegcPeriod / 2})
      .take(sig::notetsleep, 0, syscallWake);
  f.line("                lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
  f.line("                atomic.Store(&sched.sysmonwait, 0)");
  sched_store("sysmonwait", 0);
  f.line("                noteclear(&sched.sysmonnote)");
  sched_store("sysmonnote", 0);
  f.line("                if syscallWake { idle = 0; delay = 20 }")
      .jump_unless(syscallWake, no_wake)
      .set(idle, 0)
      .set(delay, 20);
  f.line("            }").at(no_wake);
  f.line("            unlock(&sched.lock)").at(shallow).call(sig::unlock2, {in_sched("lock")});
  f.line("        }");
  f.line("        lock(&sched.sysmonlock)").at(work).call(sig::lock2, {in_sched("sysmonlock")});
  f.line("        now = nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
  f.line("        // netpoll, the scavenger, a forced collection, schedtrace: left out, there are none");
  f.line("        if retake(now) != 0 {")
      .call(sig::retake, {now})
      .take(sig::retake, 0, ax)
      .jump_unless(ax, idle_round);
  f.line("            idle = 0").set(idle, 0);
  f.jump(round_done);
  f.line("        } else { idle++ }").at(idle_round).set(idle, [=](Frame& x) { return x.get(idle) + 1; });
  f.line("        unlock(&sched.sysmonlock)").at(round_done).call(sig::unlock2, {in_sched("sysmonlock")});
  f.line("    }").jump(loop);
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
