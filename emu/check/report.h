// Which invariants hold at one moment. The breaks of a run are in run_events.h.
#pragma once

#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/check/invariant.h"
#include "emu/history/cursor.h"

namespace gogoscope {

enum class InvariantState : std::uint8_t { holds, window, broken, not_applicable };
std::string_view name(InvariantState state);

struct InvariantReport {
  Invariant id = Invariant::sp_in_tls_g;
  InvariantState state = InvariantState::holds;
  Text detail;  ///< of a window: why, and how long; of a break: what is wrong; else which field is missing
};

/// All invariants at one moment, in the order of the table; those about a change judge the step that led
/// here. Cost: one look at every g, and a copy of an image where the moment is not the start.
std::vector<InvariantReport> invariants_at(const Cursor& at);

}  // namespace gogoscope
