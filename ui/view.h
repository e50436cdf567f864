// What panels read: one moment of a session and what led to it. Nothing here can change the guest.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/layout/describe.h"
#include "emu/session/session.h"
#include "scenarios/language.h"

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

  std::uint64_t position = 0;
  std::uint64_t steps = 0;
  std::optional<Step> executed;          ///< the step that led here; none at state 0
  std::vector<Event> events;             ///< what it brought
  std::vector<std::string> event_texts;  ///< the same as lines in the language shown
  std::string sentence;                  ///< what it means, in the language shown
  std::shared_ptr<const Names> names;    ///< what addresses and values are called at this moment

  const Image& state() const { return cursor->state(); }
  CodeAddr pc() const { return state().pc(); }
  const Function* function() const { return guest->code.function_at(pc()); }

  /// The change that the executed step made to these bytes, if its store touched them. A store that wrote
  /// the same value again counts: that it was written is the news.
  const Store* store_into(Addr addr, std::uint64_t size) const;
  /// The change that the executed step made to a register of the thread shown.
  const RegChange* change_of(Reg reg) const;
};

/// The view of the moment that the session stands at, without its sentence. Cost: some allocations.
View view_of(Session& session);

}  // namespace gogoscope
