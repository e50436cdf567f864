// stack.go, copystack: gp moves to a stack of another size. The compiler's stack maps say which words on
// it are pointers; here are none, so of the stack's own words only the saved BPs are adjusted, along their
// chain.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction copystack(const Go& go) {
  GoFunction f(sig::copystack, {.bytes = 136, .ours = true});
  const Var gp = f.param("gp"), newsize = f.param("newsize");
  const Var old_lo = f.local("old.lo", "uintptr"), old_hi = f.local("old.hi", "uintptr"),
            used = f.local("used", "uintptr"), new_lo = f.local("new.lo", "uintptr"),
            new_hi = f.local("new.hi", "uintptr"), delta = f.local("adjinfo.delta", "uintptr"),
            at = f.local("at", "uintptr"), d = f.local("d", "*_defer");
  const Var ax = GoFunction::in_register(Reg::rax);
  auto of_g = [=](const char* name) { return load(gp, go.g(name)); };
  /// adjustpointer of the word at an address: it moves along if it points into the old stack. The stack is
  /// this M's alone while gp is in _Gcopystack, and so are its defers.
  auto adjust = [=](Value address) {
    return [=](Frame& x) {
      const std::uint64_t word = address(x), pointer = x.load_private(word);
      if (pointer < x.get(old_lo) || pointer >= x.get(old_hi)) return;
      x.store_private(word, 8, pointer + x.get(delta));
    };
  };
  auto in_g = [=](const char* name) {
    const std::uint32_t offset = go.g(name).offset;
    return [=](Frame& x) { return x.get(gp) + offset; };
  };
  auto in_defer = [=](const char* name) {
    const std::uint32_t offset = go.field("_defer", name).offset;
    return [=](Frame& x) { return x.get(d) + offset; };
  };

  f.line("func copystack(gp *g, newsize uintptr) {");
  f.if_("    if gp.syscallsp != 0 {", of_g("syscallsp"), [&] {
    f.line("        throw(\"stack growth not allowed in system call\")")
        .throws("stack growth not allowed in system call");
  });
  f.line("    old := gp.stack").set(old_lo, of_g("stack.lo")).set(old_hi, of_g("stack.hi"));
  f.if_("    if old.lo == 0 { throw(\"nil stackbase\") }", old_lo == 0, [&] { f.throws("nil stackbase"); });
  f.line("    used := old.hi - gp.sched.sp").set(used, old_hi - of_g("sched.sp"));
  f.line("    new := stackalloc(uint32(newsize))")
      .call(sig::stackalloc, {newsize})
      .take(sig::stackalloc, 0, new_lo)
      .take(sig::stackalloc, 1, new_hi);
  f.line("    adjinfo.delta = new.hi - old.hi").set(delta, new_hi - old_hi);
  f.line("    // adjustsudogs: left out, no channels");
  f.line("    memmove(new.hi-used, old.hi-used, used)").stores([=](Frame& x) {
    for (std::uint64_t back = x.get(used); back != 0 && !x.faulted(); back -= 8) {
      x.store_private(x.get(new_hi) - back, 8, x.load_private(x.get(old_hi) - back));
    }
  });
  f.line("    adjustctxt(gp, &adjinfo)  // gp.sched.ctxt and gp.sched.bp")
      .stores(adjust(in_g("sched.ctxt")))
      .stores(adjust(in_g("sched.bp")));
  f.line("    adjustdefers(gp, &adjinfo)").stores(adjust(in_g("_defer"))).set(d, of_g("_defer")).for_(d, [&] {
    f.stores(adjust(in_defer("fn")))
        .stores(adjust(in_defer("sp")))
        .stores(adjust(in_defer("_panic")))
        .stores(adjust(in_defer("link")))
        .set(d, load(d, go.field("_defer", "link")));
  });
  f.line("    adjustpanics(gp, &adjinfo)  // the records themselves are on the stack and were copied")
      .stores(adjust(in_g("_panic")));
  f.line("    gp.stack = new").store(gp, go.g("stack.lo"), new_lo).store(gp, go.g("stack.hi"), new_hi);
  f.line("    gp.stackguard0 = new.lo + _StackGuard  // may overwrite a request to yield")
      .store(gp, go.g("stackguard0"), new_lo + kStackGuard);
  f.line("    gp.sched.sp = new.hi - used").store(gp, go.g("sched.sp"), new_hi - used);
  f.line("    gp.stktopsp += adjinfo.delta")
      .set(ax, of_g("stktopsp"))
      .store(gp, go.g("stktopsp"), ax + delta);
  f.line("    gentraceback(..., adjustframe, &adjinfo)  // modelled: the BP that each frame saved")
      .set(at, of_g("sched.bp"))
      .for_([=](Frame& x) { return x.get(at) >= x.get(new_lo) && x.get(at) < x.get(new_hi); },
            [&] { f.stores(adjust(at)).set(at, [=](Frame& x) { return x.load_private(x.get(at)); }); });
  f.line("    stackfree(old)").call(sig::stackfree, {old_lo, old_hi});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
