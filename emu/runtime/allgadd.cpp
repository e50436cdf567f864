// proc.go, allgadd: from now on the g has a name, gN by its place in allgs.
#include <algorithm>

#include "emu/runtime/functions.h"
#include "emu/runtime/pages.h"

namespace gogoscope::runtime {

GoFunction allgadd(const Go&) {
  GoFunction f(sig::allgadd, {.bytes = 64, .ours = true});
  const Var gp = f.param("gp");
  const Var n = f.local("n", "int"), room = f.local("cap", "int"), array = f.local("array", "unsafe.Pointer");
  auto allgs = [](std::uint64_t word) {
    return [=](Frame& x) { return x.symbol("runtime.allgs") + word * 8; };
  };

  f.line("func allgadd(gp *g) {");
  f.line("    lock(&allglock)").call(sig::lock2, {symbol("runtime.allglock")});
  f.line("    allgs = append(allgs, gp)")
      .set(n, [=](Frame& x) { return x.load(allgs(1)(x)); })
      .set(room, [=](Frame& x) { return x.load(allgs(2)(x)); })
      .if_(n >= room, [&] {
        f.line("        // growslice: twice the room, at least a page of 1024 pointers")
            .set(room, [=](Frame& x) { return std::max<std::uint64_t>(1024, x.get(room) * 2); });
        allocate_pages(
            f, [=](Frame& x) { return x.get(room) * 8; }, array);
        f.stores([=](Frame& x) {
          // allglock is held: no other M writes allgs meanwhile.
          const std::uint64_t old = x.load_private(allgs(0)(x));
          for (std::uint64_t i = 0; i < x.get(n) && !x.faulted(); ++i) {
            x.store_private(x.get(array) + i * 8, 8, x.load_private(old + i * 8));
          }
          x.store_private(allgs(0)(x), 8, x.get(array));
          x.store_private(allgs(2)(x), 8, x.get(room));
        });
      });
  f.set(array, [=](Frame& x) { return x.load(allgs(0)(x)); })
      .stores([=](Frame& x) { x.store(x.get(array) + x.get(n) * 8, 8, x.get(gp)); })
      .stores([=](Frame& x) { x.store(allgs(1)(x), 8, x.get(n) + 1); });
  f.line("    unlock(&allglock)").call(sig::unlock2, {symbol("runtime.allglock")});
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
