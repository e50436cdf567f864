// The functions of the runtime that a task may CALL: those that a goroutine's own code calls in Go, because a
// program names them or because the compiler or a package of the standard library puts the call there.
//
// Everything else in the guest's text runs on g0 or with locks held; a CALL of it assembles, too, and does to
// the scheduler what it would do in Go. Where arguments lie follows from the signature
// (emu/runtime/signature.h).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "asm/text/language.h"
#include "emu/runtime/signature.h"

namespace gogoscope {

struct Callable {
  const runtime::Signature* signature = nullptr;
  TextView about;
  std::string_view example;  ///< bodies of a scenario that calls it
  std::string_view ends;     ///< further keys of that scenario; empty: it exits with code 0
};

/// In the order in which a reader would want them.
std::span<const Callable> callables();
/// By its Go name or as a CALL spells it ("runtime.Gosched", "runtime·Gosched", "Gosched"); null if it is
/// none.
const Callable* callable(std::string_view name);

/// "runtime.gogo" of "runtime·gogo": a name as the assembler spells it, in Go's spelling.
std::string go_name(std::string_view assembler_name);

/// The example as the text of a scenario file.
std::string example_scenario(const Callable& callable);

}  // namespace gogoscope
