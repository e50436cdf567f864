// Moving through a record: every command but edit, for live and opened runs alike. All searches walk the
// record with the cursor; where it ends, a live session makes more of it.
#pragma once

#include <functional>

#include "emu/check/run_events.h"
#include "emu/session/breakpoints.h"

namespace gogoscope {

class Navigator : public Session {
 public:
  explicit Navigator(std::unique_ptr<Trace> trace);

  const Trace& trace() const override { return *trace_; }
  const Cursor& cursor() const override { return cursor_; }
  bool live() const override { return false; }
  const std::vector<Breakpoint>& breakpoints() const override { return breakpoints_.all(); }
  const std::vector<Event>& events() override;
  std::vector<Transfer> transfers() override { return gogoscope::transfers(cursor_); }
  Outcome execute(const Command& command) override;

 protected:
  /// Makes the record longer by up to `steps`; false if that cannot be.
  virtual bool extend(std::uint64_t steps);
  virtual Outcome edit(const std::string& assignment);
  /// Gives up what was recorded beyond the cursor, if that can be.
  virtual void give_up_future() {}
  virtual Outcome give_turn(const std::string& m);

  /// Forgets the events from the cursor on: the record was cut there.
  void events_were_cut() { events_.cut(cursor_.position()); }

  std::unique_ptr<Trace> trace_;
  Cursor cursor_;

 private:
  using Test = std::function<bool()>;

  /// One step on, making the record longer by `chunk` where it ends.
  bool advance(std::uint64_t chunk = 1);
  /// Moves at least one step, until `arrived` holds for the state reached. Records no step beyond it: a
  /// future that nobody has asked for would be one that an edit gives up.
  bool forward_until(const Test& arrived);
  void run_to_the_end();
  /// To the end, or to just after the next step that breaks an invariant; true in the latter case.
  bool run_to_a_break();
  /// The first break of the step that led here, or null.
  const Event* break_here();
  bool back_until(const Test& arrived);
  bool at_line_start() const;

  void step_out();
  void next_event();
  void last_event();
  void next_handoff();
  void last_handoff();
  std::string run_to(const std::string& text);
  std::string back_to(const std::string& text);
  std::string find_write(const std::string& field, bool backwards);

  Breakpoints breakpoints_;
  RunEvents events_;
};

}  // namespace gogoscope
