// Which stacks are in use, and by what: a thread whose SP is on it, or a g.sched that says where the g will
// go on. Everything that asks whether the words of a stack are live asks here.
#pragma once

#include <optional>
#include <vector>

#include "emu/layout/entities.h"
#include "emu/layout/stacks.h"

namespace gogoscope {

enum class StackUse : std::uint8_t {
  thread,  ///< the SP of a thread is on it: its registers say where it is
  sched,   ///< no SP does; g.sched says where the g will continue
  none,    ///< nothing on it is live: the g is dead, or its sched names no place on it
};

class StackUsers {
 public:
  struct Standing {
    ThreadId thread = 0;
    const Entity* owner = nullptr;  ///< of the stack that the thread's SP is on; null: no g's stack
  };

  /// What it is made of must outlive it. Cost: a look at every stack for each M.
  StackUsers(const Guest& guest, const StateView& state, const Entities& entities);

  /// The thread whose turn it is, then that of every other M in the order of entities.
  const std::vector<Standing>& threads() const { return threads_; }
  /// The thread whose SP is on the stack of the g, or on no g's stack where `g` is null; the one whose turn
  /// it is before others.
  std::optional<ThreadId> thread_on(const Entity* g) const;
  StackUse use_of(const Entity& g) const;
  std::optional<StackRef> stack_with_sp(Addr sp) const { return gogoscope::stack_with_sp(stacks_, sp); }

 private:
  const Guest& guest_;
  const StateView& state_;
  std::vector<StackRef> stacks_;
  std::vector<Standing> threads_;
};

}  // namespace gogoscope
