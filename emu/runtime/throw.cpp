// panic.go, throw: the runtime cannot continue. Not a panic: it cannot be recovered.
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {
namespace {

constexpr std::uint64_t kLongestMessage = 1024;  // of a task that calls throw itself, with any length

/// A Go string, read from the guest's memory.
std::string text_of(Frame& x, std::uint64_t address, std::uint64_t length) {
  std::string text;
  for (std::uint64_t i = 0; i < std::min(length, kLongestMessage); ++i) {
    text += static_cast<char>(x.load_private(address + i, 1));
  }
  return text;
}

}  // namespace

GoFunction throw_(const Go& go) {
  GoFunction f(sig::throw_, {.bytes = 40, .stack_check = false});
  const Var ptr = f.param("s.ptr"), len = f.param("s.len");
  const Var gp = f.local("gp", "*g");

  f.line("func throw(s string) {");
  f.line("    systemstack(func() { print(\"fatal error: \", s, \"\\n\") })  // condensed").does([](Frame&) {
  });
  f.line("    gp := getg()").set(gp, getg);
  f.if_("    if gp.m.throwing == 0 { gp.m.throwing = 1 }  // -1: do not dump full stacks",
        load(own_m, go.m("throwing")) == 0, [&] { f.store(own_m, go.m("throwing"), 1); });
  f.line("    fatalthrow()  // prints the goroutines, exits with 2").does([=](Frame& x) {
    const std::string message = text_of(x, x.get(ptr), x.get(len));
    // Both messages of checkdead, and no other of the runtime, end so.
    const bool deadlock = message.ends_with("deadlock!");
    x.stop({deadlock ? StopReason::deadlock : StopReason::throw_,
            Text::untranslated(fmt::format("fatal error: {}", message)), 0});
  });
  f.line("}");
  return f;
}

}  // namespace gogoscope::runtime
