// A lesson as it is played in the window: the stop that it has come to, the answers given, the questions
// skipped. It knows nothing of screens; App moves it, panels read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "asm/text/message.h"
#include "scenarios/lesson/progress.h"

namespace gogoscope {

/// What the lesson's panel asks for; carried out after the frame.
struct LessonWish {
  enum class Kind : std::uint8_t {
    answer,  ///< to the open question of the stop: `given`
    skip,    ///< that question
    stop,    ///< go to the stop of that index
    after,   ///< go to the moment that shows the answer to the question of that index
    try_it,  ///< what the stop says can be tried
    back,    ///< from the try to the stop
    export_answers,
  };
  Kind kind = Kind::skip;
  std::size_t index = 0;
  std::vector<std::string> given;
};

/// A name for a question that no other one of the lesson has.
inline std::string key_of(const LessonStop& stop, const Question& question) {
  return stop.id + "\n" + question.id;
}

class LessonPlay {
 public:
  /// `kept` judged by this lesson (judged_again). At the first stop that has an open question.
  LessonPlay(Lesson lesson, Progress kept);

  const Lesson& lesson() const { return lesson_; }
  const Progress& progress() const { return progress_; }
  LessonScore score() const { return gogoscope::score(lesson_, progress_); }

  std::size_t at() const { return at_; }
  const LessonStop& stop() const { return lesson_.stops[at_]; }
  bool at_last() const { return at_ + 1 == lesson_.stops.size(); }
  void go_to(std::size_t stop) { at_ = stop; }

  enum class Answered : std::uint8_t { open, right, wrong, skipped };
  /// Of a question of the stop shown.
  Answered answered(const Question& question) const;
  /// The first question of the stop shown that is neither answered nor skipped; null if none is.
  const Question* open_question() const;
  /// To the open question. There is one try.
  void keep(const JudgedAnswer& answer);
  /// The open question counts as not answered; its truth is shown. Forgotten when the lesson is left.
  void skip();
  /// Keys of the questions skipped so far.
  std::vector<std::string> skipped() const;
  /// Skips those of them that there are, and that are not answered.
  void skip_again(const std::vector<std::string>& keys);

  /// The last state that may be shown.
  std::uint64_t horizon() const { return gogoscope::horizon(lesson_, closed_); }
  /// Whether any question is still open, and with it the horizon closed.
  bool hides() const;

 private:
  Lesson lesson_;
  Progress progress_;
  Progress closed_;  ///< the same, with what was skipped: a question that is not open any more
  std::size_t at_ = 0;
};

}  // namespace gogoscope
