// Progress in a lesson as JSON: what `lesson --json` writes and `--answers` reads. `gogoscope schema answers`
// is its form.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "asm/text/message.h"
#include "scenarios/lesson/progress.h"

namespace gogoscope {

/// Every question of the lesson with the answer that was given, the right one, and the score. The same bytes
/// for the same values.
std::string answers_json(const Lesson& lesson, const Progress& progress);

/// Reads what answers_json wrote, or answers alone: {"answers": [{"stop":, "question":, "given": [...]}]}; or
/// says what is wrong, and where. What it says is right is not believed: see judged_again.
std::variant<Progress, Message> progress_from_json(std::string_view text);

inline constexpr std::size_t kMaxAnswerBytes = std::size_t{1} << 20;

}  // namespace gogoscope
