// Finds the steps at which an invariant breaks: judges what a step could have changed. For RunEvents, which
// is the stream that others read, and for emu/explore/, which goes back and forth too often for a stream.
#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "emu/check/findings.h"
#include "emu/history/event.h"
#include "emu/world/world.h"

namespace gogoscope::check {

/// The breaks of one step, each invariant at most once a run.
class Breaks final : public Findings {
 public:
  Breaks(const Release& release, std::span<const Event> earlier);
  /// Hands over what was found in a step, in the order of the table.
  void take(std::uint64_t step, ThreadId thread, std::vector<Event>& out);

 protected:
  bool wants(Invariant id, InvariantState state) const override;
  void note(Invariant id, InvariantState state, Text detail) override;

 private:
  std::array<bool, kInvariants> mute_{};  ///< broken already, or not applicable under the release
  std::vector<std::pair<Invariant, Text>> found_;
};

class BreakFinder {
 public:
  /// At the world's moment; the world must outlive it. What `earlier` says to be broken is not reported
  /// again.
  BreakFinder(const World& world, std::span<const Event> earlier);

  /// Whether a step of this thread that stored nothing the world watches can have broken nothing. The world's
  /// image is that after the step; `registers`: SP, BP, the FS base or what holds g has changed. Cost: some
  /// comparisons.
  bool passes(ThreadId thread, bool registers) const;
  /// Judges a step; the world has followed it, and what it touched is not forgotten yet. Cost: about 0.2 us;
  /// nothing grows with the number of gs.
  void judge(std::uint64_t step, ThreadId thread, std::vector<Event>& out);

 private:
  /// What passes() needs to know of a thread.
  struct Glance {
    int m = kNone;                 ///< index into World::ms
    bool settled = false;          ///< nothing of its registers is untrue
    std::uint64_t lo = 0, hi = 0;  ///< of the stack that SP is on
    Addr g;                        ///< the current one
    std::uint64_t resume = 0;      ///< its sched.pc
    bool on_user = false;          ///< it is an ordinary g, and SP is on its stack
  };

  Glance& glance_of(int thread);
  void refresh(int m);
  void find_loose();
  template <class Judge>
  void judge_each(const Marks& touched, Marks& pending, std::size_t end, Judge judge);
  void judge_threads(ThreadId moved);
  void judge_loose();

  const World& world_;
  Breaks breaks_;
  std::vector<Glance> glances_;  ///< by thread, as far as there are any
  Marks pending_gs_, pending_ms_, pending_ps_;
  std::vector<int> to_judge_;
  std::vector<int> loose_;  ///< in order
  bool sched_pending_ = true;
  bool arrived_ = false;
};

}  // namespace gogoscope::check
