// The one table of events: for each type its name, its fields with the keys that files write, one line of
// English, and what makes its texts more specific. Code that prints, exports, expects or narrates events asks
// this table, so that a new event is a struct in event.h and a row here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "emu/history/event.h"

namespace gogoscope {

/// What a field holds, and so which words a file may write for it.
enum class EventWord : std::uint8_t { g, status, m, op, queue, list, fd, output, code, text };

/// What has a field besides narration, which has all of them.
enum class FieldUse : std::uint8_t { files, expected, narration };

/// In which words names are put.
struct EventNaming {
  const Guest& guest;
  Language language = Language::en;
};

struct EventField {
  std::string_view key;  ///< "g", "from"
  EventWord word;
  FieldUse use;  ///< `files`: written and expected; `expected`: a scenario may name it
  std::string (*value)(const Event& event, const EventNaming& naming);
};

struct EventInfo {
  EventType type;
  std::string_view name;  ///< "status"
  std::span<const EventField> fields;
  std::string (*text)(const Event& event, const EventNaming& naming);  ///< "g2: running -> dead on m0"
  /// What a narration key may end in, beyond the name: "running.dead"; may be empty.
  std::string (*variant)(const Event& event);
};

std::span<const EventInfo> event_infos();
const EventInfo& info(EventType type);
std::string_view name(EventType type);

/// The value of a field in words: "g2", "running", "m0"; empty where the event has no such field.
std::string word_of(const Event& event, std::string_view key, const EventNaming& naming);

/// "g2: running -> dead on m0", "m0 stack: g2 -> g0": one line, English.
std::string to_string(const Event& event, const Guest& guest);

}  // namespace gogoscope
