// Files that the program carries within itself, so that it needs none beside it. Made at build time by
// embed.cmake.
#pragma once

#include <string_view>

namespace gogoscope::builtin {

std::string_view narration_en();
std::string_view narration_zh();
std::string_view narration_claims();
std::string_view glossary();
std::string_view default_scenario();
std::string_view new_scenario();
/// The same of a Go program, whose path is the word PROGRAM.
std::string_view new_program();
std::string_view results_schema();

}  // namespace gogoscope::builtin
