// Asks everything that is asked of a record and of a moment: for tests that it can be asked of any guest.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "emu/check/run_events.h"
#include "emu/port/state.h"
#include "emu/port/traceback.h"
#include "emu/session/views/lanes.h"
#include "emu/session/views/named_by.h"
#include "emu/session/views/queues.h"
#include "emu/session/views/stack.h"
#include "emu/session/views/which_g.h"
#include "scenarios/told/walk_text.h"
#include "tests/property/shipped.h"

namespace gogoscope {

inline std::string scenario(const std::string& name) {
  return std::string(GOGOSCOPE_SOURCE "/scenarios/") + name;
}

/// Asks everything that is asked of a moment; returns what it prints.
inline std::string look_at(const Cursor& cursor, const std::vector<Event>& events) {
  const Guest& guest = cursor.trace().guest();
  std::ostringstream out;
  write_state_text(out, guest, cursor.state(), cursor.position());
  write_state_json(out, guest, cursor.state(), cursor.position(), invariants_at(cursor));
  const MomentView moment = moment_at(cursor, events, english_names());
  write_traceback_text(out, guest, cursor.state(), tracebacks(guest, cursor.state(), moment.entities()));
  out << static_cast<int>(which_g(moment).verdict);
  for (const auto& [g, names] : named_by(moment)) out << names;
  for (const Queue& queue : queues(moment)) out << queue.path() << queue.missing.en;
  for (const Entity& e : moment.entities().all()) {
    out << moment.names->describe(e.addr) << moment.names->meaning(e.addr.value());
    if (e.kind == Entity::Kind::g) stack_view(moment, e);
  }
  return out.str();
}

/// Follows a record to its end and back, and looks at some moments of it.
inline std::vector<Event> follow(const Trace& trace, std::string* shown = nullptr) {
  RunEvents run(trace);
  run.follow(trace.steps());
  Cursor cursor(trace);
  for (std::uint64_t state = 0; state <= trace.steps(); state += trace.steps() / 7 + 1) {
    cursor.seek(state);
    const std::string text = look_at(cursor, run.all());
    if (shown != nullptr) *shown += text;
  }
  std::ostringstream told;
  tell_walk(told, trace, run.all(), 0, std::min<std::uint64_t>(trace.steps(), 1'000), Narration(Language::en),
            {});
  EXPECT_FALSE(told.str().empty());
  return run.all();
}

inline std::vector<Event> breaks_of(const std::vector<Event>& events) {
  std::vector<Event> out;
  for (const Event& e : events) {
    if (e.as<InvariantBreak>() != nullptr) out.push_back(e);
  }
  return out;
}

}  // namespace gogoscope
