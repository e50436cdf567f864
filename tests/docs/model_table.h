// The tables of docs/runtime-model.md against the functions of a built program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emu/guest/code.h"

namespace gogoscope::docs {

using Problems = std::vector<std::string>;

/// What the table of functions says wrongly: a function missing or unknown, twice, with another kind or
/// frame, or without a word on what is left out. Tasks belong to scenarios and are not in the table.
Problems function_table_problems(std::string_view document, const Code& code);

/// Names in the table of what is not there that are in the program after all, or without an explanation.
Problems absence_problems(std::string_view document, const Code& code);

}  // namespace gogoscope::docs
