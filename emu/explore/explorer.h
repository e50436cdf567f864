// Every order in which the threads of a guest can move, with up to K preemptions.
//
// Another thread gets the turn only where that can matter: before a step that others notice
// (Gate::others_notice), or that stores to what invariants read. Taking the turn away from a thread that could
// go on is a preemption. It is none where the thread sleeps or has ended, has just yielded, or spins, that is,
// comes back to the same state on its own. A deadline passes where no other thread can move; elsewhere that is
// a choice that counts as a preemption, too. Steps and turns take no time (Turns::explored).
//
// A state that was seen before with at least as many preemptions left is not explored again
// (emu/explore/follower.h says what a state is). So not every order is followed to its end, but every end that
// an order leads to is found. Ends that differ only in how far other threads have come between two steps that
// matter count as one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "asm/text/language.h"
#include "emu/check/invariant.h"
#include "emu/guest/turns.h"
#include "emu/history/trace.h"

namespace gogoscope {

class SlotTable;

/// What an order leads to.
struct OrderEnd {
  enum class Kind : std::uint8_t {
    stopped,  ///< the run ended: `stop`
    broke,    ///< a step broke `invariant`
    endless,  ///< a thread repeats the same steps forever, and no other can move
    budget,   ///< the guest's budget of steps is spent
  };
  Kind kind = Kind::stopped;
  Stop stop;
  Invariant invariant = {};
  Text detail;            ///< of the break
  std::uint64_t key = 0;  ///< of the state; the same state has the same key
};

/// One order: the turns that replay it, with Turns::explored.
struct Order {
  std::vector<Turn> turns;
  std::uint64_t steps = 0;  ///< until it ends, the steps that give turns included
  int preemptions = 0;
};

struct ExploreOptions {
  int preemptions = 0;                ///< K
  std::uint64_t max_states = 0;       ///< after so many explored the search ends early; 0: never
  std::uint64_t shorter_than = 0;     ///< only orders of fewer steps; 0: all. Costs more: a state is explored
                                      ///< again where it is reached in fewer steps
  std::function<bool()> enough = {};  ///< asked every 1024 states; true ends the search early
  /// Asked of each end: whether it is one that must not be. `state` is the state there.
  std::function<bool(const OrderEnd&, const StateView& state)> fails;
};

struct Explored {
  struct Outcome {
    OrderEnd end;  ///< the first of its kind: same stop, same invariant
    bool fails = false;
    std::uint64_t count = 0;  ///< orders that were followed to such an end
  };
  bool complete = true;      ///< the search came to its end: every end up to K preemptions was found
  bool every_order = false;  ///< more preemptions would not lead to any other end
  std::uint64_t orders = 0;
  std::uint64_t states = 0;  ///< different ones, with the thread whose turn it is, in which a choice was made
  std::uint64_t steps = 0;   ///< executed
  std::vector<Outcome> outcomes;  ///< in the order in which they were found
  std::optional<Order> failure;   ///< the shortest that was found: fewest preemptions, then fewest steps
  OrderEnd failure_end;
};

/// Explores once, with one K. The guest must have been built with Turns::explored and a table of threads. Cost:
/// 1 to 3 us and 50 bytes for each state.
Explored explore(const std::shared_ptr<const Guest>& guest, const std::shared_ptr<const SlotTable>& slots,
                 const ExploreOptions& options);

}  // namespace gogoscope
