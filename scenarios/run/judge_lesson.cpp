#include "scenarios/run/judge_lesson.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/lesson/progress.h"
#include "scenarios/run/fill_lesson.h"

namespace gogoscope {
namespace {

std::string letters(const std::vector<std::size_t>& choices) {
  std::string out;
  for (const std::size_t one : choices) out += (out.empty() ? "" : " ") + letter(one);
  return out.empty() ? "none" : out;
}

std::string right_answer(const Question& question) {
  if (question.kind == Question::Kind::value) return fmt::format("{:#x}", question.value);
  return letters(question.truth);
}

std::string wrong_answer(const Question& question) {
  std::vector<std::size_t> out = question.truth;
  switch (question.kind) {
    case Question::Kind::value:
      return fmt::format("{:#x}", question.value + 1);
    case Question::Kind::which:
      out.front() = (out.front() + 1) % question.choices.size();
      break;
    case Question::Kind::changes:
      if (std::erase(out, 0U) == 0) out.insert(out.begin(), 0);
      break;
    case Question::Kind::order:
      std::swap(out[0], out[1]);
      break;
  }
  return letters(out);
}

/// What comes of the answers; the first that is not understood is said.
LessonScore played(const Lesson& lesson, const Trace& trace, std::string (*answer)(const Question&),
                   Message& why) {
  Progress progress{lesson.name, {}};
  Cursor at(trace);
  for (const LessonStop& stop : lesson.stops) {
    at.seek(stop.state);
    for (const Question& question : stop.ask) {
      const auto judged = judged_answer(question, answer(question), at);
      if (const auto* const given = std::get_if<JudgedAnswer>(&judged)) {
        keep(progress, stop, question, *given);
      } else if (why.empty()) {
        why = std::get<Message>(judged);
      }
    }
  }
  return score(lesson, progress);
}

}  // namespace

void judge_lesson(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  if (!scenario.lesson) return;
  const FilledLesson filled = fill_lesson(scenario, trace, told.events);
  for (const LessonProblem& problem : filled.problems) {
    verdict.failures.push_back({problem.mark,
                                problem.message,
                                around_step(told, problem.state),
                                {"lesson", {}, {}, problem.message, {}, problem.state}});
  }
  Message why;
  const LessonScore right = played(filled.lesson, trace, right_answer, why);
  const LessonScore wrong = played(filled.lesson, trace, wrong_answer, why);
  if (why.empty() && right.right == right.of && wrong.right == 0 && wrong.answered == wrong.of) return;
  const Message got({"right answers score {right} of {of}, wrong ones {wrong}{why}",
                     "正确的回答得 {right}/{of}，错误的回答得 {wrong}{why}"},
                    {{"right", right.right},
                     {"of", right.of},
                     {"wrong", wrong.right},
                     {"why", why.empty() ? why : Message({": {why}", "：{why}"}, {{"why", why}})}});
  verdict.failures.push_back({scenario.lesson->mark, got, {}, {"lesson", {}, {}, got, {}, trace.steps()}});
}

}  // namespace gogoscope
