#include "emu/runtime/acquirem.h"

#include "emu/runtime/sig_wait.h"

namespace gogoscope::runtime {

Body add_to_locks(const Go& go, std::uint64_t n) {
  const std::uint32_t locks = go.m("locks").offset;
  return [=](Frame& x) {
    const std::uint64_t at = x.m() + locks;
    x.store_private(at, 4, x.load_private(at, 4) + n);
  };
}

void acquirem(GoFunction& f, const Go& go) { f.does(add_to_locks(go, 1)); }

void releasem(GoFunction& f, const Go& go) {
  const Field& preempt = go.g("preempt");
  const std::uint32_t locks = go.m("locks").offset;
  const Label done = f.label();
  auto getg = [](Frame& x) { return x.getg(); };
  f.does(add_to_locks(go, ~std::uint64_t{0}));
  f.line("    // in releasem: if mp.locks == 0 && _g_.preempt { _g_.stackguard0 = stackPreempt }")
      .jump_if([=](Frame& x) { return x.load_private(x.m() + locks, 4); }, done)
      .jump_unless([=](Frame& x) { return x.load(x.getg(), preempt); }, done)
      .store(getg, go.g("stackguard0"), kStackPreempt)
      .at(done);
}

}  // namespace gogoscope::runtime
