// Lessons, which model the scheduler of Go 1.16, beside real programs with the same task: the table of what
// may differ in their events. A test computes both and finds exactly this; docs/oracles.md shows it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/oracle/real_go_compare.h"

namespace gogoscope::oracle {

struct LessonTwin {
  std::string_view lesson;   ///< of scenarios/LESSON.yaml
  std::string_view program;  ///< of real_go/PROGRAM.go
};
std::span<const LessonTwin> lesson_twins();

/// Events that are at their place in only one of the two.
struct LessonDifference {
  std::string_view cause;  ///< "1.19": the release; "model": it leaves something out
  std::string_view lesson;
  std::string_view events;  ///< a pattern; `*` means anything
  int in_lesson = 0;        ///< how many of them the lesson has where the program has none
  int in_program = 0;
  std::string_view reason;
};
std::span<const LessonDifference> lesson_differences();
bool is_about(const LessonDifference& row, const RunDifference& difference);
/// The table as docs/oracles.md has it, one line a row.
std::vector<std::string> lesson_differences_as_markdown();

}  // namespace gogoscope::oracle
