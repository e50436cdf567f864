// What front ends see of a run: a record, a moment of it, and commands. Window, command line and tests
// use this and nothing below it to move; they read the state through the cursor.
//
//   auto session = live_session(program);
//   session->execute({CommandId::run_to, "runtime.gogo+0x23"});
//   session->cursor().state().sp();
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/history/event.h"
#include "emu/layout/describe.h"
#include "emu/session/command.h"
#include "emu/session/place.h"
#include "emu/session/transfers.h"

namespace gogoscope {

/// What a command did.
struct Outcome {
  std::uint64_t from = 0;       ///< position before
  std::uint64_t to = 0;         ///< position after
  std::optional<Stop> stop;     ///< why it stopped before it reached what it was asked for, or at the end
  std::string error;            ///< the command could not be carried out; nothing has moved
  std::uint64_t truncated = 0;  ///< steps of the old future that were given up
  bool ok() const { return error.empty(); }
};

/// Stops `run` and `run_back`: at a place in the code, before it executes, or just after a step that stored
/// into a field, equal values too.
struct Breakpoint {
  std::string text;                                ///< as it was given: "runtime.gogo+0x23", "g2.sched.sp"
  Place place;                                     ///< in the code; empty if on writes
  std::vector<CodeAddr> addresses;                 ///< of the place; none if on writes
  std::optional<FieldRef> written = std::nullopt;  ///< what the path named when the breakpoint was set
};

class Session {
 public:
  virtual ~Session() = default;

  virtual const Trace& trace() const = 0;
  const Guest& guest() const { return trace().guest(); }
  /// The moment shown.
  virtual const Cursor& cursor() const = 0;
  /// False for an opened trace: it can be walked, not extended or edited.
  virtual bool live() const = 0;
  virtual const std::vector<Breakpoint>& breakpoints() const = 0;
  /// All events of the record so far, in order of steps.
  virtual const std::vector<Event>& events() = 0;
  /// What the step executed last, and those before it in the same activation, moved between registers and gs.
  virtual std::vector<Transfer> transfers() = 0;

  virtual Outcome execute(const Command& command) = 0;
};

std::unique_ptr<Session> replay_session(std::unique_ptr<Trace> trace);

}  // namespace gogoscope
