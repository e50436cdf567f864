// How far somebody has come in a lesson: the answers given, by the ids of stops and questions, so that an
// edited lesson keeps those that it still asks for.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emu/history/trace.h"
#include "scenarios/lesson/answer.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

struct KeptAnswer {
  std::string stop, question;  ///< ids
  std::vector<std::string> given;
  bool right = false;
};

struct Progress {
  std::string lesson;  ///< its name
  std::vector<KeptAnswer> answers;
};

/// The answer to a question; null while it is open.
const KeptAnswer* answer_to(const Progress& progress, std::string_view stop, std::string_view question);
/// There is one try: false, and nothing kept, where an answer is there already.
bool keep(Progress& progress, const LessonStop& stop, const Question& question, const JudgedAnswer& answer);

struct LessonScore {
  std::size_t right = 0, answered = 0, of = 0;
};
LessonScore score(const Lesson& lesson, const Progress& progress);

/// The last state that may be shown: that of the first stop which still has an open question; the end of the
/// run where none is open. Whatever shows a moment, a timeline or a next value stays at or before it.
std::uint64_t horizon(const Lesson& lesson, const Progress& progress);

/// The same answers judged by the lesson as it is now, of the record that it was filled in from. Those whose
/// question or choice is gone are left out.
Progress judged_again(const Lesson& lesson, const Progress& progress, const Trace& trace);

}  // namespace gogoscope
