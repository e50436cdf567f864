#include "asm/diagnostics.h"

#include <utility>

namespace plan9 {

void Diagnostics::error(const Place& place, Message message) {
  if (full()) return;
  Diagnostic d;
  d.file = place.source < sources_.size() ? sources_[place.source].name : "";
  d.line = static_cast<int>(place.line);
  d.column = static_cast<int>(place.column);
  d.width = static_cast<int>(place.width);
  d.message = std::move(message);
  gogoscope::show_line(d, sources_.line_of(place));
  list_.add(place.source, std::move(d));
}

}  // namespace plan9
