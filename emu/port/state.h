// Everything that a guest holds at one moment: registers, every struct by its Go names, the stacks.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <span>

#include "emu/check/report.h"
#include "emu/guest/guest.h"

namespace gogoscope {

/// {"state":N,"current_m":0,"regs":{},"clock":0,"tls_g":"g2","threads":[],"g":[],"m":[],"p":[],"sched":{},"stacks":[],
/// "invariants":[]}. Pointers are hex strings, counters numbers. Of a stack come the words from SP on, and
/// those below it from the first that is not 0. "invariants" are the reports handed in, as {"name", "state",
/// "detail", "detail_zh"}. SSE registers that were ever written are in "sse", here and in a thread; where
/// none was, it is not there.
void write_state_json(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number,
                      std::span<const InvariantReport> reports = {});
/// The same for people: fields that are 0 are left out.
void write_state_text(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number);

}  // namespace gogoscope
