// stubs.go and proc.go: what mcall, systemstack and the stack check call when something is wrong.
#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

namespace {

GoFunction thrower(const Signature& signature, FrameSize frame, const char* header, const char* line,
                   const char* message) {
  GoFunction f(signature, frame);
  f.line(header);
  f.line(line).throws(message);
  f.line("}").ret();
  return f;
}

GoFunction stack_growth(const Signature& signature, const char* header) {
  GoFunction f(signature, {.bytes = 0, .stack_check = false});
  f.line(header);
  f.line("    // grows the stack: newstack is not part of this model").left_out("stack growth (morestack)");
  f.line("}").ret();
  return f;
}

}  // namespace

GoFunction badmcall(const Go&) {
  return thrower(sig::badmcall, {.bytes = 24}, "func badmcall(fn func(*g)) {",
                 "    throw(\"runtime: mcall called on m->g0 stack\")",
                 "runtime: mcall called on m->g0 stack");
}

GoFunction badmcall2(const Go&) {
  return thrower(sig::badmcall2, {.bytes = 24}, "func badmcall2(fn func(*g)) {",
                 "    throw(\"runtime: mcall function returned\")", "runtime: mcall function returned");
}

GoFunction badsystemstack(const Go&) {
  return thrower(sig::badsystemstack, {.bytes = 24, .ours = true}, "func badsystemstack() {",
                 "    throw(\"systemstack called from unexpected goroutine\")",
                 "systemstack called from unexpected goroutine");
}

GoFunction morestack(const Go&) { return stack_growth(sig::morestack, "TEXT runtime·morestack(SB)"); }

GoFunction morestack_noctxt(const Go&) {
  return stack_growth(sig::morestack_noctxt, "TEXT runtime·morestack_noctxt(SB)");
}

}  // namespace gogoscope::runtime
