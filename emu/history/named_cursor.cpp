#include "emu/history/named_cursor.h"

#include "emu/history/delta.h"

namespace gogoscope {
namespace {

Cursor cursor_at(const Trace& trace, std::uint64_t state) {
  Cursor cursor(trace);
  cursor.seek(state);
  return cursor;
}

}  // namespace

NamedCursor::NamedCursor(const Trace& trace, std::uint64_t state)
    : cursor_(cursor_at(trace, state)), world_(trace.guest(), cursor_.state()), entities_(world_) {
  world_.clear_touched();
}

bool NamedCursor::forward() {
  if (cursor_.at_end()) return false;
  const std::uint8_t* const record = cursor_.next_record();
  cursor_.forward();
  bool followed = false;
  delta::visit(
      record, [](unsigned, std::uint64_t) {},
      [&](std::uint32_t offset, unsigned size, std::uint64_t) {
        if (!world_.watches(offset, size)) return;
        world_.stored(offset, size);
        followed = true;
      });
  if (!followed) return true;
  entities_.follow();
  world_.clear_touched();
  return true;
}

}  // namespace gogoscope
