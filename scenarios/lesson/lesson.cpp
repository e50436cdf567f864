#include "scenarios/lesson/lesson.h"

#include <algorithm>

namespace gogoscope {

std::string_view name(Question::Kind kind) {
  switch (kind) {
    case Question::Kind::which:
      return "which";
    case Question::Kind::value:
      return "value";
    case Question::Kind::changes:
      return "changes";
    case Question::Kind::order:
      break;
  }
  return "order";
}

const LessonStop* find_stop(const Lesson& lesson, std::string_view id) {
  const auto found = std::ranges::find(lesson.stops, id, &LessonStop::id);
  return found == lesson.stops.end() ? nullptr : &*found;
}

const Question* find_question(const LessonStop& stop, std::string_view id) {
  const auto found = std::ranges::find(stop.ask, id, &Question::id);
  return found == stop.ask.end() ? nullptr : &*found;
}

std::string letter(std::size_t choice) {
  std::string out;
  for (std::size_t n = choice + 1; n > 0; n = (n - 1) / 26)
    out.insert(out.begin(), static_cast<char>('a' + (n - 1) % 26));
  return out;
}

std::string truth_text(const Question& question, Language language) {
  switch (question.kind) {
    case Question::Kind::value:
      return question.value_text;
    case Question::Kind::which: {
      const std::size_t right = question.truth.front();
      return letter(right) + ") " + question.choices[right].text.in(language);
    }
    case Question::Kind::changes:
    case Question::Kind::order:
      break;
  }
  if (question.truth.empty()) return TextView{"none of them", "都不变"}.str(language);
  std::string out;
  for (const std::size_t one : question.truth) out += (out.empty() ? "" : " ") + letter(one);
  return out;
}

}  // namespace gogoscope
