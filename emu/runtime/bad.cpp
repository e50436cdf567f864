// stubs.go and proc.go: what mcall, systemstack, save and the stack check call when something is wrong.
#include <fmt/format.h>

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

GoFunction badctxt(const Go&) {
  return thrower(sig::badctxt, {.bytes = 24, .stack_check = false, .ours = true}, "func badctxt() {",
                 "    throw(\"ctxt != 0\")", "ctxt != 0");
}

GoFunction badsystemstack(const Go&) {
  constexpr const char* kMessage = "fatal: systemstack called from unexpected goroutine";
  GoFunction f(sig::badsystemstack, {.bytes = 24, .stack_check = false, .ours = true});
  f.line("func badsystemstack() {");
  f.line(fmt::format("    write(2, \"{}\")", kMessage)).does([=](Frame& x) {
    x.stop({StopReason::throw_, Text::untranslated(kMessage), 0});
  });
  f.line("}").ret();
  return f;
}

}  // namespace gogoscope::runtime
