#include "scenarios/lesson/progress.h"

#include <algorithm>

namespace gogoscope {

const KeptAnswer* answer_to(const Progress& progress, std::string_view stop, std::string_view question) {
  const auto found = std::ranges::find_if(
      progress.answers, [&](const KeptAnswer& one) { return one.stop == stop && one.question == question; });
  return found == progress.answers.end() ? nullptr : &*found;
}

bool keep(Progress& progress, const LessonStop& stop, const Question& question, const JudgedAnswer& answer) {
  if (answer_to(progress, stop.id, question.id) != nullptr) return false;
  progress.answers.push_back({stop.id, question.id, answer.given, answer.right});
  return true;
}

LessonScore score(const Lesson& lesson, const Progress& progress) {
  LessonScore out;
  for (const LessonStop& stop : lesson.stops) {
    for (const Question& question : stop.ask) {
      ++out.of;
      const KeptAnswer* const answer = answer_to(progress, stop.id, question.id);
      if (answer == nullptr) continue;
      ++out.answered;
      out.right += answer->right ? 1 : 0;
    }
  }
  return out;
}

std::uint64_t horizon(const Lesson& lesson, const Progress& progress) {
  for (const LessonStop& stop : lesson.stops) {
    const auto is_open = [&](const Question& question) {
      return answer_to(progress, stop.id, question.id) == nullptr;
    };
    if (std::ranges::any_of(stop.ask, is_open)) return stop.state;
  }
  return lesson.steps;
}

Progress judged_again(const Lesson& lesson, const Progress& progress, const Trace& trace) {
  Progress out{lesson.name, {}};
  Cursor at(trace);
  for (const LessonStop& stop : lesson.stops) {
    at.seek(stop.state);
    for (const Question& question : stop.ask) {
      const KeptAnswer* const kept = answer_to(progress, stop.id, question.id);
      if (kept == nullptr) continue;
      const auto again = judged_answer(question, kept->given, at);
      if (const auto* const answer = std::get_if<JudgedAnswer>(&again)) keep(out, stop, question, *answer);
    }
  }
  return out;
}

}  // namespace gogoscope
