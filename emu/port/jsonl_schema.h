// The form of a record as JSON lines (emu/port/jsonl.h), as a JSON Schema, draft-07, of one line.
#pragma once

#include <iosfwd>

namespace gogoscope {

/// Events, registers and reasons to stop are those of the tables that the writer asks.
void write_jsonl_schema(std::ostream& out);

}  // namespace gogoscope
