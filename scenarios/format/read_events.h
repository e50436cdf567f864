// Reads lists of events: which must come, or must not, and in which words.
#pragma once

#include <functional>
#include <optional>

#include "emu/history/event.h"
#include "scenarios/format/read_section.h"
#include "scenarios/format/scenario.h"

namespace gogoscope {

/// The words that an event may begin with.
std::vector<std::string_view> event_keys();

/// `section` is events or never.
std::vector<ExpectedEvent> read_events(const YamlNode& node, std::string_view section,
                                       const GoroutineNames& goroutines, SectionReader& reader,
                                       Grades& grades);

/// One event, given as its word and its fields; nothing (and reported) if it is none.
std::optional<ExpectedEvent> read_event_entry(const YamlEntry& entry, const GoroutineNames& goroutines,
                                              SectionReader& reader);

/// What expectations about such an event may name: `event.g` and others.
EventValues event_values(EventType type);
/// Puts what the event says in the place of these names; or why one of them has no value.
std::variant<Comparison, Message> bound_to(const Event& event, const Guest& guest, Comparison comparison);

/// Which g a named goroutine is at a step: "g3", "" for none; nothing if that is no goroutine's name.
using GoroutineAt = std::function<std::optional<std::string>(std::string_view name, std::uint64_t step)>;

/// Whether the event is the one expected: every field named agrees.
bool matches(const ExpectedEvent& expected, const Event& event, const Guest& guest,
             const GoroutineAt& goroutine_at);

/// "status {g: g3, from: running, to: dead}".
std::string to_string(const ExpectedEvent& expected);

}  // namespace gogoscope
