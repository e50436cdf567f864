// A lesson and a record of its scenario: texts filled in, answers computed.
#pragma once

#include <vector>

#include "asm/text/message.h"
#include "emu/history/event.h"
#include "emu/history/trace.h"
#include "scenarios/format/scenario.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

/// Something of the lesson that the record does not show.
struct LessonProblem {
  FileMark mark;
  Message message;
  std::uint64_t state = 0;  ///< where it was looked for
};

struct FilledLesson {
  Lesson lesson;  ///< without the stops and questions that have a problem
  std::vector<LessonProblem> problems;
};

/// Of a scenario that has a lesson. Cost: a walk over the record for each stop, and a few look-ups.
FilledLesson fill_lesson(const Scenario& scenario, const Trace& trace, const std::vector<Event>& events);

}  // namespace gogoscope
