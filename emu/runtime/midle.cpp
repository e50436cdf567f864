// proc.go, mput and mget, pidleput and pidleget: the lists of Ms and Ps without
// work. sched.lock is held.
#include "emu/runtime/runqempty.h"

namespace gogoscope::runtime {

namespace {

/// One bit of runtime.idlepMask set or cleared, atomically: findrunnable reads
/// it without the lock.
Body mark_idle(Var p, const Field& p_id, bool idle) {
  return [=, &p_id](Frame& x) {
    const std::uint64_t id = x.load_private(x.get(p) + p_id.offset, 4);  // never changes
    const std::uint64_t word = x.symbol("runtime.idlepMask") + id / 32 * 4;
    const std::uint64_t bit = std::uint64_t{1} << id % 32;
    const std::uint64_t old = x.load(word, 4);
    x.store_private(word, 4, idle ? old | bit : old & ~bit);
  };
}

}  // namespace

GoFunction mput(const Go& go) {
  GoFunction f(sig::mput, {.bytes = 8});
  const Var mp = f.param("mp");
  const Var ax = GoFunction::in_register(Reg::rax);
  f.line("func mput(mp *m) {");
  f.line("    mp.schedlink = sched.midle")
      .set(ax, load(sched, go.sched("midle")))
      .store(mp, go.m("schedlink"), ax);
  f.line("    sched.midle.set(mp)").store(sched, go.sched("midle"), mp);
  f.line("    sched.nmidle++").add(sched, go.sched("nmidle"), 1);
  f.line("    checkdead()").call(sig::checkdead);
  f.line("}").ret();
  return f;
}

GoFunction mget(const Go& go) {
  GoFunction f(sig::mget, {.bytes = 0, .stack_check = false, .ours = true});
  const Var result = f.result("mp");
  const Var mp = GoFunction::in_register(Reg::rax), cx = GoFunction::in_register(Reg::rcx);

  f.line("func mget() *m {");
  f.line("    mp := sched.midle.ptr()").set(mp, load(sched, go.sched("midle")));
  f.if_("    if mp != nil {", mp, [&] {
    f.line("        sched.midle = mp.schedlink")
        .set(cx, load(mp, go.m("schedlink")))
        .store(sched, go.sched("midle"), cx);
    f.line("        sched.nmidle--").add(sched, go.sched("nmidle"), -1);
  });
  f.line("    return mp").set(result, mp).ret();
  f.line("}");
  return f;
}

GoFunction pidleput(const Go& go) {
  GoFunction f(sig::pidleput, {.bytes = 24});
  const Var _p_ = f.param("_p_");
  const Var ax = GoFunction::in_register(Reg::rax);
  f.line("func pidleput(_p_ *p) {");
  f.line("    if !runqempty(_p_) {");
  runqempty(f, go, _p_);
  f.if_(ax == 0, [&] {
    f.line("        throw(\"pidleput: P has non-empty run queue\")")
        .throws("pidleput: P has non-empty run queue");
  });
  f.line("    idlepMask.set(_p_.id)").stores(mark_idle(_p_, go.p("id"), true));
  f.line("    _p_.link = sched.pidle").set(ax, load(sched, go.sched("pidle"))).store(_p_, go.p("link"), ax);
  f.line("    sched.pidle.set(_p_)").store(sched, go.sched("pidle"), _p_);
  f.line("    atomic.Xadd(&sched.npidle, 1)").add(sched, go.sched("npidle"), 1);
  f.line("}").ret();
  return f;
}

GoFunction pidleget(const Go& go) {
  GoFunction f(sig::pidleget, {.bytes = 24, .stack_check = false});
  const Var result = f.result("_p_");
  const Var _p_ = f.local("_p_'", "*p");
  const Var ax = GoFunction::in_register(Reg::rax);

  f.line("func pidleget() *p {");
  f.line("    _p_ := sched.pidle.ptr()").set(_p_, load(sched, go.sched("pidle")));
  f.if_("    if _p_ != nil {", _p_, [&] {
    f.line("        idlepMask.clear(_p_.id)").stores(mark_idle(_p_, go.p("id"), false));
    f.line("        sched.pidle = _p_.link")
        .set(ax, load(_p_, go.p("link")))
        .store(sched, go.sched("pidle"), ax);
    f.line("        atomic.Xadd(&sched.npidle, -1)").add(sched, go.sched("npidle"), -1);
  });
  f.line("    return _p_").set(result, _p_).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
