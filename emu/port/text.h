// A record as text: one line a step, for reading and for diff.
//
//   412 m0 real  runtime.gogo+0x23  MOVQ gobuf_sp(BX), SP  rsp 0x7fff..->0xc000..  [m0 stack: g0 -> g2]
#pragma once

#include <cstdint>
#include <iosfwd>
#include <vector>

#include "emu/history/event.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// `events` are those of the whole run. Steps [from, to); `to` is clamped to the end. With `only_events` the
/// steps without an event are left out.
void write_trace_text(std::ostream& out, const Trace& trace, const std::vector<Event>& events,
                      std::uint64_t from, std::uint64_t to, bool only_events = false);
void write_trace_text(std::ostream& out, const Trace& trace, const std::vector<Event>& events);

}  // namespace gogoscope
