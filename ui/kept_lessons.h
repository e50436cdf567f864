// The answers given in lessons, kept from one start to the next by the lesson's name.
#pragma once

#include <map>
#include <string>

#include "scenarios/lesson/progress.h"

namespace gogoscope {

struct KeptLesson {
  Progress progress;
  LessonScore score;  ///< when it was kept; what the lesson's present questions make of it is judged_again's
};

using KeptLessons = std::map<std::string, KeptLesson>;

}  // namespace gogoscope
