// proc.go, runqputslow: half of a full ring and one more to the tail of the global queue.
#include <fmt/format.h>

#include <algorithm>

#include "emu/runtime/fastrand.h"
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction runqputslow(const Go& go) {
  GoFunction f(sig::runqputslow, {.bytes = 1080});
  const Var _p_ = f.param("_p_"), gp = f.param("gp"), h = f.param("h"), t = f.param("t"),
            result = f.result("ok");
  // var batch [len(_p_.runq)/2 + 1]*g is in the frame, batch[0] lowest.
  Var batch{};
  for (std::uint64_t i = kRunqSize / 2 + 1; i-- > 0;) batch = f.local(fmt::format("batch[{}]", i), "*g");
  const Var n = f.local("n", "uint32"), tail = f.local("q.tail", "guintptr"),
            head = f.local("q.head", "guintptr");
  // No call falls between their uses.
  const Var i = GoFunction::in_register(Reg::rax), g = GoFunction::in_register(Reg::rcx);
  const Field& runq = go.p("runq");
  const Field& runqhead = go.p("runqhead");
  const Field& lock = go.sched("lock");
  auto element = [batch](Frame& x, std::uint64_t index) { return x.address(batch).value() + index * 8; };
  auto batch_of = [element](Value index) {
    return [=](Frame& x) { return x.load_private(element(x, index(x))); };
  };
  auto next_i = i + 1;

  f.line("func runqputslow(_p_ *p, gp *g, h, t uint32) bool {");
  f.line("    var batch [len(_p_.runq)/2 + 1]*g");
  f.line("    n := (t - h) / 2").set(n, [=](Frame& x) { return ((x.get(t) - x.get(h)) & 0xffffffff) / 2; });
  f.if_(
      "    if n != uint32(len(_p_.runq)/2) {", [=](Frame& x) { return x.get(n) != kRunqSize / 2; },
      [&] {
        f.line("        throw(\"runqputslow: queue is not full\")").throws("runqputslow: queue is not full");
      });
  f.line("    for i := uint32(0); i < n; i++ {  // the oldest half").set(i, 0).for_(i < n, [&] {
    f.line("        batch[i] = _p_.runq[(h+i)%uint32(len(_p_.runq))].ptr()")
        .set(g,
             [=](Frame& x) {
               return x.load(x.get(_p_) + runq.offset + (x.get(h) + x.get(i)) % kRunqSize * 8);
             })
        .stores([=](Frame& x) { x.store_private(element(x, x.get(i)), 8, x.get(g)); })
        .set(i, next_i);
  });
  f.line("    if !atomic.CasRel(&_p_.runqhead, h, h+n) {  // a thief was faster")
      .if_(not_(cas(_p_, runqhead, h, (h + n) & 0xffffffff)),
           [&] { f.line("        return false").set(result, 0).ret(); });
  f.line("    batch[n] = gp").stores([=](Frame& x) { x.store_private(element(x, x.get(n)), 8, x.get(gp)); });
  f.if_(
      "    if randomizeScheduler {  // race builds", [](Frame& x) { return x.environment().race; },
      [&] {
        f.line(
             "        for i := uint32(1); i <= n; i++ { j := fastrandn(i + 1); swap(&batch[i], &batch[j]) }")
            .set(i, 1)
            .for_(i <= n, [&] {
              f.stores([=](Frame& x) {
                 const std::uint64_t a = element(x, x.get(i));
                 const std::uint64_t b = element(x, fastrandn(x, static_cast<std::uint32_t>(x.get(i)) + 1));
                 const std::uint64_t old_a = x.load_private(a), old_b = x.load_private(b);
                 x.store_private(a, 8, old_b);
                 x.store_private(b, 8, old_a);
               }).set(i, next_i);
            });
      });
  f.line("    for i := uint32(0); i < n; i++ {").set(i, 0).for_(i < n, [&] {
    f.line("        batch[i].schedlink.set(batch[i+1])")
        .store(batch_of(i), go.g("schedlink"), batch_of(next_i))
        .set(i, next_i);
  });
  f.line("    q := gQueue{head: batch[0], tail: batch[n]}").set(head, batch_of(0)).set(tail, batch_of(n));
  f.line("    lock(&sched.lock)").call(sig::lock2, {address(sched, lock)});
  f.line("    globrunqputbatch(&q, int32(n+1))")
      .call(sig::globrunqputbatch, {[=](Frame& x) { return x.address(head).value(); }, n + 1});
  f.line("    unlock(&sched.lock)").call(sig::unlock2, {address(sched, lock)});
  f.line("    return true").set(result, 1).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
