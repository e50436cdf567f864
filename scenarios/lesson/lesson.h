// A lesson of a run, as values: its stops with their texts filled in, its questions with the answers that the
// record gives. What shows one (a panel, a terminal, a page) reads these and keeps a Progress.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

/// One of the things that a question lists.
struct Choice {
  std::string id;  ///< the same in both languages, and in an edited lesson while the choice is there
  Text text;
};

struct Question {
  enum class Kind : std::uint8_t {
    which,    ///< one of the choices
    value,    ///< a value is typed
    changes,  ///< those of the choices that change; perhaps none
    order,    ///< all choices, in their order
  };
  Kind kind = Kind::which;
  std::string
      id;  ///< within its stop; made of what is asked, so a question whose words change is another one
  Text text;
  std::vector<Choice> choices;
  std::vector<std::size_t> truth;  ///< of the choices: the right one, those that change, their order
  std::string asked;               ///< of value: the expression
  std::uint64_t value = 0;         ///< of value: what is right
  std::string value_text;          ///< the same as people read it: "dead", "g2"
  std::uint64_t after = 0;         ///< the state that shows the answer
  std::string after_text;  ///< as written: "step", "line", "runtime.goexit0", "end"; empty: the stop's own
  Text because;
};

/// Something to look at.
struct Look {
  std::string name;                  ///< "stacks", "g2.sched.sp"
  std::optional<std::string> value;  ///< nothing: it is a panel
};

/// A picture that goes with a stop in a document.
struct StopPicture {
  std::string name;  ///< "forged-frame"; empty: none
  Text shows;
};

struct LessonStop {
  std::string id;  ///< its place, as written; with " (2)" after it where it is the second stop there
  std::string at;  ///< its place, as written
  std::uint64_t state = 0;
  Text title;  ///< may be empty
  StopPicture picture;
  Text say, tries;    ///< `tries` may be empty
  std::string edit;   ///< what a button of `tries` changes: "m0.curg = nil"; usually empty
  std::string opens;  ///< or the scenario that it shows beside this one, by its path from this one's folder
  std::vector<Look> look;
  std::vector<Question> ask;
};

struct Lesson {
  std::string name;  ///< of its scenario: "03-gogo"
  Text goal;
  std::vector<LessonStop> stops;  ///< in the order of the run
  std::uint64_t steps = 0;        ///< of the run
};

/// As in a scenario file: "which".
std::string_view name(Question::Kind kind);

const LessonStop* find_stop(const Lesson& lesson, std::string_view id);
const Question* find_question(const LessonStop& stop, std::string_view id);

/// What is right, as a reader types it: "b", "a, c", "dead".
std::string truth_text(const Question& question, Language language);
/// "b" of the second choice.
std::string letter(std::size_t choice);

}  // namespace gogoscope
