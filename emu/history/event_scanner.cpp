#include "emu/history/event_scanner.h"

#include <algorithm>

#include "emu/history/delta.h"
#include "emu/history/event_finder.h"

namespace gogoscope {
namespace {

/// A cursor, the world that follows it, and what reads events off both.
struct Scan {
  explicit Scan(const Cursor& at) : cursor(at), world(at.trace().guest(), cursor.state()), finder(world) {
    world.clear_touched();
  }

  /// Goes over the next step if a glance says that it brings no event.
  bool pass() {
    if (cursor.trace().stop_at(cursor.position()) != nullptr) return false;
    bool sp_moves = false;
    bool watched = false;
    delta::visit(
        cursor.next_record(),
        [&](unsigned reg, std::uint64_t) { sp_moves = sp_moves || reg == static_cast<unsigned>(Reg::rsp); },
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          watched = watched || world.watches(offset, size);
        });
    if (watched) return false;
    const ThreadId thread = cursor.state().thread();
    cursor.forward();
    if (!sp_moves || finder.sp_stays(thread, Addr(cursor.state().reg(thread, Reg::rsp)))) return true;
    cursor.back();
    return false;
  }

  void step(std::vector<Event>& out) {
    const std::uint8_t* const record = cursor.next_record();
    finder.look(cursor.next());
    cursor.forward();
    delta::visit(
        record, [](unsigned, std::uint64_t) {},
        [&](std::uint32_t offset, unsigned size, std::uint64_t) {
          if (world.watches(offset, size)) world.stored(offset, size);
        });
    finder.collect(out);
    world.clear_touched();
  }

  Cursor cursor;
  World world;
  EventFinder finder;
};

}  // namespace

struct EventScanner::Impl : Scan {
  using Scan::Scan;
};

EventScanner::EventScanner(const Trace& trace) : impl_(std::make_unique<Impl>(Cursor(trace))) {}

EventScanner::~EventScanner() = default;

void EventScanner::scan(std::uint64_t end, std::vector<Event>& out) {
  Impl& it = *impl_;
  end = std::min(end, it.cursor.trace().steps());
  while (it.cursor.position() < end) {
    if (!it.pass()) it.step(out);
  }
}

std::uint64_t EventScanner::scanned() const { return impl_->cursor.position(); }

void EventScanner::restart_at(std::uint64_t state) {
  // A new cursor: the old one may be beyond the end, and the way back from there is gone.
  Cursor cursor(impl_->cursor.trace());
  cursor.seek(state);
  impl_ = std::make_unique<Impl>(cursor);
}

std::vector<Event> events_of_next_step(const Cursor& before) {
  std::vector<Event> out;
  if (!before.at_end()) Scan(before).step(out);
  return out;
}

}  // namespace gogoscope
