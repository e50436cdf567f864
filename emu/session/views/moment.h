// One moment of a record and what led to it: what every view is computed from. A view is a plain value that a
// window draws, a page writes or a grader compares; none of them moves a cursor or keeps state.
//
//   const MomentView moment = moment_at(cursor, events, english_names());
//   which_g(moment).verdict;
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "emu/layout/describe.h"
#include "emu/session/session.h"
#include "emu/session/views/before_step.h"

namespace gogoscope {

struct MomentView {
  const Guest* guest = nullptr;
  const Trace* trace = nullptr;
  const Cursor* cursor = nullptr;                     ///< must stay where it is
  const std::vector<Event>* record_events = nullptr;  ///< of the whole record

  std::uint64_t position = 0;
  std::uint64_t steps = 0;             ///< of the record
  std::optional<Step> executed;        ///< the step that led here; none at state 0
  std::vector<Event> events;           ///< what it brought
  std::vector<Transfer> transfers;     ///< what moved between registers and gs, up to now in this function
  std::shared_ptr<const Names> names;  ///< what addresses and values are called at this moment

  const Image& state() const { return cursor->state(); }
  CodeAddr pc() const { return state().pc(); }
  const Function* function() const { return guest->code.place(pc()).function; }
  const Entities& entities() const { return names->entities(); }
  bool in_the_past() const { return position < steps; }

  /// The state before the executed step; nothing at state 0.
  std::optional<BeforeStep> before() const;
  /// The change that the executed step made to these bytes, if its store touched them. A store that wrote
  /// the same value again counts: that it was written is the news.
  const Store* store_into(Addr addr, std::uint64_t size) const;
  /// The change that the executed step made to a register of the thread shown.
  const RegChange* change_of(Reg reg) const;
  /// The events that have happened at this moment, oldest first. Cost: a binary search.
  std::span<const Event> events_so_far() const;
  /// The newest of them, 4000 at most: enough for many Ms, and quickly read.
  std::span<const Event> recent_events() const;
  /// The M whose thread is shown.
  const Entity* current_m() const;
  /// The g at an address; null if there is none.
  const Entity* g_at(Addr addr) const { return entities().at(addr, Entity::Kind::g); }
  /// The goroutine that is shown beside g0: the one selected; else m.curg; else, between dropg and the next
  /// execute, the one whose exit is being watched; null while there is none.
  const Entity* goroutine(Addr selected) const;
};

/// The cursor, the events and the words must outlive it. Cost: some microseconds, and a copy of an image for
/// the transfers.
MomentView moment_at(const Cursor& cursor, const std::vector<Event>& record_events, const NameWords& words);
/// The moment shown by a session, which keeps a cursor for the transfers. Cost: some microseconds.
MomentView moment_of(Session& session, const NameWords& words);

}  // namespace gogoscope
