// The run as the player reads it. Private to this folder.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "scenarios/page/page.h"

namespace gogoscope {

nlohmann::ordered_json run_json(const Trace& trace, const std::vector<Event>& events,
                                const PageOptions& options);

}  // namespace gogoscope
