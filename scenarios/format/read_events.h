// Reads the `events` section: which events must come, and in which words.
#pragma once

#include "emu/history/event.h"
#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// The words that an event may begin with.
std::vector<std::string_view> event_keys();

std::vector<ExpectedEvent> read_events(const YamlNode& node, SectionReader& reader);

/// Whether the event is the one expected: every field named agrees.
bool matches(const ExpectedEvent& expected, const Event& event, const Guest& guest);

/// "status {g: g3, from: running, to: dead}".
std::string to_string(const ExpectedEvent& expected);

}  // namespace gogoscope
