// Where `lesson` gets its answers from: a reader at the terminal, lines, or a file of JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/go/stop_signals.h"
#include "scenarios/lesson/progress.h"

namespace gogoscope {

struct GivenText {
  std::string line;                                    ///< as typed
  std::optional<std::vector<std::string>> parts = {};  ///< of JSON, instead
  std::string place = {};                              ///< "answers.txt:3"
  bool skipped = false;                                ///< no answer is given, and none expected
  std::string text() const;
};

class Answers {
 public:
  /// An empty path: standard input, and a question is asked again until an answer is understood. What starts
  /// with a brace is JSON.
  static std::variant<Answers, Message> open(const std::string& path, const StopSignals& signals);

  /// Nothing: there are no more, or a signal has come.
  std::optional<GivenText> next(const LessonStop& stop, const Question& question);
  /// Whether the answers appear on the terminal as they are typed.
  bool typed() const;
  bool can_ask_again() const { return from_stdin_; }
  /// What of a file of JSON belongs to no question of the lesson, which may have been edited since.
  std::vector<Message> unknown(const Lesson& lesson) const;

 private:
  std::optional<GivenText> typed_line();

  std::string path_;
  bool from_stdin_ = false;
  const StopSignals* signals_ = nullptr;
  std::string read_;  ///< of standard input, and not used yet
  struct Line {
    std::string text;
    std::size_t number = 0;
  };
  std::vector<Line> lines_;
  std::size_t at_ = 0;
  std::optional<Progress> kept_;  ///< of JSON
};

}  // namespace gogoscope
