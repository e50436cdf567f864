// The tip of a record: what makes it longer and changes it. A session moves through a record by itself; what
// only an engine can do it asks of the tip. An opened record has none.
#pragma once

#include <cstdint>

#include "asm/text/message.h"
#include "emu/history/cursor.h"
#include "emu/history/edit.h"

namespace gogoscope {

class Tip {
 public:
  virtual ~Tip() = default;

  /// Makes the record longer by up to `steps`; false if it cannot be.
  virtual bool extend(std::uint64_t steps) = 0;
  /// Gives up what is recorded beyond a cursor, without a trace of it: it was never shown.
  virtual void cut(const Cursor& at) = 0;

  /// Why the state of a cursor cannot be edited like this, or a thread cannot move next; empty if it can.
  virtual Message why_not(const Cursor& at, const Edit& edit) const = 0;
  virtual Message why_no_turn(const Cursor& at, ThreadId thread) const = 0;
  /// Records the edit or the turn at the cursor; what was recorded beyond becomes a branch. If it cannot be,
  /// nothing changes, and the answer says why.
  virtual Message edit(const Cursor& at, const Edit& edit) = 0;
  virtual Message give_turn(const Cursor& at, ThreadId thread) = 0;
  /// What was recorded beyond the cursor becomes a branch.
  virtual void branch_off(const Cursor& at) = 0;
  /// Makes a branch of the record the record. No cursor may be beyond its start.
  virtual void go_to_branch(int id) = 0;
};

}  // namespace gogoscope
