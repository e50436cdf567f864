// The form of a scenario file, and of answers to a lesson, as a JSON Schema, draft-07: the one that the YAML
// language server of editors reads.
#pragma once

#include <iosfwd>

#include "asm/text/language.h"

namespace gogoscope {

/// Descriptions are in `language`. What needs a program to be known (places, symbols, fields) is a text
/// there.
void write_scenario_schema(std::ostream& out, Language language);

/// Of answers to a lesson: what `lesson --json` writes, of which `lesson --answers` reads stop, question and
/// given.
void write_answers_schema(std::ostream& out, Language language);

}  // namespace gogoscope
