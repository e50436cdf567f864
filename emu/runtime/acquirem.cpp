#include "emu/runtime/acquirem.h"

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

Body add_to_locks(const Go& go, std::uint64_t n) {
  const Field& locks = go.m("locks");
  return [=](Frame& x) {
    const std::uint64_t at = x.m() + locks.offset;
    x.store_private(at, 4, x.load_private(at, 4) + n);
  };
}

void acquirem(GoFunction& f, const Go& go) { f.stores(add_to_locks(go, 1)); }

void releasem(GoFunction& f, const Go& go) {
  const Field& locks = go.m("locks");
  auto locked = [offset = locks.offset](Frame& x) { return x.load_private(x.m() + offset, 4); };
  f.stores(add_to_locks(go, ~std::uint64_t{0}));
  f.if_("    // in releasem: if mp.locks == 0 && _g_.preempt { _g_.stackguard0 = stackPreempt }",
        all(not_(locked), load(getg, go.g("preempt"))),
        [&] { f.store(getg, go.g("stackguard0"), kStackPreempt); });
}

}  // namespace gogoscope::runtime
