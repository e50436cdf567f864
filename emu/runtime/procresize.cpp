// proc.go, procresize, at boot: makes all Ps, takes p0, and puts the others on
// the list of idle ones.
#include "emu/runtime/functions.h"
#include "emu/runtime/pages.h"

namespace gogoscope::runtime {

GoFunction procresize(const Go& go) {
  GoFunction f(sig::procresize, {.bytes = 160});
  const Var nprocs = f.param("nprocs"), result = f.result("runnable");
  const Var pp = f.local("pp", "*p"), array = f.local("array", "unsafe.Pointer"), i = f.local("i", "int32");
  auto allp = [](std::uint64_t word) {
    return [=](Frame& x) { return x.symbol("runtime.allp") + word * 8; };
  };

  f.line(
      "func procresize(nprocs int32) *p {  // condensed to the boot: no P "
      "existed before");
  f.line("    allp = make([]*p, nprocs)");
  allocate_pages(
      f, [=](Frame& x) { return x.get(nprocs) * 8; }, array);
  f.stores([=](Frame& x) { x.store(allp(0)(x), 8, x.get(array)); })
      .stores([=](Frame& x) { x.store(allp(1)(x), 8, x.get(nprocs)); })
      .stores([=](Frame& x) { x.store(allp(2)(x), 8, x.get(nprocs)); });
  f.line("    for i := int32(0); i < nprocs; i++ {")
      .set(i, 0)
      .for_(
          i < nprocs,
          [&] {
            f.line("        pp := new(p)")
                .call(sig::newobject, {symbol("runtime.mheap_.pspan")})
                .take(sig::newobject, 0, pp);
            f.line("        pp.init(i)  // pp.id = i; pp.status = _Pgcstop")
                .store(pp, go.p("id"), i)
                .store(pp, go.p("status"), kPgcstop);
            f.line("        allp[i] = pp").stores([=](Frame& x) {
              x.store(x.get(array) + x.get(i) * 8, 8, x.get(pp));
            });
          },
          [&] { f.set(i, i + 1); });
  f.line("    getg().m.p = 0").store(own_m, go.m("p"), 0);
  f.line("    p := allp[0]").set(pp, [=](Frame& x) { return x.load(x.get(array)); });
  f.line("    p.m = 0").store(pp, go.p("m"), 0);
  f.line("    p.status = _Pidle").store(pp, go.p("status"), kPidle);
  f.line("    acquirep(p)").call(sig::acquirep, {pp});
  f.line(
       "    for i := nprocs - 1; i >= 0; i-- {  // so that allp[1] will be "
       "the first of the idle ones")
      .set(i, nprocs - 1)
      .for_(
          int32(i) >= 0,
          [&] {
            f.set(pp, [=](Frame& x) { return x.load(x.get(array) + x.get(i) * 8); });
            f.line("        if getg().m.p.ptr() == p { continue }").continue_if(pp == own_p);
            f.line("        p.status = _Pidle").store(pp, go.p("status"), kPidle);
            f.line("        pidleput(p)  // at boot no queue has anything").call(sig::pidleput, {pp});
          },
          [&] { f.set(i, i - 1); });
  f.line("    gomaxprocs = nprocs").stores([=](Frame& x) {
    x.store(x.symbol("runtime.gomaxprocs"), 4, x.get(nprocs));
  });
  f.line("    return nil").set(result, 0).ret();
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
