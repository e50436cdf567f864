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

/// dolockOSThread, which Go inlines.
void lock_thread(GoFunction& f, const Go& go) {
  auto own_m = [](Frame& x) { return x.m(); };
  auto getg = [](Frame& x) { return x.getg(); };
  const Label no_threads = f.label();
  f.line("    // dolockOSThread: if GOARCH == \"wasm\" { return }")
      .jump_if([](Frame& x) { return x.environment().goarch == "wasm"; }, no_threads);
  f.line("    _g_.m.lockedg.set(_g_)").store(own_m, go.m("lockedg"), getg);
  f.line("    _g_.lockedm.set(_g_.m)").store(getg, go.g("lockedm"), own_m);
  f.line("}").at(no_threads).ret();
}

/// dounlockOSThread.
void unlock_thread(GoFunction& f, const Go& go) {
  auto own_m = [](Frame& x) { return x.m(); };
  auto getg = [](Frame& x) { return x.getg(); };
  const Label still = f.label();
  f.line("    // dounlockOSThread: if GOARCH == \"wasm\" { return }")
      .jump_if([](Frame& x) { return x.environment().goarch == "wasm"; }, still);
  f.line("    if _g_.m.lockedInt != 0 || _g_.m.lockedExt != 0 { return }")
      .jump_if([&field = go.m("lockedInt")](Frame& x) { return x.load(x.m(), field); }, still)
      .jump_if([&field = go.m("lockedExt")](Frame& x) { return x.load(x.m(), field); }, still);
  f.line("    _g_.m.lockedg = 0").store(own_m, go.m("lockedg"), 0);
  f.line("    _g_.lockedm = 0").store(getg, go.g("lockedm"), 0);
  f.line("}").at(still).ret();
}

}  // namespace

GoFunction LockOSThread(const Go& go) {
  GoFunction f(sig::LockOSThread, kLeaf);
  const Field& lockedExt = go.m("lockedExt");
  const Label good = f.label();
  f.line("func LockOSThread() {");
  f.line("    // startTemplateThread: left out");
  f.line("    _g_.m.lockedExt++").does(add_to_m(lockedExt, 1));
  f.line("    if _g_.m.lockedExt == 0 {")
      .jump_if([&lockedExt](Frame& x) { return x.load(x.m(), lockedExt); }, good);
  f.line("        panic(\"LockOSThread nesting overflow\")")
      .left_out("a panic: LockOSThread nesting overflow");
  f.line("    }").at(good);
  lock_thread(f, go);
  return f;
}

GoFunction lockOSThread(const Go& go) {
  GoFunction f(sig::lockOSThread, kLeaf);
  f.line("func lockOSThread() {");
  f.line("    getg().m.lockedInt++").does(add_to_m(go.m("lockedInt"), 1));
  lock_thread(f, go);
  return f;
}

GoFunction UnlockOSThread(const Go& go) {
  GoFunction f(sig::UnlockOSThread, kLeaf);
  const Field& lockedExt = go.m("lockedExt");
  const Label locked = f.label();
  f.line("func UnlockOSThread() {");
  f.line("    if _g_.m.lockedExt == 0 { return }")
      .jump_if([&lockedExt](Frame& x) { return x.load(x.m(), lockedExt); }, locked)
      .ret();
  f.line("    _g_.m.lockedExt--").at(locked).does(add_to_m(lockedExt, -1));
  unlock_thread(f, go);
  return f;
}

GoFunction unlockOSThread(const Go& go) {
  GoFunction f(sig::unlockOSThread, {.bytes = 24, .stack_check = false});
  const Field& lockedInt = go.m("lockedInt");
  const Label locked = f.label();
  constexpr const char* kMisuse = "runtime: internal error: misuse of lockOSThread/unlockOSThread";
  f.line("func unlockOSThread() {");
  f.line("    if _g_.m.lockedInt == 0 {")
      .jump_if([&lockedInt](Frame& x) { return x.load(x.m(), lockedInt); }, locked);
  f.line("        systemstack(badunlockosthread)  // throws").throws(kMisuse);
  f.line("    }");
  f.line("    _g_.m.lockedInt--").at(locked).does(add_to_m(lockedInt, -1));
  unlock_thread(f, go);
  return f;
}

}  // namespace gogoscope::runtime
