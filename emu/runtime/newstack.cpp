// stack.go, newstack: on g0, after a stack check failed. The goroutine was asked to give way, or its stack is
// too small.
#include <fmt/format.h>

#include <algorithm>

#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

namespace {

GoFunction fatal(const Signature& signature, const char* header, const char* message) {
  GoFunction f(signature, {.bytes = 24, .stack_check = false, .ours = true});
  f.line(header);
  f.line(fmt::format("    writeErrStr(\"{}\\n\")", message)).does([=](Frame& x) {
    x.stop({StopReason::throw_, message, 0});
  });
  f.line("}").ret();
  return f;
}

/// funcMaxSPDelta(findfunc(pc)): by how much the function that holds pc lowers SP at most. The linker's table
/// says it, so it is no state.
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
  const std::uint32_t g_sched = go.g("sched").offset;
  const std::uint32_t preemptoff_len = go.m("preemptoff").offset + 8;
  auto m = [](Frame& x) { return x.m(); };
  auto of_m = [&](const char* name) {
    const Field& field = go.m(name);
    return [&field](Frame& x) { return x.load(x.m(), field); };
  };
  auto of_g = [=](const char* name) {
    const Field& field = go.g(name);
    return [gp, &field](Frame& x) { return x.load(x.get(gp), field); };
  };
  const Label forked = f.label(), right_g = f.label(), may_split = f.label(), no_preempt = f.label(),
              keep = f.label(), has_stack = f.label(), fits = f.label(), grow = f.label(), not_g0 = f.label(),
              has_p = f.label(), no_shrink = f.label(), no_stop = f.label(), wider = f.label(),
              wide = f.label(), small = f.label(), can_preempt = f.label();

  f.line("func newstack() {");
  f.line("    thisg := getg()").set(thisg, [](Frame& x) { return x.getg(); });
  f.line("    if thisg.m.morebuf.g.ptr().stackguard0 == stackFork { throw(\"stack growth after fork\") }")
      .set(ax, of_m("morebuf.g"))
      .jump_unless([=](Frame& x) { return x.load(x.get(ax), go.g("stackguard0")) == kStackFork; }, forked)
      .throws("stack growth after fork");
  f.line("    if thisg.m.morebuf.g.ptr() != thisg.m.curg {")
      .at(forked)
      .jump_if([=](Frame& x) { return x.get(ax) == x.curg(); }, right_g);
  f.line("        throw(\"runtime: wrong goroutine in newstack\")")
      .throws("runtime: wrong goroutine in newstack");
  f.line("    }");
  f.line("    gp := thisg.m.curg").at(right_g).set(gp, [](Frame& x) { return x.curg(); });
  f.line("    if thisg.m.curg.throwsplit {").jump_unless(of_g("throwsplit"), may_split);
  f.line("        gp.syscallsp, gp.syscallpc = morebuf.sp, morebuf.pc")
      .set(ax, of_m("morebuf.sp"))
      .store(gp, go.g("syscallsp"), ax)
      .set(ax, of_m("morebuf.pc"))
      .store(gp, go.g("syscallpc"), ax);
  f.line("        print(\"runtime: newstack at \", ...)").set(ax, of_g("sched.pc"));
  f.line("        throw(\"runtime: stack split at bad time\")").does([=](Frame& x) {
    x.stop({StopReason::throw_,
            fmt::format("runtime: newstack at {}\nfatal error: runtime: stack split at bad time",
                        x.environment().code->symbolize(CodeAddr(x.get(ax)))),
            0});
  });
  f.line("    }");
  f.line("    morebuf := thisg.m.morebuf; thisg.m.morebuf.pc = 0")
      .at(may_split)
      .store(m, go.m("morebuf.pc"), 0);
  f.line("    thisg.m.morebuf.lr = 0").store(m, go.m("morebuf.lr"), 0);
  f.line("    thisg.m.morebuf.sp = 0").store(m, go.m("morebuf.sp"), 0);
  f.line("    thisg.m.morebuf.g = 0").store(m, go.m("morebuf.g"), 0);
  f.line(
       "    stackguard0 := atomic.Loaduintptr(&gp.stackguard0)  // once: another thread may ask us to give "
       "way")
      .set(stackguard0, of_g("stackguard0"));
  f.line("    preempt := stackguard0 == stackPreempt").set(preempt, [=](Frame& x) {
    return x.get(stackguard0) == kStackPreempt;
  });
  f.line("    if preempt {").jump_unless(preempt, no_preempt);
  f.line("        if !canPreemptM(thisg.m) {  // it holds locks, allocates, has no running P")
      .jump_if(of_m("locks"), keep)
      .jump_if(of_m("mallocing"), keep)
      .jump_if([=](Frame& x) { return x.load(x.m() + preemptoff_len); }, keep)
      .jump_if([=](Frame& x) { return x.load(x.p(), go.p("status")) == kPrunning; }, can_preempt);
  f.line("            gp.stackguard0 = gp.stack.lo + _StackGuard  // gp.preempt stays: next time")
      .at(keep)
      .set(ax, of_g("stack.lo"))
      .store(gp, go.g("stackguard0"), [=](Frame& x) { return x.get(ax) + kStackGuard; });
  f.line("            gogo(&gp.sched)").call(sig::gogo, {[=](Frame& x) { return x.get(gp) + g_sched; }});
  f.line("        }");
  f.line("    }").at(can_preempt);
  f.line("    if gp.stack.lo == 0 { throw(\"missing stack in newstack\") }")
      .at(no_preempt)
      .set(ax, of_g("stack.lo"))
      .jump_if(ax, has_stack)
      .throws("missing stack in newstack");
  f.line("    sp := gp.sched.sp - sys.PtrSize  // the call of morestack cost a word")
      .at(has_stack)
      .set(sp, [=](Frame& x) { return of_g("sched.sp")(x) - 8; });
  f.line("    if sp < gp.stack.lo { throw(\"runtime: split stack overflow\") }")
      .jump_if([=](Frame& x) { return x.get(sp) >= x.get(ax); }, fits)
      .throws("runtime: split stack overflow");
  f.line("    if preempt {").at(fits).jump_unless(preempt, grow);
  f.line("        if gp == thisg.m.g0 { throw(\"runtime: preempt g0\") }")
      .jump_if([=](Frame& x) { return x.get(gp) != x.g0(); }, not_g0)
      .throws("runtime: preempt g0");
  f.line("        if thisg.m.p == 0 && thisg.m.locks == 0 { throw(\"runtime: g is running but p is not\") }")
      .at(not_g0)
      .jump_if([](Frame& x) { return x.p(); }, has_p)
      .jump_if(of_m("locks"), has_p)
      .throws("runtime: g is running but p is not");
  f.line("        if gp.preemptShrink { gp.preemptShrink = false; shrinkstack(gp) }")
      .at(has_p)
      .jump_unless(of_g("preemptShrink"), no_shrink)
      .left_out("shrinkstack");
  f.line("        if gp.preemptStop { preemptPark(gp) }")
      .at(no_shrink)
      .jump_unless(of_g("preemptStop"), no_stop)
      .left_out("preemptPark");
  f.line("        gopreempt_m(gp)  // as if it had called Gosched").at(no_stop).call(sig::gopreempt_m, {gp});
  f.line("    }");
  f.line("    oldsize := gp.stack.hi - gp.stack.lo")
      .at(grow)
      .set(ax, of_g("stack.hi"))
      .set(oldsize, [=](Frame& x) { return x.get(ax) - of_g("stack.lo")(x); });
  f.line("    newsize := oldsize * 2").set(newsize, [=](Frame& x) { return x.get(oldsize) * 2; });
  f.line("    if f := findfunc(gp.sched.pc); f.valid() {").set(cx, of_g("sched.pc"));
  f.line("        max := uintptr(funcMaxSPDelta(f))").set(needed, [=](Frame& x) {
    return max_sp_delta(x, x.get(cx));
  });
  f.line("        for newsize-oldsize < max+_StackGuard {")
      .at(wider)
      .jump_unless([=](Frame& x) { return x.get(newsize) - x.get(oldsize) < x.get(needed) + kStackGuard; },
                   wide);
  f.line("            newsize *= 2").set(newsize, [=](Frame& x) { return x.get(newsize) * 2; }).jump(wider);
  f.line("        }");
  f.line("    }");
  f.line("    if newsize > maxstacksize {")
      .at(wide)
      .set(ax, [](Frame& x) { return x.load(x.symbol("runtime.maxstacksize")); })
      .jump_unless([=](Frame& x) { return x.get(newsize) > x.get(ax); }, small);
  f.line("        print(\"runtime: goroutine stack exceeds \", maxstacksize, \"-byte limit\\n\")");
  f.line("        throw(\"stack overflow\")").does([=](Frame& x) {
    x.stop({StopReason::throw_,
            fmt::format("runtime: goroutine stack exceeds {}-byte limit\nfatal error: stack overflow",
                        x.get(ax)),
            0});
  });
  f.line("    }");
  f.line("    casgstatus(gp, _Grunning, _Gcopystack)")
      .at(small)
      .call(sig::casgstatus, {gp, kGrunning, kGcopystack});
  f.line("    copystack(gp, newsize)").call(sig::copystack, {gp, newsize});
  f.line("    casgstatus(gp, _Gcopystack, _Grunning)").call(sig::casgstatus, {gp, kGcopystack, kGrunning});
  f.line("    gogo(&gp.sched)  // back to the jump to the function's start: it checks again")
      .call(sig::gogo, {[=](Frame& x) { return x.get(gp) + g_sched; }});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
