// Tracebacks: chains of calls, as Go's runtime prints them in a crash or when a signal asks for them. Found
// as frames.h finds frames, from PC and SP; here besides whose stack it is, where PC and SP come from, what a
// switch of stacks in between means, and which function started the goroutine.
//
// Of a g on whose stack a thread is, PC and SP are the thread's; of any other that is not dead, they
// are in g.sched. A g0 that its M has left for a goroutine is not an exception: g0.sched holds what mstart1
// saved, so schedule, execute and gogo below it, which are never returned to, are not shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/layout/frames.h"
#include "emu/layout/goroutines.h"
#include "emu/layout/stack_users.h"

namespace gogoscope {

/// Where a thread is, PC is what comes next and is looked up itself; if nothing comes next, since the run has
/// ended in a function's last instruction, PC - 1 is. Else it is a return address, in g.sched too: the call
/// is the instruction before it, so PC - 1 is looked up, which must be in the function that called. newproc1
/// forges goexit+1 for that reason, not goexit+0.
struct TraceFrame {
  FrameRef frame;      ///< walked like Go does: by the function that holds the return address
  CodeAddr looked_up;  ///< what was looked up to name the frame
  const Function* named =
      nullptr;   ///< which one that is: frame.function, or the one before it if PC - 1 falls outside
  LineRef line;  ///< of the instruction looked up; not known in the padding between functions
  /// The function whose call the compiler replaced by its body: the call has no frame of its own, `frame` is
  /// the one that it is in. Null of a frame itself, whose line is then that of its outermost such call.
  const std::string* inlined = nullptr;
  bool promised = false;   ///< gogo has loaded SP and is about to jump to g.sched.pc: this is not yet so
  bool is_return = false;  ///< PC is a return address
  bool inside() const { return named == frame.function; }
};

struct Traceback {
  enum class Source : std::uint8_t {
    registers,  ///< a thread is on this stack
    sched,      ///< none does; g.sched says where it will continue
    none,       ///< a dead g, or one whose stack is not there
  };
  enum class End : std::uint8_t {
    top,          ///< at a function that nothing on this stack called: goexit, mstart, rt0_go
    mcall,        ///< fn runs on g0 and never returns; `left` is in its sched
    systemstack,  ///< fn runs on g0 and comes back to `left`, whose sched says where
    morestack,    ///< newstack runs on g0 and never returns; `left` continues from its sched
    loaded_sp,    ///< the last function has loaded SP from elsewhere: where it returns to is not known
    unknown_pc,   ///< no function at `unknown`
    off_stack,    ///< the next return address would be outside the stack
    too_deep,     ///< more frames than are worth showing
    nothing,      ///< source none
  };

  const Entity* g = nullptr;  ///< points into the Entities asked
  std::int64_t goid = 0;
  std::string status;  ///< as Go prints it between the brackets: "chan receive, locked to thread"
  GoroutineKind kind = GoroutineKind::user;
  const Function* start = nullptr;  ///< the function that the goroutine runs; null where none is known
  Source source = Source::none;
  int m = -1;                   ///< of registers: whose thread; of sched: the M that g.m names, -1 for none
  const Entity* tls = nullptr;  ///< the g that the M takes itself to run, where it is not `g`, its stack's
  GHome home = GHome::tls;      ///< where `tls` was found
  const Entity* resumed = nullptr;  ///< of an idle g0: the goroutine that its M runs instead
  std::vector<TraceFrame> frames;   ///< innermost first
  End end = End::nothing;
  /// Of mcall, systemstack and morestack: the goroutine whose stack was left, if it is known.
  const Entity* left = nullptr;
  CodeAddr unknown;                   ///< of unknown_pc
  std::optional<TraceFrame> creator;  ///< the go statement, from g.gopc; main's goroutine has none
  std::int64_t parent_goid = 0;       ///< which goroutine that was; 0 where the release does not say (1.21)
};

/// Tracebacks of one moment, one at a time. What it is made of must outlive it and what it answers.
class Tracebacks {
 public:
  /// Cost: some loads for each g and each M.
  Tracebacks(const Guest& guest, const StateView& state, const Entities& entities);

  /// Whose there are, in the order in which Go prints them at a crash with GOTRACEBACK=all: the stack on
  /// which the current thread is (null if it is no g's), then every other g of allgs that is not
  /// dead, then the g0s that have a place. Of `user` goroutines only, as Go does it at the level all, those
  /// and the current stack. Cost: some loads for each g.
  std::vector<const Entity*> gs(bool only_user = false) const;
  /// Of the g, or of the thread whose turn it is. Cost: some look-ups a frame, one of them among all gs.
  Traceback of(const Entity* g) const;

 private:
  const Guest& guest_;
  const StateView& state_;
  const Entities& entities_;
  StackUsers users_;
};

/// What Go prints between the brackets; how long the g waits is left out.
std::string status_text(const Guest& guest, const MemoryView& memory, const Entity& g);
/// The function that owns an address in the text, as Go's findfunc says: the padding after a function counts
/// as its own.
const Function* function_around(const Code& code, CodeAddr pc);

/// Of one g.
Traceback traceback_of(const Guest& guest, const StateView& state, const Entities& entities, const Entity& g);
/// Of all, or of user goroutines and the current stack.
std::vector<Traceback> tracebacks(const Guest& guest, const StateView& state, const Entities& entities,
                                  bool only_user = false);

}  // namespace gogoscope
