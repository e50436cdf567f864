// What panels read: one moment of a session and what led to it. Nothing here can change the guest: every
// pointer is to const, and App hands panels nothing else.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "asm/assembler.h"
#include "asm/text/language.h"
#include "emu/layout/describe.h"
#include "emu/session/session.h"
#include "emu/session/transfers.h"

namespace gogoscope {

struct View {
  const Guest* guest = nullptr;
  const Trace* trace = nullptr;
  const Cursor* cursor = nullptr;
  const std::vector<Breakpoint>* breakpoints = nullptr;
  const std::vector<Event>* record_events = nullptr;  ///< of the whole record
  bool live = false;
  std::string name;  ///< of the scenario or the trace
  Text title;
  Text about;
  const std::string* scenario_text = nullptr;       ///< of the file as it is now; empty for a trace
  const std::vector<Diagnostic>* errors = nullptr;  ///< of that text; the run shown is then the last good one

  std::uint64_t position = 0;
  std::uint64_t steps = 0;
  std::optional<Step> executed;          ///< the step that led here; none at state 0
  std::vector<Event> events;             ///< what it brought
  std::vector<std::string> event_texts;  ///< the same as lines in the language shown
  std::string sentence;                  ///< what it means, in the language shown
  std::vector<Transfer>
      transfers;  ///< what moved between registers and g structs, up to now in this function
  std::shared_ptr<const Names> names;  ///< what addresses and values are called at this moment

  const Image& state() const { return cursor->state(); }
  CodeAddr pc() const { return state().pc(); }
  const Function* function() const { return guest->code.function_at(pc()); }
  bool in_the_past() const { return position < steps; }

  /// The change that the executed step made to these bytes, if its store touched them. A store that wrote
  /// the same value again counts: that it was written is the news.
  const Store* store_into(Addr addr, std::uint64_t size) const;
  /// The change that the executed step made to a register of the thread shown.
  const RegChange* change_of(Reg reg) const;
  /// The events that have happened at this moment, oldest first. Cost: a binary search.
  std::span<const Event> events_so_far() const;
  /// The M whose thread is shown.
  const Entity* current_m() const;
  /// The goroutine that all panels show beside g0: the one selected; else m.curg; else, between dropg and the
  /// next execute, the one whose exit is being watched; null while there is none.
  const Entity* goroutine(Addr selected) const;
};

/// The view of the moment that the session stands at, without its sentence. Cost: some allocations.
View view_of(Session& session, Language language);

}  // namespace gogoscope
