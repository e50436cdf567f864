// What a goroutine is for: the function that it runs, and whether the runtime started it for itself.
#pragma once

#include <cstdint>

#include "emu/guest/guest.h"
#include "emu/layout/entities.h"

namespace gogoscope {

/// Whose goroutine it is, in Go's words.
enum class GoroutineKind : std::uint8_t {
  user,
  system,  ///< started by the runtime for itself: isSystemGoroutine
  g0,      ///< no goroutine: the g of an M's system stack, or of its signal stack
};

/// The function that a go statement was given: g.startpc; null where none is known, as of a g0.
const Function* started_with(const Guest& guest, const MemoryView& memory, const Entity& g);

/// As runtime.isSystemGoroutine says it (runtime/traceback.go of Go 1.15 to 1.27): what runs a function of
/// package runtime, apart from runtime.main, handleAsyncEvent, from 1.22 on corostart, and, while they run
/// code of the program, the finalizer goroutine and, from 1.25 on, those that run cleanups.
GoroutineKind goroutine_kind(const Guest& guest, const MemoryView& memory, const Entity& g);

}  // namespace gogoscope
