// What front ends see of a run: a record, a moment of it, and commands. Window, command line and tests
// use this and nothing below it to move; they read the state through the cursor.
//
//   auto session = live_session(program);
//   session->execute({CommandId::run_to, Where::at_state(412)});
//   session->cursor().state().sp();
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "emu/session/navigator.h"
#include "emu/session/transfers.h"

namespace gogoscope {

/// What a command did.
struct Outcome {
  std::uint64_t from = 0;       ///< position before
  std::uint64_t to = 0;         ///< position after
  std::optional<Stopped> stop;  ///< why it stopped before it reached what it was asked for, or at the end
  Message error;                ///< the command could not be carried out; nothing has moved
  std::uint64_t cut_off = 0;    ///< steps of the old future that are no longer part of the record
  std::optional<int> branch;    ///< under which they were kept
  bool ok() const { return error.empty(); }
};

class Session {
 public:
  /// At state 0. Without a tip the record can be walked, not extended or edited.
  Session(std::unique_ptr<Trace> trace, std::unique_ptr<Tip> tip);

  const Trace& trace() const { return *trace_; }
  const Guest& guest() const { return trace_->guest(); }
  /// The moment shown.
  const Cursor& cursor() const { return navigator_.cursor(); }
  /// False for an opened trace.
  bool live() const { return tip_ != nullptr; }
  const std::vector<Breakpoint>& breakpoints() const { return breakpoints_.all(); }
  /// All events of the record so far, in order of steps.
  const std::vector<Event>& events() { return navigator_.events(); }
  /// What the step executed last, and those before it in the same activation, moved between registers and gs.
  std::vector<Transfer> transfers() { return gogoscope::transfers(navigator_.walker()); }

  Outcome execute(const Command& command);
  /// Asked while commands are carried out. One that it gives up answers with an error, and nothing has moved;
  /// what was recorded meanwhile stays recorded.
  void set_watch(Watch watch) { watch_ = std::move(watch); }
  /// What was edited so far belongs to the run and cannot be undone: its scenario did it.
  void adopt_edits() { trace_->adopt_edits(); }
  /// What can be seen to be wrong with a command at this moment without carrying it out; empty if nothing is.
  /// Cost: that of Names.
  Message problem(const Command& command) const;

 private:
  Message carry_out(const Command& command);
  Message change(const Command& command);
  Message go_to_branch(const Command& command);
  Message undo();
  Message redo();
  std::vector<StopCause> causes_here(const Command& command);

  std::unique_ptr<Trace> trace_;
  std::unique_ptr<Tip> tip_;
  Navigator navigator_;
  Breakpoints breakpoints_;
  Watch watch_;
};

std::unique_ptr<Session> replay_session(std::unique_ptr<Trace> trace);

}  // namespace gogoscope
