#include "emu/layout/goroutines.h"

#include <string_view>

#include "emu/layout/views.h"

namespace gogoscope {
namespace {

/// runtime.fingRunning, up to 1.19; then a bit of runtime.fingStatus.
bool runs_a_finalizer(const Guest& guest, const MemoryView& memory) {
  constexpr std::uint64_t kFingRunningFinalizer = 2;
  if (const DataSymbol* const running = guest.code.data("runtime.fingRunning"))
    return memory.load_or_zero(running->addr, 1) != 0;
  const DataSymbol* const status = guest.code.data("runtime.fingStatus");
  return status != nullptr && (memory.load_or_zero(status->addr, 4) & kFingRunningFinalizer) != 0;
}

}  // namespace

const Function* started_with(const Guest& guest, const MemoryView& memory, const Entity& g) {
  if (g.system) return nullptr;
  const CodeAddr start = GView(guest.release->layout, memory, {g.addr}).startpc();
  return guest.code.function_at(start);
}

GoroutineKind goroutine_kind(const Guest& guest, const MemoryView& memory, const Entity& g) {
  if (g.system) return GoroutineKind::g0;
  const Function* const start = started_with(guest, memory, g);
  if (start == nullptr) return GoroutineKind::user;
  const std::string_view name = start->name;
  if (name == "runtime.main" || name == "runtime.handleAsyncEvent" || name == "runtime.corostart")
    return GoroutineKind::user;
  if (name == "runtime.runfinq" || name == "runtime.runFinalizers")
    return runs_a_finalizer(guest, memory) ? GoroutineKind::user : GoroutineKind::system;
  if (name == "runtime.runCleanups") {
    const auto runs = load_field(guest.release->layout, memory, "g", g.addr, "runningCleanups");
    return runs.value_or(0) != 0 ? GoroutineKind::user : GoroutineKind::system;
  }
  return name.starts_with("runtime.") ? GoroutineKind::system : GoroutineKind::user;
}

}  // namespace gogoscope
