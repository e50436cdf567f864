// What the documents are compared with: the program of the smallest scenario, and the documents themselves.
#pragma once

#include <string>

#include "emu/guest/guest.h"
#include "tests/tree/source_tree.h"

namespace gogoscope::docs {

/// A program whose only task is a main that returns.
const Guest& lesson();
inline const Code& lesson_code() { return lesson().code; }

/// A document by its path from the repository's top; it exists.
std::string document(const std::string& path);

}  // namespace gogoscope::docs
