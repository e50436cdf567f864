// The search of explorer.h: depth first, along one record that grows and is taken back. Private to this folder.
#pragma once

#include <unordered_map>

#include "emu/explore/explorer.h"
#include "emu/explore/follower.h"
#include "emu/machine/machine.h"

namespace gogoscope {

class Search final : public Pilot {
 public:
  Search(const ExploreOptions& options, const Trace& trace);

  /// The machine has run ahead: its last step is the first one that others notice. So the choice is made of a
  /// state before it, and if nothing else is chosen, nothing needs to be done twice.
  bool decide(Helm& helm) override;

  Explored take() {
    out_.complete = !enough_;
    out_.every_order = !enough_ && !out_of_preemptions_ && options_.shorter_than == 0;
    return std::move(out_);
  }

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
  struct Seen {
    int left = 0;
    std::uint64_t state = 0;  ///< steps it took to get there
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
  bool next_option(Helm& helm);
  bool take(const Option& option, Helm& helm);

  Others others() const;
  bool can_move(ThreadId thread) const;
  std::vector<Option> options(const Others& others, int move_costs);
  const Turned& turn() const { return turns_.back(); }

  const ExploreOptions& options_;
  const Trace& trace_;
  Follower follower_;
  std::unordered_map<std::uint64_t, Seen> seen_;
  std::vector<Node> nodes_;    ///< in the order of the path
  std::vector<Point> points_;  ///< likewise
  std::vector<Turned> turns_;  ///< likewise; the first is that of the boot
  std::uint64_t shorter_than_;
  bool enough_ = false, out_of_preemptions_ = false;
  std::uint64_t visits_ = 0;    ///< states explored, those explored again included
  std::uint64_t steps_at_ = 0;  ///< steps that the record had when it was looked at last
  Explored out_;
};

}  // namespace gogoscope
