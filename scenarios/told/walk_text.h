// A run told in words, for the terminal: steps of one Go line together, instructions one by one, each with
// what it changed, what it means, and the events it brought.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "emu/history/event.h"
#include "scenarios/told/narration.h"

namespace gogoscope {

struct WalkStyle {
  bool colours = false;
  enum class Only : std::uint8_t { nothing, events, lines } only = Only::nothing;
};

/// Prints the steps from state `from` up to state `to`. `events` are those of the whole run.
void tell_walk(std::ostream& out, const Trace& trace, const std::vector<Event>& events, std::uint64_t from,
               std::uint64_t to, const Narration& narration, const WalkStyle& style);

}  // namespace gogoscope
