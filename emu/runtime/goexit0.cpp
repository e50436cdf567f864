// proc.go, goexit0: the rest of a goroutine's exit, on g0. Lines as in the seed of this program.
#include <fmt/format.h>

#include <bit>
#include <cstdint>

#include "emu/runtime/print_and_throw.h"

namespace gogoscope::runtime {

namespace {

/// Go's int64(float64) on amd64: CVTTSD2SQ gives the smallest integer for what does not fit.
std::int64_t to_int64(double value) {
  const bool fits = value >= -9223372036854775808.0 && value < 9223372036854775808.0;
  return fits ? static_cast<std::int64_t>(value) : INT64_MIN;
}

}  // namespace

GoFunction goexit0(const Go& go) {
  GoFunction f(sig::goexit0, {.bytes = 56});
  const Var gp = f.param("gp");
  const Var _g_ = f.local("_g_", "*g"), locked = f.local("locked", "bool");
  // Between two calls the compiler keeps these in registers; so do we, the frame has no room for them.
  const Var assistWorkPerByte = GoFunction::in_register(Reg::rax),
            scanCredit = GoFunction::in_register(Reg::rcx), system = GoFunction::in_register(Reg::rax);
  const Field& gcAssistBytes = go.g("gcAssistBytes");
  const Field& lockedInt = go.m("lockedInt");
  const Field& g_sched = go.g("sched");

  f.line("func goexit0(gp *g) {");
  f.line("    _g_ := getg()").set(_g_, getg);
  f.line("        // gp的状态置为_Gdead");
  f.line("    casgstatus(gp, _Grunning, _Gdead)").call(sig::casgstatus, {gp, kGrunning, kGdead});
  f.line("    if isSystemGoroutine(gp, false) {")
      .call(sig::isSystemGoroutine, {gp, 0})
      .take(sig::isSystemGoroutine, 0, system)
      .if_(system,
           [&] { f.line("        atomic.Xadd(&sched.ngsys, -1)").add(sched, go.sched("ngsys"), -1); });
  f.line("    // 状态重置");
  f.line("    gp.m = nil").store(gp, go.g("m"), 0);
  f.line("    // G和M是否锁定");
  f.line("    locked := gp.lockedm != 0").set(locked, load(gp, go.g("lockedm")) != 0);
  f.line("    // G和M解除锁定");
  f.line("    gp.lockedm = 0").store(gp, go.g("lockedm"), 0);
  f.line("    _g_.m.lockedg = 0").store(own_m, go.m("lockedg"), 0);
  f.line("    gp.preemptStop = false").store(gp, go.g("preemptStop"), 0);
  f.line("    gp.paniconfault = false").store(gp, go.g("paniconfault"), 0);
  f.line("    gp._defer = nil // should be true already but just in case.").store(gp, go.g("_defer"), 0);
  f.line("    gp._panic = nil // non-nil for Goexit during panic. points at stack-allocated data.")
      .store(gp, go.g("_panic"), 0);
  // The compiler clears length and capacity before the pointer.
  const Field& writebuf = go.g("writebuf");
  auto clear_writebuf = [&](std::uint32_t word) {
    f.stores([=](Frame& x) { x.store(x.get(gp) + writebuf.offset + word, 8, 0); });
  };
  f.line("    gp.writebuf = nil");
  clear_writebuf(8);
  clear_writebuf(16);
  clear_writebuf(0);
  f.line("    gp.waitreason = 0").store(gp, go.g("waitreason"), 0);
  f.line("    gp.param = nil").store(gp, go.g("param"), 0);
  f.line("    gp.labels = nil").store(gp, go.g("labels"), 0);
  f.line("    gp.timer = nil").store(gp, go.g("timer"), 0);
  f.line("");
  f.if_(
      "    if gcBlackenEnabled != 0 && gp.gcAssistBytes > 0 {",
      all([](Frame& x) { return x.load(x.symbol("runtime.gcBlackenEnabled"), 4); },
          [=](Frame& x) { return static_cast<std::int64_t>(x.load(x.get(gp), gcAssistBytes)) > 0; }),
      [&] {
        f.line("        // Flush assist credit to the global pool. This gives");
        f.line("        // better information to pacing if the application is");
        f.line("        // rapidly creating an exiting goroutines.");
        f.line("        assistWorkPerByte := float64frombits(atomic.Load64(&gcController.assistWorkPerByte))")
            .set(assistWorkPerByte,
                 [](Frame& x) { return x.load(x.symbol("runtime.gcController.assistWorkPerByte")); });
        f.line("        scanCredit := int64(assistWorkPerByte * float64(gp.gcAssistBytes))")
            .set(scanCredit, [=](Frame& x) {
              const auto ratio = std::bit_cast<double>(x.get(assistWorkPerByte));
              const auto bytes =
                  static_cast<double>(static_cast<std::int64_t>(x.load(x.get(gp), gcAssistBytes)));
              return static_cast<std::uint64_t>(to_int64(ratio * bytes));
            });
        f.line("        atomic.Xaddint64(&gcController.bgScanCredit, scanCredit)").stores([=](Frame& x) {
          x.xadd(x.symbol("runtime.gcController.bgScanCredit"), 8, x.get(scanCredit));
        });
        f.line("        gp.gcAssistBytes = 0").store(gp, gcAssistBytes, 0);
      });
  f.line("        // 处理G和M的清除工作");
  f.line("    dropg()").call(sig::dropg);
  f.line("");
  f.if_(
      "    if GOARCH == \"wasm\" { // no threads yet on wasm",
      [](Frame& x) { return x.environment().goarch == "wasm"; },
      [&] {
        f.line("        gfput(_g_.m.p.ptr(), gp)").call(sig::gfput, {own_p, gp});
        f.line("        schedule() // never returns").call(sig::schedule);
      });
  f.line("");
  f.if_("    if _g_.m.lockedInt != 0 {", load(own_m, lockedInt), [&] {
    f.line("        print(\"invalid m->lockedInt = \", _g_.m.lockedInt, \"\\n\")")
        .set(system, load(own_m, lockedInt));
    f.line("        throw(\"internal lockOSThread error\")");
    print_and_throw(
        f, go, [=](Frame& x) { return fmt::format("invalid m->lockedInt = {}", x.get(system)); },
        "internal lockOSThread error");
  });
  f.line("    // 将G放入P的G空闲链表");
  f.line("    gfput(_g_.m.p.ptr(), gp)").call(sig::gfput, {own_p, gp});
  f.if_("    if locked {", locked, [&] {
    f.line("        // The goroutine may have locked this thread because");
    f.line("        // it put it in an unusual kernel state. Kill it");
    f.line("        // rather than returning it to the thread pool.");
    f.line("");
    f.line("        // Return to mstart, which will release the P and exit");
    f.line("        // the thread.");
    f.if_("        if GOOS != \"plan9\" { // See golang.org/issue/22227.",
          not_([](Frame& x) { return x.environment().goos == "plan9"; }),
          [&] { f.line("            gogo(&_g_.m.g0.sched)").call(sig::gogo, {address(own_g0, g_sched)}); })
        .else_([&] {
          f.line("            // Clear lockedExt on plan9 since we may end up re-using");
          f.line("            // this thread.");
          f.line("            _g_.m.lockedExt = 0").store(own_m, go.m("lockedExt"), 0);
        });
  });
  f.line("    // 再次进入调度");
  f.line("    schedule()").call(sig::schedule);
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
