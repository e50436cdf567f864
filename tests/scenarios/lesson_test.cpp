// Lessons: each mistake in one is reported at its place; what the run does not show is a failure; answers are
// judged by the record, and progress outlives an edited lesson.
#include "scenarios/lesson/lesson.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "emu/session/views/panel_names.h"
#include "scenarios/lesson/document.h"
#include "scenarios/lesson/json.h"
#include "scenarios/run/fill_lesson.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::problems_of;
using testing::replaced;
using testing::sample_with;

/// A lesson of the sample with a question of each kind.
constexpr std::string_view kLesson = R"(start: main.worker
lesson:
  goal: {en: "to see {{ and }}", zh: 看看}
  stops:
    - at: runtime.execute#2
      say: {en: "g2 is {g2.atomicstatus}, state {step}", zh: "{g2.atomicstatus}，{step}"}
      look: [stacks, g2.atomicstatus]
      ask:
        - {which: {en: "Which g?", zh: "哪个 g？"}, options: [g1, g2], answer: m0.curg, after: runtime.casgstatus,
           because: {en: "{before.m0.curg} -> {m0.curg}", zh: "{before.m0.curg} -> {m0.curg}"}}
        - {changes: [m0.curg, tls, g2.atomicstatus], after: runtime.gogo, because: {en: "{tls}", zh: "{tls}"}}
        - order:
            - stack: {to: g2}
            - tls: {to: g2}
          because: {en: x, zh: x}
    - at: main.worker
      say: {en: "[rsp] is {[rsp]}, {g2.stack.hi - rsp} below", zh: "{[rsp]}，{g2.stack.hi - rsp}"}
      ask:
        - {value: rip, after: step, because: {en: "{rip}", zh: "{rip}"}}
      try: {en: set rsp, zh: 改 rsp}
)";

struct Played {
  std::string report;  ///< of the judge
  FilledLesson filled;
  ScenarioRun run;
};

Played played(const std::string& text) {
  auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return {testing::told(std::get<1>(loaded)), {}, {}};
  const LoadedScenario& scenario = std::get<0>(loaded);
  Played out;
  out.run = run_scenario(scenario);
  out.report = report(scenario.scenario, judge(scenario, out.run));
  Session& session = *out.run.session;
  if (scenario.scenario.lesson)
    out.filled = fill_lesson(scenario.scenario, session.trace(), session.events());
  return out;
}

/// What comes of one edit of the lesson: diagnostics of the file, or the report of its run.
std::string of_edit(std::string_view from, std::string_view to) {
  const std::string lesson = replaced(std::string(kLesson), from, to);
  EXPECT_NE(lesson, kLesson) << from;
  return played(sample_with(lesson)).report;
}

TEST(Lesson, is_filled_in_from_the_record) {
  const Played p = played(sample_with(kLesson));
  EXPECT_EQ(p.report, "");
  const Lesson& lesson = p.filled.lesson;
  EXPECT_EQ(lesson.goal.en, "to see { and }");
  ASSERT_EQ(lesson.stops.size(), 2U);
  const LessonStop& first = lesson.stops[0];
  EXPECT_EQ(first.say.en, "g2 is runnable, state " + std::to_string(first.state));
  EXPECT_EQ(first.look[0].value, std::nullopt);
  EXPECT_EQ(first.look[1].value, "runnable");
  ASSERT_EQ(first.ask.size(), 3U);
  EXPECT_EQ(first.ask[0].truth, std::vector<std::size_t>{1});
  EXPECT_EQ(first.ask[0].because.en, "nil -> g2");
  EXPECT_EQ(first.ask[1].truth, (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(first.ask[1].because.zh, "m0.g0");
  EXPECT_EQ(first.ask[2].truth, (std::vector<std::size_t>{1, 0}));
  EXPECT_EQ(lesson.stops[1].say.en, "[rsp] is runtime.goexit+0x1, 40 below");
  EXPECT_EQ(lesson.stops[1].ask[0].value_text, "runtime.goexit+0x1");
  EXPECT_EQ(lesson.stops[1].ask[0].text.en, "What is rip after the next step?");
  EXPECT_EQ(lesson.stops[1].ask[0].after, lesson.stops[1].state + 1);
}

struct TextEdit {
  const char* claim;
  std::string_view from, to, says;
};

TEST(Lesson, each_mistake_of_the_file_is_reported_at_its_place) {
  const TextEdit all[] = {
      {"unknown key of a stop", "      look: [", "      lok: [",
       "unknown key 'lok' in a stop; did you mean look?"},
      {"unknown panel", "[stacks,", "[stack5,",
       "sample.yaml:17:14: error: there is no panel 'stack5'; did you mean"},
      {"unknown field in a text", "{g2.atomicstatus}, state", "{g2.atomicstatu}, state",
       "sample.yaml:16:25: error: g2 has no field 'atomicstatu'; did you mean atomicstatus?"},
      {"open brace", "state {step}\"", "state {step\"", "sample.yaml:16:49: error: this brace is not closed"},
      {"a language says less", "\"{g2.atomicstatus}，{step}\"", "\"{step}\"",
       "error: the other language does not name 'g2.atomicstatus'"},
      {"a third language", "{en: set rsp, zh: 改 rsp}", "{en: set rsp, zh: 改 rsp, fr: rsp}",
       "unknown key 'fr' in try; known: en, zh"},
      {"a goal has no values", "{{ and }}", "{rsp}", "a goal is about no moment"},
      {"a title has no values", "    - at: main.worker\n",
       "    - at: main.worker\n      title: {en: \"{rsp}\", zh: \"{rsp}\"}\n", "a title is about no moment"},
      {"a picture that is no name", "    - at: main.worker\n",
       "    - at: main.worker\n      picture: {name: ../x, shows: {en: a, zh: b}}\n",
       "the name of a picture has small letters, digits and hyphens, not '../x'"},
      {"a picture without words", "    - at: main.worker\n",
       "    - at: main.worker\n      picture: {name: x}\n", "a picture has no 'shows'"},
      {"no reason", ", because: {en: \"{rip}\", zh: \"{rip}\"}}", "}", "a question has no 'because'"},
      {"no moment", "{value: rip, after: step,", "{value: rip,", "a question has no 'after'"},
      {"a slip of step", "{value: rip, after: step,", "{value: rip, after: stpe,",
       "after is step, line, end or a place, not 'stpe'; did you mean step?"},
      {"a state as a stop", "at: main.worker\n", "at: 700\n", "the number of a state changes with the run"},
      {"no such function", "at: main.worker\n", "at: main.wroker\n", "did you mean main.worker?"},
      {"a start that is nowhere", "start: main.worker", "start: main.wroker", "sample.yaml:11:8: error:"},
      {"one option", "options: [g1, g2]", "options: [g1]", "options has too few: at least 2 belong here"},
      {"an option twice", "options: [g1, g2]", "options: [g2, g2]", "'g2' is there already"},
      {"an answer that is nothing", "answer: m0.curg", "answer: m0.crug",
       "answer is neither an option nor an expression: m0 has no field 'crug'; did you mean curg?"},
      {"an option that is no value", "options: [g1, g2]", "options: [g1, zz]",
       "this option is no value that m0.curg could have: unknown name 'zz'"},
      {"an unknown event", "- stack: {to: g2}", "- stak: {to: g2}",
       "unknown event 'stak'; did you mean stack?"},
      {"a question of no kind", "{value: rip, after", "{vlaue: rip, after", "a question has one of the keys"},
      {"a value of another key", "answer: m0.curg,", "answer: m0.curg, say: x,",
       "unknown key 'say' in a question"},
  };
  for (const TextEdit& edit : all) {
    const std::string said = of_edit(edit.from, edit.to);
    EXPECT_NE(said.find(edit.says), std::string::npos) << edit.claim << ":\n" << said;
  }
}

TEST(Lesson, what_the_run_does_not_show_is_a_failure) {
  const TextEdit all[] = {
      {"a field without a value",
       "\"g2 is {g2.atomicstatus}, state {step}\", zh: \"{g2.atomicstatus}，{step}\"",
       "\"{g7.goid}\", zh: \"{g7.goid}\"", "sample.yaml:16:19: g7.goid has no value in state"},
      {"a value to look at", "look: [stacks, g2.atomicstatus]", "look: [g7.goid]",
       "g7.goid has no value in state"},
      {"a stop out of order", "at: main.worker\n", "at: main.main\n", "stops are in the order of the run"},
      {"a stop that never comes", "at: main.worker\n", "at: main.worker#2\n",
       "the run never comes to the stop at"},
      {"an answer's moment that never comes", "after: runtime.gogo", "after: main.main",
       "the run does not come to main.main after this stop"},
      {"a moment before the stop", "after: runtime.gogo", "after: runtime.gogo#1",
       "the run does not come to runtime.gogo#1 after this stop"},
      {"no option is right", "options: [g1, g2]", "options: [g1, g3]",
       "0 of the options are right: m0.curg is g2"},
      {"an event that does not come", "- stack: {to: g2}", "- stack: {to: g1, from: g2}",
       "does not come after this stop"},
      {"the same event twice", "- stack: {to: g2}", "- tls: {to: g2, m: m0}",
       "this is the same event as another one"},
      {"an order that is given away", "            - stack: {to: g2}\n            - tls: {to: g2}\n",
       "            - tls: {to: g2}\n            - stack: {to: g2}\n", "which gives the answer away"},
  };
  for (const TextEdit& edit : all) {
    const std::string said = of_edit(edit.from, edit.to);
    EXPECT_NE(said.find(edit.says), std::string::npos) << edit.claim << ":\n" << said;
  }
}

TEST(Lesson, folded_text_is_reported_at_its_brace) {
  const std::string said = of_edit("{en: \"[rsp] is {[rsp]}, {g2.stack.hi - rsp} below\",",
                                   "\n        {en: \"{[rsp]}, {g2.stack.hi - rsp}\",");
  EXPECT_EQ(said, "");
  const std::string folded =
      of_edit("      try: {en: set rsp, zh: 改 rsp}\n",
              "      try:\n        en: >-\n          set rsp\n          to {g2.sched.ps} here\n"
              "        zh: 改 {g2.sched.sp}\n");
  EXPECT_NE(folded.find("sample.yaml:33:15: error: g2 has no field 'sched.ps'"), std::string::npos) << folded;
}

std::string judged(const Played& p, std::size_t stop, std::size_t question, std::string_view typed) {
  const LessonStop& at = p.filled.lesson.stops[stop];
  Cursor cursor(p.run.session->trace());
  cursor.seek(at.state);
  const auto answer = judged_answer(at.ask[question], typed, cursor);
  if (const auto* const why = std::get_if<Message>(&answer)) return "? " + why->in(Language::en);
  return std::get<JudgedAnswer>(answer).right ? "right" : "wrong";
}

TEST(Lesson, answers_are_understood_in_several_spellings) {
  const Played p = played(sample_with(kLesson));
  for (const char* right : {"b", "B", "b)", "g2", " g2 "})
    EXPECT_EQ(judged(p, 0, 0, right), "right") << right;
  EXPECT_EQ(judged(p, 0, 0, "a"), "wrong");
  EXPECT_EQ(judged(p, 0, 0, "c"), "? 'c' is none of the choices; answer with letters from a to b");
  EXPECT_EQ(judged(p, 0, 0, "a b"), "? one of the choices is right: answer with one letter");
  for (const char* right : {"a c", "c,a", "ac", "m0.curg g2.atomicstatus", "a、c"})
    EXPECT_EQ(judged(p, 0, 1, right), "right") << right;
  for (const char* wrong : {"a", "a b c", "none"}) EXPECT_EQ(judged(p, 0, 1, wrong), "wrong") << wrong;
  for (const char* right : {"b a", "ba", "b, a"}) EXPECT_EQ(judged(p, 0, 2, right), "right") << right;
  EXPECT_EQ(judged(p, 0, 2, "a b"), "wrong");
  EXPECT_EQ(judged(p, 0, 2, "b"), "? all 2 belong in the answer, in their order: such as b a");
  // A value is an expression in the state of the stop: what is asked for cannot name itself.
  for (const char* right : {"runtime.goexit + 1", "runtime.goexit+0x1", "[rsp]", "[g2.stack.hi - 40]"})
    EXPECT_EQ(judged(p, 1, 0, right), "right") << right;
  EXPECT_EQ(judged(p, 1, 0, "rip"), "wrong");
  EXPECT_EQ(judged(p, 1, 0, "goexit"), "? unknown name 'goexit'");
  EXPECT_EQ(judged(p, 1, 0, ""), "? an answer is missing");
  EXPECT_EQ(judged(p, 1, 0, "g9.goid"), "? there is no g9 at this moment");
}

TEST(Lesson, an_answer_counts_once_and_is_kept_as_json) {
  const Played p = played(sample_with(kLesson));
  const Lesson& lesson = p.filled.lesson;
  const LessonStop& stop = lesson.stops[0];
  Progress progress{lesson.name, {}};
  EXPECT_TRUE(keep(progress, stop, stop.ask[0], {{"g1"}, false}));
  EXPECT_FALSE(keep(progress, stop, stop.ask[0], {{"g2"}, true}));
  EXPECT_TRUE(keep(progress, stop, stop.ask[1], {{"m0.curg", "g2.atomicstatus"}, true}));
  const LessonScore sum = score(lesson, progress);
  EXPECT_EQ(sum.right, 1U);
  EXPECT_EQ(sum.answered, 2U);
  EXPECT_EQ(sum.of, 4U);
  const std::string json = answers_json(lesson, progress);
  const auto read = progress_from_json(json);
  ASSERT_EQ(read.index(), 0U);
  // What a file says is right is not believed.
  const Progress again = judged_again(lesson, std::get<0>(read), p.run.session->trace());
  EXPECT_EQ(answers_json(lesson, again), json);
}

TEST(Lesson, answers_that_are_no_such_file_say_why) {
  const std::pair<const char*, const char*> all[] = {
      {"[", "it is no JSON"},
      {"{}", "answers is missing"},
      {R"({"answers": 1})", "answers must be a list"},
      {R"({"answers": [1]})", "answers[0] must be an object"},
      {R"({"answers": [{"stop": "a", "question": "b"}]})", "answers[0].given is missing"},
      {R"({"answers": [{"stop": "a", "question": "b", "given": [1]}]})",
       "answers[0].given[0] must be a text"},
      {R"({"answers": [{"stop": "a", "question": "b", "given": "1"}, {"stop": "a", "question": "b", "given": "1"}]})",
       "answers[1] answers a question for the second time"},
  };
  for (const auto& [text, why] : all) {
    const auto read = progress_from_json(text);
    ASSERT_EQ(read.index(), 1U) << text;
    EXPECT_EQ(std::get<Message>(read).in(Language::en), why);
    EXPECT_NE(std::get<Message>(read).in(Language::zh), why);
  }
}

TEST(Lesson, an_edited_lesson_keeps_what_it_still_asks) {
  const Played p = played(sample_with(kLesson));
  Progress progress{"sample", {}};
  for (const LessonStop& stop : p.filled.lesson.stops) {
    for (const Question& question : stop.ask) {
      const JudgedAnswer none{{question.kind == Question::Kind::value ? "0" : question.choices[0].id}, false};
      keep(progress, stop, question, none);
    }
  }
  // Another text, another stop before, an option more, one question less.
  std::string text = replaced(std::string(kLesson), "g2 is {g2", "now g2 is {g2");
  text = replaced(text, "  stops:\n", "  stops:\n    - {at: main.main, say: {en: x, zh: x}}\n");
  text = replaced(text, "options: [g1, g2]", "options: [g1, m0.g0, g2]");
  text = replaced(text,
                  "        - order:\n            - stack: {to: g2}\n            - tls: {to: g2}\n          "
                  "because: {en: x, zh: x}\n",
                  "");
  const Played edited = played(sample_with(text));
  EXPECT_EQ(edited.report, "");
  const Progress kept = judged_again(edited.filled.lesson, progress, edited.run.session->trace());
  ASSERT_EQ(kept.answers.size(), 3U);
  EXPECT_EQ(kept.answers[0].question, "which Which g?");
  EXPECT_EQ(kept.answers[0].given, std::vector<std::string>{"g1"});
}

TEST(Lesson, nothing_after_the_stop_of_an_open_question_may_be_shown) {
  const Played p = played(sample_with(kLesson));
  const Lesson& lesson = p.filled.lesson;
  Progress progress;
  const LessonStop &first = lesson.stops[0], &second = lesson.stops[1];
  EXPECT_EQ(horizon(lesson, progress), first.state);
  for (const Question& question : first.ask) {
    EXPECT_EQ(horizon(lesson, progress), first.state);
    EXPECT_GE(question.after, first.state);
    keep(progress, first, question, {{"x"}, false});
  }
  EXPECT_EQ(horizon(lesson, progress), second.state);
  keep(progress, second, second.ask[0], {{"x"}, false});
  EXPECT_EQ(horizon(lesson, progress), p.run.session->trace().steps());
}

TEST(Lesson, as_a_document_has_stops_questions_and_folded_answers) {
  Lesson lesson{"x", {"goal", "目标"}, {}, 9};
  LessonStop stop;
  stop.id = stop.at = "main.main#1";
  stop.say = {"one\n- a\n- b\ntwo", "一"};
  stop.picture = {"pic", {"shown", "图"}};
  stop.look = {{"stacks", std::nullopt}, {"rsp", "0x10"}};
  stop.edit = "rax = 1";
  stop.tries = {"try", "试"};
  Question question;
  question.text = {"which?", "哪个？"};
  question.choices = {{"g1", {"g1", "g1"}}, {"g2", {"g2", "g2"}}};
  question.truth = {1};
  question.after_text = "step";
  question.because = {"why", "理由"};
  stop.ask = {question};
  lesson.stops = {stop};
  const LessonHead head{{"Title", "标题"}, {"about", "关于"}, "a/x.yaml"};
  const std::string en = lesson_document(lesson, head, Language::en),
                    zh = lesson_document(lesson, head, Language::zh);
  EXPECT_TRUE(en.starts_with("# Title\n\n[中文](x.zh.md)\n\nabout\n\ngoal\n\n")) << en;
  EXPECT_NE(en.find("`./run a/x.yaml`"), std::string::npos);
  const std::size_t at = en.find("\n## 1. `main.main#1`");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(en.substr(at + 1),
            "## 1. `main.main#1`\n\n**Go** `run-to main.main#1`\n\none\n\n- a\n- b\n\ntwo\n\n"
            "![shown](pictures/pic.png)\n\n**Look** `stacks`, `rsp = 0x10`\n\n"
            "**Predict** which? Then press **F11**.\n\n- a) g1\n- b) g2\n\n"
            "<details><summary>Answer</summary>\n\n**b) g2**\n\nwhy\n\n</details>\n\n"
            "**Try** try\n\nGo back with `run-to main.main#1`, press **F2**, type `rax = 1` and press "
            "**Enter**.\n");
  EXPECT_NE(zh.find("pictures/pic-zh.png"), std::string::npos);
  EXPECT_NE(zh.find("**预测** 哪个？然后按 **F11**。"), std::string::npos) << zh;
}

TEST(Lesson, letters_go_on_after_z) {
  EXPECT_EQ(letter(0), "a");
  EXPECT_EQ(letter(25), "z");
  EXPECT_EQ(letter(26), "aa");
}

/// The shipped ones: all four kinds among them, each with what the course promises.
TEST(ShippedLessons, have_a_goal_stops_questions_and_something_to_try) {
  std::set<Question::Kind> kinds;
  std::size_t count = 0;
  std::set<std::string_view> looked_at;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/lessons")) {
    ++count;
    auto loaded = load_scenario(entry.path().string());
    ASSERT_EQ(loaded.index(), 0U) << entry.path();
    const LoadedScenario& scenario = std::get<0>(loaded);
    ASSERT_TRUE(scenario.scenario.lesson) << entry.path();
    EXPECT_TRUE(scenario.scenario.start) << entry.path();
    EXPECT_FALSE(scenario.scenario.finally.empty()) << entry.path();
    const ScenarioRun run = run_scenario(scenario);
    const FilledLesson filled = fill_lesson(scenario.scenario, run.session->trace(), run.session->events());
    EXPECT_TRUE(filled.problems.empty()) << entry.path();
    std::size_t questions = 0, tries = 0;
    for (const LessonStop& stop : filled.lesson.stops) {
      questions += stop.ask.size();
      tries += stop.tries.en.empty() ? 0 : 1;
      for (const Question& question : stop.ask) kinds.insert(question.kind);
      // No number in hexadecimal is typed into a text: the state gives it.
      for (const PlannedStop& plan : scenario.scenario.lesson->stops) {
        for (const std::string& words : plan.say.en.words)
          EXPECT_EQ(words.find("0x"), std::string::npos) << words;
      }
    }
    EXPECT_GE(filled.lesson.stops.size(), 4U) << entry.path();
    EXPECT_LE(filled.lesson.stops.size(), 7U) << entry.path();
    EXPECT_GE(questions, 3U) << entry.path();
    EXPECT_GE(tries, 1U) << entry.path();
  }
  EXPECT_GE(count, 14U);
  EXPECT_EQ(kinds.size(), 4U);
}

}  // namespace
}  // namespace gogoscope
