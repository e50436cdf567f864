// proc.go: a goroutine binds itself to the thread that it runs on, for its user
// (lockedExt) or for the runtime (lockedInt). Both count; the bond is undone
// when both are 0.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

constexpr FrameSize kLeaf{.bytes = 0, .stack_check = false, .ours = true};

Body add_to_m(const Field& field, std::int64_t n) {
  return [&field, n](Frame& x) { x.xadd(x.m() + field.offset, 4, static_cast<std::uint64_t>(n)); };
}

/// goarch is that of the build, which the scenario says.
bool is_wasm(Frame& x) { return x.environment().goarch == "wasm"; }

/// dolockOSThread, which Go inlines.
void lock_thread(GoFunction& f, const Go& go) {
  f.if_("    // dolockOSThread: if GOARCH == \"wasm\" { return }", not_(is_wasm), [&] {
    f.line("    _g_.m.lockedg.set(_g_)").store(own_m, go.m("lockedg"), getg);
    f.line("    _g_.lockedm.set(_g_.m)").store(getg, go.g("lockedm"), own_m);
  });
  f.line("}").ret();
}

/// dounlockOSThread.
void unlock_thread(GoFunction& f, const Go& go) {
  f.if_("    // dounlockOSThread: if GOARCH == \"wasm\" { return }", not_(is_wasm), [&] {
    f.if_("    if _g_.m.lockedInt != 0 || _g_.m.lockedExt != 0 { return }",
          all(load(own_m, go.m("lockedInt")) == 0, load(own_m, go.m("lockedExt")) == 0), [&] {
            f.line("    _g_.m.lockedg = 0").store(own_m, go.m("lockedg"), 0);
            f.line("    _g_.lockedm = 0").store(getg, go.g("lockedm"), 0);
          });
  });
  f.line("}").ret();
}

}  // namespace

GoFunction LockOSThread(const Go& go) {
  GoFunction f(sig::LockOSThread, kLeaf);
  const Field& lockedExt = go.m("lockedExt");

  f.line("func LockOSThread() {");
  f.line("    // startTemplateThread: left out");
  f.line("    _g_.m.lockedExt++").stores(add_to_m(lockedExt, 1));
  f.if_("    if _g_.m.lockedExt == 0 {", load(own_m, lockedExt) == 0, [&] {
    f.line("        _g_.m.lockedExt--").stores(add_to_m(lockedExt, -1));
    f.line("        panic(\"LockOSThread nesting overflow\")")
        .left_out({"a panic: LockOSThread nesting overflow", "panic：LockOSThread nesting overflow"});
  });
  lock_thread(f, go);
  return f;
}

GoFunction lockOSThread(const Go& go) {
  GoFunction f(sig::lockOSThread, kLeaf);
  f.line("func lockOSThread() {");
  f.line("    getg().m.lockedInt++").stores(add_to_m(go.m("lockedInt"), 1));
  lock_thread(f, go);
  return f;
}

GoFunction UnlockOSThread(const Go& go) {
  GoFunction f(sig::UnlockOSThread, kLeaf);
  const Field& lockedExt = go.m("lockedExt");

  f.line("func UnlockOSThread() {");
  f.if_("    if _g_.m.lockedExt == 0 { return }", load(own_m, lockedExt) == 0, [&] { f.ret(); });
  f.line("    _g_.m.lockedExt--").stores(add_to_m(lockedExt, -1));
  unlock_thread(f, go);
  return f;
}

GoFunction unlockOSThread(const Go& go) {
  GoFunction f(sig::unlockOSThread, {.bytes = 24, .stack_check = false});
  const Field& lockedInt = go.m("lockedInt");

  constexpr const char* kMisuse = "runtime: internal error: misuse of lockOSThread/unlockOSThread";
  f.line("func unlockOSThread() {");
  f.if_("    if _g_.m.lockedInt == 0 {", load(own_m, lockedInt) == 0,
        [&] { f.line("        systemstack(badunlockosthread)  // throws").throws(kMisuse); });
  f.line("    _g_.m.lockedInt--").stores(add_to_m(lockedInt, -1));
  unlock_thread(f, go);
  return f;
}

}  // namespace gogoscope::runtime
