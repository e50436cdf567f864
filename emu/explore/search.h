// The search of explorer.h: depth first, along one record that grows and is taken back. Private to this
// folder.
#pragma once

#include <utility>

#include "emu/explore/explorer.h"
#include "emu/explore/follower.h"
#include "emu/explore/seen.h"
#include "emu/machine/machine.h"

namespace gogoscope {

/// The keys, each once, sorted.
std::vector<std::uint64_t> different(std::vector<std::uint64_t> keys);

/// When a state that was seen before is explored again.
enum class Pruning : std::uint8_t {
  by_preemptions_left,  ///< where more preemptions are left than were then
  by_state_alone,       ///< never. Wrong, and here so that a test can show that it notices
};

class OrderSearch final : public Pilot {
 public:
  OrderSearch(const ExploreOptions& options, const Trace& trace,
              Pruning pruning = Pruning::by_preemptions_left);

  /// The machine has run ahead: its last step is the first one that others notice. So the choice is made of a
  /// state before it, and if nothing else is chosen, nothing needs to be done twice.
  bool decide(Helm& helm) override;

  /// What was found; once, at the end.
  Explored take();

 private:
  struct Option {
    ThreadId thread = 0;
    bool expires = false;
    int left = 0;  ///< preemptions, after it
  };
  /// A state in which other options wait.
  struct Node {
    std::uint64_t state = 0;
    std::vector<Option> options;
    std::size_t next = 0;
  };
  struct Turned {
    ThreadId thread = 0;
    bool expires = false;
    std::uint64_t state = 0;  ///< after the step that gave the turn
    int left = 0;
  };
  /// A state of the path in which a choice could be made.
  struct Point {
    std::uint64_t key = 0;
    std::uint64_t state = 0;
  };
  /// What can happen instead of the current thread's next step.
  struct Others {
    std::vector<ThreadId> movers, sleepers;  ///< sleepers: until a deadline that has not passed
    std::uint64_t earliest = 0;              ///< deadline
  };

  bool go_on(Helm& helm);
  bool arrive();
  bool choose_at_end(Helm& helm);
  void spin(std::size_t first);
  void end(OrderEnd what);
  void count(const OrderEnd& what, bool fails);
  Order order() const;
  bool leave_first_path();
  bool next_option(Helm& helm);
  bool take(const Option& option, Helm& helm);

  Others others() const;
  bool can_move(ThreadId thread) const;
  std::vector<Option> options(const Others& others, int move_costs);
  const Turned& turn() const { return turns_.back(); }

  const ExploreOptions& options_;
  const Trace& trace_;
  const Pruning pruning_;
  Follower follower_;
  SeenStates seen_;
  std::vector<Node> nodes_;    ///< in the order of the path
  std::vector<Point> points_;  ///< likewise
  std::vector<Turned> turns_;  ///< likewise; the first is that of the boot
  std::uint64_t shorter_than_;
  bool enough_ = false, out_of_preemptions_ = false;
  bool on_first_path_ = true;   ///< which every shard follows
  std::uint64_t visits_ = 0;    ///< states explored, those explored again included
  std::uint64_t steps_at_ = 0;  ///< steps that the record had when it was looked at last
  Explored out_;
};

}  // namespace gogoscope
