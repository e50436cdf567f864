// A cursor that knows at each moment what things are called: for code that names things at every step.
#pragma once

#include "emu/history/cursor.h"
#include "emu/layout/describe.h"
#include "emu/world/entities_along.h"

namespace gogoscope {

class NamedCursor {
 public:
  /// At a state of the trace, which must outlive it. Cost: that of going there, and a look at every struct.
  NamedCursor(const Trace& trace, std::uint64_t state);
  NamedCursor(const NamedCursor&) = delete;
  NamedCursor& operator=(const NamedCursor&) = delete;

  const Cursor& cursor() const { return cursor_; }
  const Image& state() const { return cursor_.state(); }
  std::uint64_t position() const { return cursor_.position(); }
  Step next() const { return cursor_.next(); }
  /// Goes one step on; false at the end. Cost: that of Cursor, and some look-ups where the step stored
  /// something of the scheduler's.
  bool forward();
  /// The names of this moment, good until the cursor moves.
  Names names(const NameWords& words = english_names()) const {
    return {world_.guest(), state(), entities_.entities(), world_.stacks(), words};
  }

 private:
  Cursor cursor_;
  World world_;
  EntitiesAlong entities_;
};

}  // namespace gogoscope
