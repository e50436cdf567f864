// An event that a file names, by its word and some of its fields.
#pragma once

#include <map>
#include <string>

#include "emu/history/event.h"
#include "scenarios/format/file_mark.h"

namespace gogoscope {

/// An event that must come. Only the fields named must agree.
struct ExpectedEvent {
  EventType type = EventType::status;
  std::map<std::string, std::string> fields;  ///< "g" -> "g2", "from" -> "running", "m" -> "m0"
  FileMark mark;
};

}  // namespace gogoscope
