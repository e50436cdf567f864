// Moving through a record, live and opened ones alike. All searches walk the record with the cursor; where it
// ends, the tip makes more of it.
#pragma once

#include <functional>
#include <vector>

#include "emu/check/run_events.h"
#include "emu/session/breakpoints.h"
#include "emu/session/tip.h"
#include "emu/session/watch.h"

namespace gogoscope {

class Navigator {
 public:
  /// At state 0. Both must outlive it; an opened record has no tip.
  Navigator(const Trace& trace, Tip* tip);

  const Cursor& cursor() const { return cursor_; }
  /// The same, for those that walk it away and back.
  Cursor& walker() { return cursor_; }
  /// The events and breaks of the record so far, in order of steps.
  const std::vector<Event>& events();
  /// From here to the end of the command the watch is asked; it may be empty.
  void watch(Watch watch) {
    watch_ = std::move(watch);
    given_up_ = false;
  }
  /// Whether the watch said no. Where the cursor is then means nothing.
  bool given_up() const { return given_up_; }
  /// What the step that led here broke.
  std::vector<const Event*> breaks_here();

  void step() { advance(); }
  void back() { cursor_.back(); }
  void step_line();
  void back_line();
  void step_out();
  void go_to(std::uint64_t state) { cursor_.seek(state); }
  void next_event();
  void last_event();
  void next_handoff();
  void last_handoff();
  /// On to a stop that the mask names, or to the end; back to one, or to the start.
  void run(const Breakpoints& breakpoints, StopMask mask);
  void run_back(const Breakpoints& breakpoints, StopMask mask);

  /// These answer why they have not moved; empty if they have.
  Message run_to(const Where& where);
  Message back_to(const Place& place);
  Message next_write(const FieldPath& field);
  Message last_write(const FieldPath& field);

  /// These change the record, from the moment shown on.
  Message edit(const Edit& edit);
  Message give_turn(ThreadId thread);
  /// Makes what follows the state a branch, and shows that state.
  void branch_off(std::uint64_t state);
  /// Shows the moment in which the branch was cut off.
  void go_to_branch(const RunBranch& branch);

 private:
  using Test = std::function<bool()>;

  /// After how many steps the watch is asked: some milliseconds.
  static constexpr std::uint64_t kWatched = 1 << 17;
  /// Asks the watch.
  bool goes_on(std::uint64_t from, std::uint64_t at, std::uint64_t to);
  /// Looks for the events of the steps up to a state.
  void follow(std::uint64_t end);
  /// Makes the record longer by up to `steps`; false if that cannot be.
  bool extend(std::uint64_t steps) { return tip_ != nullptr && tip_->extend(steps); }
  /// One step on, making the record longer where it ends.
  bool advance();
  /// Moves at least one step, until `arrived` holds for the state reached. Records no step beyond it: a
  /// future that was not asked for would be one that an edit gives up.
  bool forward_until(const Test& arrived);
  bool back_until(const Test& arrived);
  /// To just after the next step that breaks an invariant, or to the end.
  void run_to_a_break();
  void run_to_the_end();
  bool at_line_start() const;

  /// Forgets the events from the cursor on: the record was cut there.
  void events_were_cut() { events_.cut(cursor_.position()); }

  const Trace& trace_;
  Tip* tip_;
  Cursor cursor_;
  RunEvents events_;
  Watch watch_;
  bool given_up_ = false;
};

/// That a path names nothing at the moment.
Message no_field(const FieldPath& field);

}  // namespace gogoscope
