// Call stacks: found from PC, SP and the code's tables of SP distances, never from BP. After mcall BP still
// points into the stack of the goroutine that called it, so a chain of BPs would mislead.
#pragma once

#include <cstddef>
#include <vector>

#include "emu/guest/guest.h"
#include "emu/layout/entities.h"
#include "emu/layout/stacks.h"

namespace gogoscope {

struct FrameRef {
  const Function* function = nullptr;
  /// Of the innermost frame: the next instruction, or right after the last one of a function in which the
  /// run has ended (Code::place). Of the others: where the call returns to.
  CodeAddr pc;
  Addr sp;                  ///< the frame's lower end
  Addr top;                 ///< where its return address is
  bool left_stack = false;  ///< it has loaded another SP (gogo, mcall): `top` is not known any more
};

inline constexpr std::size_t kMaxFrames = 100;

/// Whether nothing on the same stack has called the function: what runtime.topofstack knows in Go.
bool tops_stack(const Function& function);

/// The frames of a thread, innermost first. They end, as Go's tracebacks do, with goexit, mcall, mstart and
/// their like; also at code that is unknown, outside the stack, and after kMaxFrames.
std::vector<FrameRef> frames(const Guest& guest, const StateView& state, ThreadId thread);
std::vector<FrameRef> frames(const Guest& guest, const StateView& state, const Entities& entities,
                             ThreadId thread);

/// The same from any PC and SP, on a stack that the caller has found, if there is one.
std::vector<FrameRef> frames_from(const Guest& guest, const MemoryView& memory,
                                  const std::optional<StackRef>& stack, CodeAddr pc, Addr sp);
/// The same from any PC and SP: of a goroutine that does not run these are in g.sched.
std::vector<FrameRef> frames_from(const Guest& guest, const MemoryView& memory, const Entities& entities,
                                  CodeAddr pc, Addr sp);

}  // namespace gogoscope
