// The lesson of a scenario file, as it is written there: what is said, pointed at and asked at which places.
// A record makes a Lesson of it (scenarios/run/fill_lesson.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "asm/text/language.h"
#include "emu/session/place.h"
#include "scenarios/format/expected_event.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/file_mark.h"
#include "scenarios/format/value_text.h"

namespace gogoscope {

/// The moment whose state is the answer.
struct PlannedMoment {
  enum class Kind : std::uint8_t { stop, step, line, where };
  Kind kind = Kind::stop;  ///< that of the stop itself
  Where where;
  std::string text;  ///< "step", "runtime.goexit0"
  FileMark mark;
};

/// A register, field or other expression that is shown or asked for.
struct PlannedValue {
  Sum sum;
  std::string text;
  FileMark mark;
};

struct PlannedOption {
  std::string name;  ///< what `answer` may call it: its text, the English one if there are two
  ValueTexts text;
  FileMark mark;
};

struct PlannedQuestion {
  enum class Kind : std::uint8_t { which, value, changes, order };
  Kind kind = Kind::which;
  ValueTexts text;  ///< of which: the question; of the others: what is said before it, perhaps nothing
  std::vector<PlannedOption> options;  ///< of which
  std::optional<std::size_t> answer;   ///< of which: the option that its file names
  /// Of which, where no option is named. One: the first of two options is right where it holds, else the
  /// second. One for each option: the right one is that whose holds.
  std::vector<Comparison> picks;
  std::vector<PlannedValue> values;   ///< of value: one; of changes: all that may
  std::vector<ExpectedEvent> events;  ///< of order, as they are listed
  PlannedMoment after;
  ValueTexts because;
  FileMark mark, answer_mark;
};

/// Something to look at: a panel of the window, or a value.
struct PlannedLook {
  std::string name;
  std::optional<Sum> value;  ///< nothing: a panel
  FileMark mark;
};

/// A picture of docs/pictures/, for the document made of the lesson.
struct PlannedPicture {
  std::string name;  ///< empty: none
  Text shows;
};

struct PlannedStop {
  Where at;  ///< a place, or the end
  std::string at_text;
  FileMark mark;
  Text title;  ///< may be empty
  PlannedPicture picture;
  ValueTexts say, tries;
  std::string edit, opens;  ///< what `try` does, at most one of them
  FileMark try_mark;        ///< of that one
  std::vector<PlannedLook> look;
  std::vector<PlannedQuestion> ask;
};

struct LessonPlan {
  Text goal;
  std::vector<PlannedStop> stops;
  FileMark mark;
};

}  // namespace gogoscope
