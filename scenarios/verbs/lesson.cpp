// lesson: a lesson in the terminal, or the answers of a file judged by it.
#include <fmt/format.h>
#include <unistd.h>

#include <iostream>
#include <sstream>

#include "asm/text/input_file.h"
#include "asm/text/marks.h"
#include "asm/text/output_file.h"
#include "asm/text/printable.h"
#include "asm/text/wrap.h"
#include "emu/guest/line_essence.h"
#include "scenarios/go/stop_signals.h"
#include "scenarios/lesson/document.h"
#include "scenarios/lesson/json.h"
#include "scenarios/lesson/progress.h"
#include "scenarios/verbs/answers.h"
#include "scenarios/verbs/terminal.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

constexpr int kLessonWidth = 100;  // columns

class Player {
 public:
  Player(const OpenedRun& run, Answers& answers, std::ostream& out, bool bold, Language language)
      : run_(run),
        lesson_(*run.lesson),
        answers_(answers),
        out_(out),
        bold_(bold),
        language_(language),
        at_(run.session->trace()) {
    progress_.lesson = lesson_.name;
  }

  /// False where the answers ended before the questions did.
  bool play() {
    heading(run_.title.in(language_));
    print(lesson_.goal.in(language_), 2);
    for (std::size_t i = 0; i < lesson_.stops.size(); ++i) {
      if (!stop(lesson_.stops[i], i)) {
        tell_score();
        return false;
      }
    }
    tell_score();
    return true;
  }

  const Progress& progress() const { return progress_; }

 private:
  std::string say(const Message& message) const { return message.in(language_); }

  void heading(std::string_view text) {
    out_ << (bold_ ? "\x1b[1m" : "") << printable(text) << (bold_ ? "\x1b[0m" : "") << "\n";
  }

  void print(std::string_view text, int indent) {
    const std::string words = without_strong(text);
    for (const std::string_view line : wrap(words, kLessonWidth - indent))
      out_ << std::string(static_cast<std::size_t>(indent), ' ') << printable(line) << "\n";
  }

  bool stop(const LessonStop& stop, std::size_t index) {
    at_.seek(stop.state);
    out_ << "\n";
    heading(
        say({{"{i}/{n}  {place}, state {state}", "{i}/{n}  {place}，状态 {state}"},
             {{"i", index + 1}, {"n", lesson_.stops.size()}, {"place", stop.id}, {"state", stop.state}}}));
    if (!stop.title.en.empty()) print(stop.title.in(language_), 2);
    line_at_pc();
    out_ << "\n";
    print(stop.say.in(language_), 2);
    look(stop);
    for (const Question& question : stop.ask) {
      if (!ask(stop, question)) return false;
    }
    if (!stop.tries.empty()) {
      out_ << "\n";
      print(say({{"Try: {what}", "试一试：{what}"}, {{"what", stop.tries}}}), 2);
    }
    return true;
  }

  /// What executes next.
  void line_at_pc() {
    const Code& code = at_.trace().guest().code;
    const CodePlace place = code.place(at_.state().pc());
    if (place.function == nullptr || place.instruction == nullptr || place.behind) return;
    const std::string text = line_essence(code.line_text(*place.function, place.instruction->line));
    out_ << fmt::format("  {:#x}  {}\n", at_.state().pc().value(), printable(text));
  }

  void look(const LessonStop& stop) {
    if (stop.look.empty()) return;
    out_ << "\n";
    std::string panels;
    for (const Look& one : stop.look) {
      if (!one.value) panels += (panels.empty() ? "" : ", ") + one.name;
    }
    for (const Look& one : stop.look) {
      if (one.value) out_ << fmt::format("    {} = {}\n", printable(one.name), printable(*one.value));
    }
    if (!panels.empty())
      print(say({{"(in the window: {panels})", "（在窗口里：{panels}）"}, {{"panels", panels}}}), 4);
  }

  /// One try; what cannot be understood is none, unless nobody could type it again.
  bool ask(const LessonStop& stop, const Question& question) {
    out_ << "\n";
    print(say({{"Question: {text}", "问题：{text}"}, {{"text", question.text}}}), 2);
    for (std::size_t i = 0; i < question.choices.size(); ++i)
      print(fmt::format("{}) {}", letter(i), question.choices[i].text.in(language_)), 4);
    for (;;) {
      out_ << "> " << std::flush;
      std::optional<GivenText> given = answers_.next(stop, question);
      if (!given) {
        out_ << "\n";
        return false;
      }
      if (!answers_.typed()) out_ << printable(given->text()) << "\n";
      if (given->skipped || trimmed(given->line) == "-") {
        verdict(question, false);
        return true;
      }
      const auto judged = given->parts ? judged_answer(question, *given->parts, at_)
                                       : judged_answer(question, given->line, at_);
      if (const auto* const answer = std::get_if<JudgedAnswer>(&judged)) {
        keep(progress_, stop, question, *answer);
        verdict(question, answer->right);
        return true;
      }
      const Message& why = std::get<Message>(judged);
      if (answers_.can_ask_again()) {
        print(say(why), 2);
        continue;
      }
      complain({{"{place}: {why}", "{place}：{why}"}, {{"place", given->place}, {"why", why}}}, language_);
      verdict(question, false);
      return true;
    }
  }

  void verdict(const Question& question, bool right) {
    print(right ? TextView{"Right.", "对。"}.str(language_)
                : say({{"No: {truth}", "不对：{truth}"}, {{"truth", truth_text(question, language_)}}}),
          2);
    print(question.because.in(language_), 2);
  }

  void tell_score() {
    const LessonScore sum = score(lesson_, progress_);
    out_ << "\n";
    heading(say({{"Score: {right} of {of}", "得分：{right}/{of}"}, {{"right", sum.right}, {"of", sum.of}}}));
    if (sum.answered < sum.of)
      print(say({{"{n} not answered", "{n} 题没有回答"}, {{"n", sum.of - sum.answered}}}), 2);
  }

  const OpenedRun& run_;
  const Lesson& lesson_;
  Answers& answers_;
  std::ostream& out_;
  bool bold_;
  Language language_;
  Cursor at_;
  Progress progress_;
};

}  // namespace

int lesson(const LessonOptions& options, Language language) {
  std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  if (!run->lesson) {
    complain({{"{path} has no lesson: `gogoscope walk` shows its run",
               "{path} 没有课程：`gogoscope walk` 显示它的运行"},
              {{"path", options.source.path}}},
             language);
    return kBadInput;
  }
  if (!run->lesson_problem.empty()) {
    complain(run->lesson_problem, language);
    return kBadInput;
  }
  if (options.format == "markdown") {
    std::cout << lesson_document(*run->lesson, {run->title, run->about, options.source.path}, language);
    return kOk;
  }
  const StopSignals signals;
  auto answers = Answers::open(options.answers, signals);
  if (const auto* const why = std::get_if<Message>(&answers)) {
    complain(*why, language);
    return kBadInput;
  }
  OutputFile file;
  const auto went_well = [&](const Message& why) {
    if (why.empty()) return true;
    complain({{"{path} cannot be written: {why}", "无法写入 {path}：{why}"},
              {{"path", options.json}, {"why", why}}},
             language);
    return false;
  };
  if (!options.json.empty() && options.json != "-" && !went_well(file.open(options.json))) return kBadInput;
  const bool to_stdout = options.json == "-";
  Answers& from = std::get<Answers>(answers);
  for (const Message& one : from.unknown(*run->lesson)) complain(one, language);
  std::ostream& out = to_stdout ? std::cerr : std::cout;
  Player player(*run, from, out, wants_colours(to_stdout ? STDERR_FILENO : STDOUT_FILENO), language);
  const bool whole = player.play();
  out.flush();
  bool written = true;
  if (to_stdout) std::cout << answers_json(*run->lesson, player.progress());
  if (file.is_open()) written = went_well(file.write(answers_json(*run->lesson, player.progress())));
  if (signals.came()) {
    complain({{"interrupted", "中断"}}, language);
  } else if (!whole) {
    complain({{"the answers ended before the lesson did", "回答在课程结束之前就没有了"}}, language);
  }
  if (!whole || !written) return kBadInput;
  const LessonScore sum = score(*run->lesson, player.progress());
  return sum.right == sum.of ? kOk : kFailed;
}

}  // namespace gogoscope
