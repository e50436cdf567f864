// The table "Every branch of the listing" of docs/runtime-model.md, compared with the lines of the modelled
// functions and against runs of the scenarios that it names.
//
//   | branch | way | since | scenario |
//   | `runtime.goexit0:"if locked {"#1` | past | `m0.lockedExt == 0` | 02-two-exits |
//
// A branch is a place: the moment before the line's first slot. Ways: `in` (the next line of this frame is
// the first of the block), `past` (it is another), `resets` (the line stores a zero: what `since` says is no
// longer so when the line is done). `since` is an expression of the scenario files, or a setting of their
// `build`. A way that no program can take here has `none` for a scenario and the reason in `since`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emu/guest/code.h"

namespace gogoscope::docs {

/// Lines that branch, or that reset a field, without a row for each of their ways. A condition of several
/// parts needs a row for each part that can decide it.
std::vector<std::string> branches_without_a_row(std::string_view document, const Code& code);

/// Rows that say what does not happen. Runs each scenario once a process.
std::vector<std::string> wrong_branch_rows(std::string_view document);

}  // namespace gogoscope::docs
