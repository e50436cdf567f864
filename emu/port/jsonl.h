// A record as JSON lines: a header, then one object a step. Every name in it is part of the command line's
// contract; addresses are hex strings, counters numbers. `events` are those of the whole run.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "emu/history/event.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// {"scenario":"02-two-exits","go":"1.16","steps":N}
void write_jsonl_header(std::ostream& out, const Trace& trace);
/// Steps [from, to), one line each; `to` is clamped to the end.
void write_jsonl_steps(std::ostream& out, const Trace& trace, const std::vector<Event>& events,
                       std::uint64_t from, std::uint64_t to);
/// Header and all steps.
void write_jsonl(std::ostream& out, const Trace& trace, const std::vector<Event>& events);

}  // namespace gogoscope
