#include "ui/lesson_play.h"

#include <algorithm>

namespace gogoscope {

LessonPlay::LessonPlay(Lesson lesson, Progress kept)
    : lesson_(std::move(lesson)), progress_(std::move(kept)), closed_(progress_) {
  if (score().answered == 0) return;
  for (std::size_t i = 0; i < lesson_.stops.size(); ++i) {
    at_ = i;
    if (open_question() != nullptr) return;
  }
  at_ = 0;
}

LessonPlay::Answered LessonPlay::answered(const Question& question) const {
  if (const KeptAnswer* const answer = answer_to(progress_, stop().id, question.id))
    return answer->right ? Answered::right : Answered::wrong;
  return answer_to(closed_, stop().id, question.id) == nullptr ? Answered::open : Answered::skipped;
}

const Question* LessonPlay::open_question() const {
  const auto& ask = stop().ask;
  const auto found = std::ranges::find_if(
      ask, [&](const Question& question) { return answered(question) == Answered::open; });
  return found == ask.end() ? nullptr : &*found;
}

void LessonPlay::keep(const JudgedAnswer& answer) {
  const Question* const question = open_question();
  if (question == nullptr) return;
  gogoscope::keep(progress_, stop(), *question, answer);
  gogoscope::keep(closed_, stop(), *question, answer);
}

void LessonPlay::skip() {
  if (const Question* const question = open_question()) gogoscope::keep(closed_, stop(), *question, {});
}

std::vector<std::string> LessonPlay::skipped() const {
  std::vector<std::string> out;
  for (const LessonStop& stop : lesson_.stops) {
    for (const Question& question : stop.ask) {
      const bool closed = answer_to(closed_, stop.id, question.id) != nullptr;
      if (closed && answer_to(progress_, stop.id, question.id) == nullptr)
        out.push_back(key_of(stop, question));
    }
  }
  return out;
}

void LessonPlay::skip_again(const std::vector<std::string>& keys) {
  for (const LessonStop& stop : lesson_.stops) {
    for (const Question& question : stop.ask) {
      const bool open = answer_to(closed_, stop.id, question.id) == nullptr;
      if (open && std::ranges::find(keys, key_of(stop, question)) != keys.end())
        gogoscope::keep(closed_, stop, question, {});
    }
  }
}

bool LessonPlay::hides() const {
  const LessonScore closed = gogoscope::score(lesson_, closed_);
  return closed.answered < closed.of;
}

}  // namespace gogoscope
