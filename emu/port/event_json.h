// An event as the command line's contract spells it. Private to this folder.
#pragma once

#include <nlohmann/json.hpp>

#include "emu/history/event.h"
#include "emu/history/trace.h"

namespace gogoscope {

nlohmann::ordered_json event_json(const Event& event, const Guest& guest);
/// Null for no stop.
nlohmann::ordered_json stop_json(const Stop* stop);

}  // namespace gogoscope
