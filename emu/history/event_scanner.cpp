#include "emu/history/event_scanner.h"

#include <algorithm>

#include "emu/history/after_step.h"
#include "emu/history/delta.h"
#include "emu/history/event_finder.h"

namespace gogoscope {

struct EventScanner::Impl {
  explicit Impl(const Trace& t)
      : trace(&t), cursor(std::in_place, t), finder(std::in_place, t.guest(), cursor->state()) {}

  /// Skips the next step if a glance shows that it brings no event.
  bool pass() {
    if (trace->stop_at(cursor->position()) != nullptr) return false;
    bool sp_moves = false;
    bool watched = false;
    delta::visit(
        cursor->next_record(),
        [&](unsigned reg, std::uint64_t) { sp_moves = sp_moves || reg == static_cast<unsigned>(Reg::rsp); },
        [&](std::uint32_t offset, unsigned, std::uint64_t) { watched = watched || finder->watches(offset); });
    if (watched) return false;
    const ThreadId thread = cursor->state().thread();
    cursor->forward();
    if (!sp_moves || finder->sp_stays(thread, Addr(cursor->state().reg(thread, Reg::rsp)))) return true;
    cursor->back();
    return false;
  }

  const Trace* trace;
  std::optional<Cursor> cursor;
  std::optional<EventFinder> finder;
};

EventScanner::EventScanner(const Trace& trace) : impl_(std::make_unique<Impl>(trace)) {}

EventScanner::~EventScanner() = default;

void EventScanner::scan(std::uint64_t end, std::vector<Event>& out) {
  Cursor& cursor = *impl_->cursor;
  EventFinder& finder = *impl_->finder;
  end = std::min(end, impl_->trace->steps());
  while (cursor.position() < end) {
    if (impl_->pass()) continue;
    finder.look(cursor.next(), cursor.state());
    cursor.forward();
    finder.collect(cursor.state(), out);
  }
}

std::uint64_t EventScanner::scanned() const { return impl_->cursor->position(); }

void EventScanner::restart_at(std::uint64_t state) {
  // A new cursor: the old one may be beyond the end, and the way back from there is gone.
  impl_->cursor.emplace(*impl_->trace);
  impl_->cursor->seek(state);
  impl_->finder.emplace(impl_->trace->guest(), impl_->cursor->state());
}

std::vector<Event> events_of_next_step(const Cursor& before) {
  std::vector<Event> out;
  if (before.at_end()) return out;
  EventFinder finder(before.trace().guest(), before.state());
  const Step step = before.next();
  finder.look(step, before.state());
  finder.collect(AfterStep(before.state(), step), out);
  return out;
}

}  // namespace gogoscope
