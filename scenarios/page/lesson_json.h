// A lesson in a page: its stops with all texts filled in, and what answers to its questions are judged by.
// Private to this folder.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "emu/history/trace.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

/// {"name", "goal", "symbols", "stops": [{"id", "state", "say", "try", "open", "look": [[name, value]],
/// "ask":
/// [...]}]}; stops after the state `to` are left out. "open" is the page of the scenario that the stop opens,
/// where `pages` has one (PageOptions). What a typed value comes to is looked up: "symbols" has the
/// functions, "words" of a question what else has a value at its stop (registers, gs, statuses).
nlohmann::ordered_json lesson_json(const Lesson& lesson, const Trace& trace, std::uint64_t to,
                                   const std::map<std::string, std::string>& pages);

}  // namespace gogoscope
