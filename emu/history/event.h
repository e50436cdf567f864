// What happened, in the words of the scheduler: derived from the deltas with the layout tables, at the
// store that publishes it. No modelled line announces an event, so a changed listing cannot lie.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "emu/history/cursor.h"

namespace gogoscope {

enum class EventType : std::uint8_t { status, stack, tls, curg, runq, gfree, thread, exit, invariant };
std::string_view name(EventType type);

/// One event. Which fields are set depends on the type:
///   status {g, from, to: status words}   stack, tls, curg {m, from, to: g names or "nil"}
///   runq {op: "put"|"get", g, queue: "p0.runnext"|"p0.runq"|"sched.runq"}
///   gfree {op: "put"|"get", g, list: "p0"|"sched"}
///   thread {m, what}   exit {code}   invariant {name, detail, detail_zh}
struct Event {
  EventType type = EventType::status;
  std::uint64_t step = 0;  ///< the step that brought it
  int m = 0;               ///< M whose step it was
  std::string g, from, to, op, queue, list, what, name, detail, detail_zh;
  int code = 0;
};

/// "g2: running -> dead on m0", "m0 stack: g2 -> g0": one line, English.
std::string to_string(const Event& event);

/// Finds the events of steps, in order of steps.
class EventScanner {
 public:
  /// At state 0 of the trace, with a cursor of its own.
  explicit EventScanner(const Trace& trace);
  ~EventScanner();

  /// Scans up to state `end` (clamped) and appends what it finds. If the trace was truncated below what was
  /// scanned, call restart_at first. Cost: about 10 ns a step without events.
  void scan(std::uint64_t end, std::vector<Event>& out);
  std::uint64_t scanned() const;
  void restart_at(std::uint64_t state);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The events of one step; `before` stands at the state before it.
std::vector<Event> events_of_next_step(const Cursor& before);

}  // namespace gogoscope
