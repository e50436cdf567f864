// A lesson as a document, in Markdown: docs/tour.md is one.
#pragma once

#include <string>

#include "asm/text/language.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

/// What the document says of the scenario.
struct LessonHead {
  Text title, about;
  std::string path;  ///< as it is opened
};

/// All stops with their texts, pictures of `pictures/` beside it, questions, and folded answers. It links to
/// the same document in the other language: NAME.md and NAME.zh.md.
std::string lesson_document(const Lesson& lesson, const LessonHead& head, Language language);

}  // namespace gogoscope
