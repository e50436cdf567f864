// proc.go, newproc1: makes a runnable g whose first instruction is fn's, as if goexit had called it.
#include <algorithm>

#include "emu/runtime/acquirem.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction newproc1(const Go& go) {
  GoFunction f(sig::newproc1, {.bytes = 96, .stack_check = false});
  const Var fn = f.param("fn"), argp = f.param("argp"), narg = f.param("narg"),
            callerpc = f.param("callerpc"), result = f.result("newg");
  const Var _g_ = f.local("_g_", "*g"), siz = f.local("siz", "int32"), _p_ = f.local("_p_", "*p"),
            newg = f.local("newg'", "*g"), sp = f.local("sp", "uintptr"),
            totalSize = f.local("totalSize", "uintptr");
  const Var ax = GoFunction::in_register(Reg::rax);
  const Field& g_sched = go.g("sched");
  const Field& goidcache = go.p("goidcache");
  const Field& goidcacheend = go.p("goidcacheend");

  f.line("func newproc1(fn *funcval, argp unsafe.Pointer, narg int32, callergp *g, callerpc uintptr) *g {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.if_("    if fn == nil {", fn == 0, [&] {
    f.line("        _g_.m.throwing = -1  // do not dump full stacks")
        .store(own_m, go.m("throwing"), ~std::uint64_t{0});
    f.line("        throw(\"go of nil func value\")").throws("go of nil func value");
  });
  f.line("    acquirem()  // m.locks++: no preemption, the P is held in a local");
  acquirem(f, go);
  f.line("    siz := (narg + 7) &^ 7").set(siz, [=](Frame& x) {
    return (x.get(narg) + 7) & ~std::uint64_t{7};
  });
  f.if_(
      "    if siz >= _StackMin-4*sys.RegSize-sys.RegSize {",
      [=](Frame& x) { return x.get(siz) >= kStackMin - 5 * 8; },
      [&] {
        f.line("        throw(\"newproc: function arguments too large for new goroutine\")")
            .throws("newproc: function arguments too large for new goroutine");
      });
  f.line("    _p_ := _g_.m.p.ptr()").set(_p_, own_p);
  f.line("    newg := gfget(_p_)").call(sig::gfget, {_p_}).take(sig::gfget, 0, newg);
  f.if_("    if newg == nil {", newg == 0, [&] {
    f.line("        newg = malg(_StackMin)").call(sig::malg, {kStackMin}).take(sig::malg, 0, newg);
    f.line("        casgstatus(newg, _Gidle, _Gdead)").call(sig::casgstatus, {newg, kGidle, kGdead});
    f.line("        allgadd(newg)  // from here on the garbage collector may see it")
        .call(sig::allgadd, {newg});
  });
  f.line(
       "    totalSize := 4*sys.RegSize + uintptr(siz)  // extra space in case of reads slightly beyond frame")
      .set(totalSize, [=](Frame& x) { return 4 * 8 + x.get(siz); });
  f.line("    sp := newg.stack.hi - totalSize").set(sp, load(newg, go.g("stack.hi")) - totalSize);
  f.if_("    if narg > 0 {", narg, [&] {
    f.line("        memmove(unsafe.Pointer(sp), argp, uintptr(narg))").stores([=](Frame& x) {
      // From the caller's frame to a stack that is not in use yet.
      const std::uint64_t n = x.get(narg);
      for (std::uint64_t i = 0; i < n && !x.faulted(); i += 8) {
        const int size = n - i >= 8 ? 8 : 1;
        for (std::uint64_t k = i; k < std::min(n, i + 8); k += static_cast<std::uint64_t>(size)) {
          x.store_private(x.get(sp) + k, size, x.load_private(x.get(argp) + k, size));
        }
      }
    });
  });
  f.line("    memclrNoHeapPointers(unsafe.Pointer(&newg.sched), unsafe.Sizeof(newg.sched))")
      .stores([=](Frame& x) {
        // The gobuf of a dead g is never looked at.
        for (std::uint32_t i = 0; i < g_sched.size; i += 8)
          x.store_private(x.get(newg) + g_sched.offset + i, 8, 0);
      });
  f.line("    newg.sched.sp = sp").store(newg, go.g("sched.sp"), sp);
  f.line("    newg.stktopsp = sp").store(newg, go.g("stktopsp"), sp);
  f.line(
       "    newg.sched.pc = funcPC(goexit) + sys.PCQuantum  // +1, so that the previous instruction is in "
       "goexit")
      .store(newg, go.g("sched.pc"), symbol("runtime.goexit") + 1);
  f.line("    newg.sched.g = guintptr(unsafe.Pointer(newg))").store(newg, go.g("sched.g"), newg);
  f.line("    gostartcallfn(&newg.sched, fn)").call(sig::gostartcallfn, {address(newg, g_sched), fn});
  f.line("    newg.gopc = callerpc").store(newg, go.g("gopc"), callerpc);
  f.line("    newg.ancestors = saveAncestors(callergp)  // nil: tracebackancestors is off")
      .store(newg, go.g("ancestors"), 0);
  f.line("    newg.startpc = fn.fn")
      .set(ax, [=](Frame& x) { return x.load(x.get(fn)); })
      .store(newg, go.g("startpc"), ax);
  f.if_("    if _g_.m.curg != nil {", curg, [&] {
    f.line("        newg.labels = _g_.m.curg.labels")
        .set(ax, load(curg, go.g("labels")))
        .store(newg, go.g("labels"), ax);
  });
  f.line("    if isSystemGoroutine(newg, false) {")
      .call(sig::isSystemGoroutine, {newg, 0})
      .take(sig::isSystemGoroutine, 0, ax)
      .if_(ax, [&] { f.line("        atomic.Xadd(&sched.ngsys, +1)").add(sched, go.sched("ngsys"), 1); });
  f.line("    casgstatus(newg, _Gdead, _Grunnable)")
      .call(sig::casgstatus, {newg, kGdead, kGrunnable})
      .wrong("to-waiting", "casgstatus(newg, _Gdead, _Gwaiting)", [&] {
        f.call(sig::casgstatus, {newg, kGdead, kGwaiting});
      });
  f.line("    if _p_.goidcache == _p_.goidcacheend {")
      .set(ax, load(_p_, goidcache))
      .if_(ax == load(_p_, goidcacheend), [&] {
        f.line("        _p_.goidcache = atomic.Xadd64(&sched.goidgen, _GoidCacheBatch)")
            .set(ax, xadd(sched, go.sched("goidgen"), kGoidCacheBatch))
            .store(_p_, goidcache, ax);
        f.line("        _p_.goidcache -= _GoidCacheBatch - 1")
            .set(ax, [=](Frame& x) { return x.get(ax) - (kGoidCacheBatch - 1); })
            .store(_p_, goidcache, ax);
        f.line("        _p_.goidcacheend = _p_.goidcache + _GoidCacheBatch")
            .store(_p_, goidcacheend, ax + kGoidCacheBatch);
      });
  f.line("    newg.goid = int64(_p_.goidcache)").set(ax, load(_p_, goidcache)).store(newg, go.g("goid"), ax);
  f.line("    _p_.goidcache++").store(_p_, goidcache, ax + 1);
  f.if_(
      "    if raceenabled {", [](Frame& x) { return x.environment().race; },
      [&] {
        f.line("        newg.racectx = racegostart(callerpc)")
            .call(sig::racegostart, {callerpc})
            .take(sig::racegostart, 0, ax)
            .store(newg, go.g("racectx"), ax);
      });
  f.if_("    if trace.enabled {", tracing, [&] {
    f.line("        traceGoCreate(newg, newg.startpc)")
        .call(sig::traceGoCreate, {newg, load(newg, go.g("startpc"))});
  });
  f.line("    releasem(_g_.m)  // m.locks--");
  releasem(f, go);
  f.line("    return newg").set(result, newg).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
