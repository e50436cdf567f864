// The lists of the scheduler by their names: "p0.runq", "p0.gFree", "sched.runq", "sched.midle".
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "emu/layout/entities.h"

namespace gogoscope {

/// Whether a name is that of a list of some P, or of sched.
bool is_list(std::string_view name);

/// The lists of a struct ("p", "schedt"): "runnext", "runq", "gFree", ...
std::vector<std::string_view> list_names(std::string_view of);

/// The addresses of what a list holds, from its head. Nothing if there is no such P at this moment. A list
/// that leads in a circle ends where it has as many members as there are things. Cost: one read for each.
std::optional<std::vector<std::uint64_t>> list_items(std::string_view name, const Layout& layout,
                                                     const MemoryView& memory, const Entities& entities);

}  // namespace gogoscope
