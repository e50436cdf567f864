// The texts and questions of one stop, filled in from the record.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emu/history/cursor.h"
#include "scenarios/run/around.h"
#include "scenarios/run/fill_lesson.h"

namespace gogoscope {

class QuestionFiller {
 public:
  /// At the moment of the stop. All of them must outlive it.
  QuestionFiller(const Trace& trace, const Told& told, const Cursor& stop,
                 std::vector<LessonProblem>& problems)
      : trace_(trace), told_(told), stop_(stop), problems_(problems) {}

  /// The text with the values of a moment in it; `before.` is the stop.
  Text text(const ValueTexts& texts, const Cursor& now);
  /// A value as people read it; nothing (and reported) if there is none.
  std::optional<std::string> value(const Sum& sum, const FileMark& mark, const Cursor& now);
  /// Nothing (and reported) where the record has no answer.
  std::optional<Question> question(const PlannedQuestion& plan);

 private:
  std::optional<Cursor> after(const PlannedMoment& moment, const FileMark& mark);
  bool which(const PlannedQuestion& plan, const Cursor& after, Question& out);
  bool of_values(const PlannedQuestion& plan, const Cursor& after, Question& out);
  bool order(const PlannedQuestion& plan, const Cursor& after, Question& out);
  std::optional<std::uint64_t> number(const Sum& sum, const FileMark& mark, const Cursor& now);
  Text asked(const PlannedQuestion& plan) const;
  void problem(const FileMark& mark, Message message, const Cursor& at) {
    problems_.push_back({mark, std::move(message), at.position()});
  }

  const Trace& trace_;
  const Told& told_;
  const Cursor& stop_;
  std::vector<LessonProblem>& problems_;
};

}  // namespace gogoscope
