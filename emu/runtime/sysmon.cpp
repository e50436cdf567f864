// proc.go, sysmon: a thread of its own, without a P and outside of the scheduler, that takes Ps away from
// system calls and asks goroutines that run too long to yield.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

constexpr std::uint64_t kForcegcPeriod = 2ULL * 60 * 1000 * 1000 * 1000;  ///< forcegcperiod, ns

}  // namespace

GoFunction sysmon(const Go& go) {
  GoFunction f(sig::sysmon, {.bytes = 96});
  const Var idle = f.local("idle", "int"), delay = f.local("delay", "uint32"), now = f.local("now", "int64"),
            syscallWake = f.local("syscallWake", "bool");
  const Var ax = GoFunction::in_register(Reg::rax);
  auto in_sched = [go](const char* field) { return address(sched, go.sched(field)); };
  auto sched_store = [&](const char* field, std::uint64_t value) { f.store(sched, go.sched(field), value); };
  // There is nothing to watch: the world stops, or every P is idle.
  const Condition quiet = any(load(sched, go.sched("gcwaiting")),
                              all(
                                  reads(ax, load(sched, go.sched("npidle"))),
                                  ax == [](Frame& x) { return x.load(x.symbol("runtime.gomaxprocs"), 4); }));

  f.line("func sysmon() {  // on its own thread's g0; there is no P: no heap, no write barriers");
  f.line("    lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
  f.line("    sched.nmsys++").stores([at = in_sched("nmsys")](Frame& x) { x.xadd(at(x), 4, 1); });
  f.line("    checkdead()").call(sig::checkdead);
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
  f.line("    atomic.Store(&sched.sysmonStarting, 0)");
  sched_store("sysmonStarting", 0);
  f.line("    idle := 0").set(idle, 0);
  f.line("    delay := uint32(0)").set(delay, 0);
  const auto sleep_deeply = [&] {
    f.line("                syscallWake := false").set(syscallWake, 0);
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
    f.if_("                if syscallWake { idle = 0; delay = 20 }", syscallWake,
          [&] { f.set(idle, 0).set(delay, 20); });
  };
  f.forever(
      "    for {",
      [&] {
        f.if_("        if idle == 0 { delay = 20 }", idle == 0, [&] { f.set(delay, 20); })
            .else_if("        else if idle > 50 { delay *= 2 }  // after 1 ms without anything to do",
                     idle > 50, [&] { f.set(delay, delay + delay); });
        f.if_("        if delay > 10*1000 { delay = 10 * 1000 }", delay > 10 * 1000,
              [&] { f.set(delay, 10 * 1000); });
        f.line("        usleep(delay)").call(sig::usleep, {delay});
        f.line("        now := nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
        f.if_("        if sched.gcwaiting != 0 || atomic.Load(&sched.npidle) == uint32(gomaxprocs) {", quiet,
              [&] {
                f.line("            lock(&sched.lock)").call(sig::lock2, {in_sched("lock")});
                f.if_(
                    "            if atomic.Load(&sched.gcwaiting) != 0 || atomic.Load(&sched.npidle) == "
                    "uint32(gomaxprocs) {",
                    quiet, sleep_deeply);
                f.line("            unlock(&sched.lock)").call(sig::unlock2, {in_sched("lock")});
              });
        f.line("        lock(&sched.sysmonlock)").call(sig::lock2, {in_sched("sysmonlock")});
        f.line("        now = nanotime()").call(sig::nanotime).take(sig::nanotime, 0, now);
        f.line(
            "        // netpoll, the scavenger, a forced collection, schedtrace: left out, there are none");
        f.line("        if retake(now) != 0 {")
            .call(sig::retake, {now})
            .take(sig::retake, 0, ax)
            .if_(ax, [&] { f.line("            idle = 0").set(idle, 0); })
            .else_("        } else { idle++ }", [&] { f.set(idle, idle + 1); });
        f.line("        unlock(&sched.sysmonlock)").call(sig::unlock2, {in_sched("sysmonlock")});
      },
      [] {});
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
