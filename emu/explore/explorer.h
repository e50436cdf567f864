// Every order in which the threads of a guest can move, with up to K preemptions.
//
// Another thread gets the turn only where that can matter: before a step that others notice
// (Gate::others_notice), or that stores to what invariants read. Taking the turn away from a thread that
// could go on is a preemption. It is none where the thread sleeps or has ended, has just yielded, or spins,
// that is, comes back to the same state on its own. A deadline passes where no other thread can move;
// elsewhere that is a choice that counts as a preemption, too. Steps and turns take no time
// (Turns::explored).
//
// A state that was seen before with at least as many preemptions left is not explored again
// (emu/explore/follower.h says what a state is). So not every order is followed to its end, but every end
// that an order leads to is found. Ends that differ only in how far other threads have come between two steps
// that matter count as one.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
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

  /// Whether both end in the same way, in whatever state.
  bool same_kind(const OrderEnd& other) const {
    if (kind != other.kind) return false;
    return kind == Kind::broke ? invariant == other.invariant : stop == other.stop;
  }
};

/// One order: the turns that replay it, with Turns::explored. The shortest comes first: by preemptions, then
/// by steps.
struct Order {
  std::vector<Turn> turns;
  std::uint64_t steps = 0;  ///< until it ends, the steps that give turns included
  int preemptions = 0;

  std::strong_ordering operator<=>(const Order& other) const {
    return std::pair(preemptions, steps) <=> std::pair(other.preemptions, other.steps);
  }
  bool operator==(const Order& other) const { return (*this <=> other) == 0; }
};

/// One of several searches that share the orders among themselves: all follow the same first path, and each
/// explores every `of`-th of the choices that wait along it. They know nothing of each other, so that a state
/// is explored by each that comes to it; what all of them have found is the whole, for any `of`.
struct SearchShard {
  unsigned number = 0;
  unsigned of = 1;
};

struct ExploreOptions {
  int preemptions = 0;             ///< K
  std::uint64_t max_states = 0;    ///< after so many explored the search ends early; 0: never
  std::uint64_t shorter_than = 0;  ///< only orders of fewer steps; 0: all. Costs more: a state is explored
                                   ///< again where it is reached in fewer steps
  SearchShard shard = {};
  std::function<bool()> enough = {};  ///< asked every 1024 states; true ends the search early
  /// Asked of each end: whether it is one that must not be. `record` is the order's own, from the boot to
  /// this end, and `state` the state there.
  std::function<bool(const OrderEnd&, const Trace& record, const StateView& state)> fails = {};
};

struct Explored {
  struct Outcome {
    OrderEnd end;  ///< the first of its kind
    bool fails = false;
    std::vector<std::uint64_t> keys;  ///< of the different states in which orders end so, sorted
  };
  struct Failure {
    Order order;
    OrderEnd end;
  };
  bool complete = true;             ///< the search came to its end: every end up to K preemptions was found
  bool every_order = false;         ///< more preemptions would not lead to any other end
  std::uint64_t orders = 0;         ///< that were followed to an end
  std::uint64_t steps = 0;          ///< executed
  std::vector<std::uint64_t> keys;  ///< of the states in which a choice was made, with the thread whose turn
                                    ///< it was; sorted
  std::vector<Outcome> outcomes;    ///< in the order in which they were found
  std::optional<Failure> failure;   ///< the shortest that was found

  std::uint64_t states() const { return keys.size(); }
};

/// Explores once, with one K. The guest must have been built with Turns::explored and a table of threads.
/// Cost: 2 to 5 us and 24 to 48 bytes for each state.
Explored explore(const std::shared_ptr<const Guest>& guest, const std::shared_ptr<const SlotTable>& slots,
                 const ExploreOptions& options);

/// What several shards have found together. At least one.
Explored whole_of(std::vector<Explored> shards);

}  // namespace gogoscope
