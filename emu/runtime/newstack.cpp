// stack.go, newstack: on g0, after a stack check failed. The goroutine was asked to yield, or its stack is
// too small.
#include <fmt/format.h>

#include <algorithm>

#include "emu/runtime/print_and_throw.h"

namespace gogoscope::runtime {

namespace {

GoFunction fatal(const Signature& signature, const char* header, const char* message) {
  GoFunction f(signature, {.bytes = 24, .stack_check = false, .ours = true});
  f.line(header);
  f.line(fmt::format("    write(2, \"{}\\n\")", message)).does([=](Frame& x) {
    x.stop({StopReason::throw_, Text::untranslated(message), 0});
  });
  f.line("}").ret();
  return f;
}

/// funcMaxSPDelta(findfunc(pc)): by how much the function that holds pc lowers SP at most. The linker's table
/// says it, so it is not state.
std::uint64_t max_sp_delta(Frame& x, std::uint64_t pc) {
  const Function* function = x.environment().code->function_at(CodeAddr(pc));
  std::int32_t max = 0;
  if (function != nullptr) {
    for (const SpStep& step : function->pcsp) max = std::max(max, step.delta);
  }
  return static_cast<std::uint64_t>(max);
}

}  // namespace

GoFunction badmorestackg0(const Go&) {
  return fatal(sig::badmorestackg0, "func badmorestackg0() {", "fatal: morestack on g0");
}

GoFunction badmorestackgsignal(const Go&) {
  return fatal(sig::badmorestackgsignal, "func badmorestackgsignal() {", "fatal: morestack on gsignal");
}

GoFunction newstack(const Go& go) {
  GoFunction f(sig::newstack, {.bytes = 424});
  const Var thisg = f.local("thisg", "*g"), gp = f.local("gp", "*g"),
            stackguard0 = f.local("stackguard0", "uintptr"), preempt = f.local("preempt", "bool"),
            sp = f.local("sp", "uintptr"), oldsize = f.local("oldsize", "uintptr"),
            newsize = f.local("newsize", "uintptr"), needed = f.local("max", "uintptr");
  const Var ax = GoFunction::in_register(Reg::rax), cx = GoFunction::in_register(Reg::rcx);
  const Field& g_sched = go.g("sched");
  const std::uint32_t preemptoff_len = go.m("preemptoff").offset + 8;
  auto m = own_m;
  auto of_m = [&](const char* name) { return load(own_m, go.m(name)); };
  auto of_g = [=](const char* name) { return load(gp, go.g(name)); };

  f.line("func newstack() {");
  f.line("    thisg := getg()").set(thisg, getg);
  f.line("    if thisg.m.morebuf.g.ptr().stackguard0 == stackFork { throw(\"stack growth after fork\") }")
      .set(ax, of_m("morebuf.g"))
      .if_(load(ax, go.g("stackguard0")) == kStackFork, [&] { f.throws("stack growth after fork"); });
  f.if_("    if thisg.m.morebuf.g.ptr() != thisg.m.curg {", ax != curg, [&] {
    f.line("        throw(\"runtime: wrong goroutine in newstack\")")
        .throws("runtime: wrong goroutine in newstack");
  });
  f.line("    gp := thisg.m.curg").set(gp, curg);
  f.if_("    if thisg.m.curg.throwsplit {", of_g("throwsplit"), [&] {
    f.line("        gp.syscallsp, gp.syscallpc = morebuf.sp, morebuf.pc")
        .set(ax, of_m("morebuf.sp"))
        .store(gp, go.g("syscallsp"), ax)
        .set(ax, of_m("morebuf.pc"))
        .store(gp, go.g("syscallpc"), ax);
    f.line("        print(\"runtime: newstack at \", ...)").set(ax, of_g("sched.pc"));
    f.line("        throw(\"runtime: stack split at bad time\")");
    print_and_throw(
        f, go,
        [=](Frame& x) {
          return fmt::format("runtime: newstack at {}", x.environment().code->symbolize(CodeAddr(x.get(ax))));
        },
        "runtime: stack split at bad time");
  });
  f.line("    morebuf := thisg.m.morebuf; thisg.m.morebuf.pc = 0").store(m, go.m("morebuf.pc"), 0);
  f.line("    thisg.m.morebuf.lr = 0").store(m, go.m("morebuf.lr"), 0);
  f.line("    thisg.m.morebuf.sp = 0").store(m, go.m("morebuf.sp"), 0);
  f.line("    thisg.m.morebuf.g = 0").store(m, go.m("morebuf.g"), 0);
  f.line(
       "    stackguard0 := atomic.Loaduintptr(&gp.stackguard0)  // once: another thread may ask us to give "
       "way")
      .set(stackguard0, of_g("stackguard0"));
  f.line("    preempt := stackguard0 == stackPreempt").set(preempt, stackguard0 == kStackPreempt);
  f.if_("    if preempt {", preempt, [&] {
    f.if_("        if !canPreemptM(thisg.m) {  // it holds locks, allocates, has no running P",
          any(
              of_m("locks"), of_m("mallocing"), [=](Frame& x) { return x.load(x.m() + preemptoff_len); },
              load(own_p, go.p("status")) != kPrunning),
          [&] {
            f.line("            gp.stackguard0 = gp.stack.lo + _StackGuard  // gp.preempt stays: next time")
                .set(ax, of_g("stack.lo"))
                .store(gp, go.g("stackguard0"), ax + kStackGuard);
            f.line("            gogo(&gp.sched)").call(sig::gogo, {address(gp, g_sched)});
          });
  });
  f.line("    if gp.stack.lo == 0 { throw(\"missing stack in newstack\") }")
      .set(ax, of_g("stack.lo"))
      .if_(ax == 0, [&] { f.throws("missing stack in newstack"); });
  f.line("    sp := gp.sched.sp - sys.PtrSize  // the call of morestack cost a word")
      .set(sp, of_g("sched.sp") - 8);
  f.if_("    if sp < gp.stack.lo { throw(\"runtime: split stack overflow\") }", sp < ax,
        [&] { f.throws("runtime: split stack overflow"); });
  f.if_("    if preempt {", preempt, [&] {
    f.if_("        if gp == thisg.m.g0 { throw(\"runtime: preempt g0\") }", gp == own_g0,
          [&] { f.throws("runtime: preempt g0"); });
    f.line(
         "        if thisg.m.p == 0 && thisg.m.locks == 0 { throw(\"runtime: g is running but p is not\") }")
        .if_(all(not_(own_p), of_m("locks") == 0), [&] { f.throws("runtime: g is running but p is not"); });
    f.line("        if gp.preemptShrink { gp.preemptShrink = false; shrinkstack(gp) }")
        .if_(of_g("preemptShrink"), [&] {
          f.left_out({"shrinkstack", "shrinkstack"});
        });
    f.if_("        if gp.preemptStop { preemptPark(gp) }", of_g("preemptStop"), [&] {
      f.left_out({"preemptPark", "preemptPark"});
    });
    f.line("        gopreempt_m(gp)  // as if it had called Gosched").call(sig::gopreempt_m, {gp});
  });
  f.line("    oldsize := gp.stack.hi - gp.stack.lo")
      .set(ax, of_g("stack.hi"))
      .set(oldsize, ax - of_g("stack.lo"));
  f.line("    newsize := oldsize * 2").set(newsize, [=](Frame& x) { return x.get(oldsize) * 2; });
  f.line("    if f := findfunc(gp.sched.pc); f.valid() {").set(cx, of_g("sched.pc"));
  f.line("        max := uintptr(funcMaxSPDelta(f))").set(needed, [=](Frame& x) {
    return max_sp_delta(x, x.get(cx));
  });
  f.line("        for newsize-oldsize < max+_StackGuard {")
      .for_([=](Frame& x) { return x.get(newsize) - x.get(oldsize) < x.get(needed) + kStackGuard; },
            [&] {
              f.line("            newsize *= 2").set(newsize, [=](Frame& x) { return x.get(newsize) * 2; });
            });
  f.line("    }");
  f.line("    if newsize > maxstacksize || newsize > maxstackceiling {")
      .set(ax, [](Frame& x) { return x.load(x.symbol("runtime.maxstacksize")); })
      .set(cx, [](Frame& x) { return x.load(x.symbol("runtime.maxstackceiling")); })
      .if_(any(newsize > ax, newsize > cx), [&] {
        f.line(
             "        print(\"runtime: goroutine stack exceeds \", min(maxstacksize, maxstackceiling), "
             "\"-byte limit\\n\")")
            .set(ax, [=](Frame& x) { return std::min(x.get(ax), x.get(cx)); });
        f.line("        throw(\"stack overflow\")");
        print_and_throw(
            f, go,
            [=](Frame& x) {
              return fmt::format("runtime: goroutine stack exceeds {}-byte limit", x.get(ax));
            },
            "stack overflow");
      });
  f.line("    casgstatus(gp, _Grunning, _Gcopystack)").call(sig::casgstatus, {gp, kGrunning, kGcopystack});
  f.line("    copystack(gp, newsize)").call(sig::copystack, {gp, newsize});
  f.line("    casgstatus(gp, _Gcopystack, _Grunning)").call(sig::casgstatus, {gp, kGcopystack, kGrunning});
  f.line("    gogo(&gp.sched)  // back to the jump to the function's start: it checks again")
      .call(sig::gogo, {address(gp, g_sched)});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
