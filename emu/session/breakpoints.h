// The breakpoints of a session: set by text, asked at every moment of a run in either direction.
#pragma once

#include <string>
#include <vector>

#include "emu/session/session.h"

namespace gogoscope {

class Breakpoints {
 public:
  const std::vector<Breakpoint>& all() const { return all_; }

  /// Sets the breakpoint that the text names at this moment, or clears it if it is set; or says what is
  /// wrong.
  std::string toggle(const std::string& text, const Cursor& at);

  /// Whether a run stops at this moment. Cost: that of Cursor::last() where one is on writes.
  bool stop_at(const Cursor& at) const;
  /// What stopped it: "runtime.gogo"; "g2.sched.sp written at runtime.mcall+0x1b"; both if both did.
  std::string reason(const Cursor& at) const;

 private:
  void toggle(Breakpoint breakpoint);

  std::vector<Breakpoint> all_;
};

/// Whether the step stored into any byte of the place.
bool writes(const Step& step, const FieldRef& place);

}  // namespace gogoscope
