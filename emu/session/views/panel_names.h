// What the views of a moment are called where files, commands and lessons name them. The window has a panel
// for each.
#pragma once

#include <array>
#include <string_view>

namespace gogoscope {

inline constexpr std::array<std::string_view, 19> kPanelNames = {
    "story",   "which-g",   "source",      "scenario",   "output",     "disassembly", "registers",
    "threads", "traceback", "stacks",      "states",     "goroutines", "queues",      "events",
    "structs", "memory",    "breakpoints", "invariants", "timeline"};

}  // namespace gogoscope
