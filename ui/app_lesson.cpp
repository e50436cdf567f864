// The lesson that App plays: stops, answers, the horizon that commands keep to, and what is tried.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "asm/text/fill.h"
#include "asm/text/output_file.h"
#include "asm/text/printable.h"
#include "emu/session/command_text.h"
#include "scenarios/lesson/json.h"
#include "ui/app.h"
#include "ui/lesson_look.h"

namespace gogoscope {
namespace {

const Words kNoLesson{"This file has no lesson.", "这个文件里没有课程。"};
const Words kBegun{"A lesson: PageDown goes on, PageUp goes back.",
                   "课程：PageDown 到下一站，PageUp 回上一站。"};
const Words kLeft{"The lesson is left; the run is all yours.", "已离开课程；可以随意查看这次运行。"};
const Words kQuestionHere{"A question comes here: PageDown goes to its stop.",
                          "这里有一个问题：PageDown 到它那一站。"};
const Words kNoChangeYet{"Nothing can be changed until all questions are answered or skipped.",
                         "所有问题都回答或跳过之后，才能修改。"};
const Words kAnswerFirst{"Answer the question first, or skip it: what comes later is hidden until then.",
                         "请先回答问题，或者跳过：在那之前，后面的内容不显示。"};
const Words kAtHorizon{"Here a question is open: answer it or skip it to go on.",
                       "这里有一个问题没回答：回答或跳过之后才能继续。"};
const Words kTriedAlready{"First go back to the intact run: Esc.", "请先回到完好的运行：Esc。"};
const Words kCannotRunAgain{"This run cannot be made again without a line.",
                            "这次运行不能去掉一行再来一遍。"};
const Words kWithout{"without {line} in {function}", "{function} 里去掉 {line}"};
const Words kNoneOpen{"No question is open here.", "这里没有未回答的问题。"};
const Words kFirstStop{"That was the first stop.", "这是第一站。"};
const Words kLastStop{"That was the last stop.", "这是最后一站。"};
const Words kExported{"The answers are in {path}.", "回答已写入 {path}。"};
const Words kNotWritten{"{path} cannot be written: {why}.", "无法写入 {path}：{why}。"};
const Words kInTheWay{"{path} is there already and holds something else; it is left as it is.",
                      "{path} 已经存在，内容是别的东西；没有改动它。"};

/// Whether a file may be replaced by answers to that lesson: it holds such answers.
bool holds_answers(const std::filesystem::path& path, const std::string& lesson) {
  std::ifstream in(path, std::ios::binary);
  std::string text(kMaxAnswerBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMaxAnswerBytes) return false;
  const auto read = progress_from_json(text);
  const auto* const progress = std::get_if<Progress>(&read);
  return progress != nullptr && progress->lesson == lesson;
}

}  // namespace

// ---- the lesson as a whole ----

void App::begin_lesson() {
  if (!run_.lesson || !run_.lesson_problem.empty() || run_.lesson->stops.empty()) {
    notice(run_.lesson_problem.empty() ? kNoLesson.str(ui_.language) : run_.lesson_problem.in(ui_.language),
           true);
    return;
  }
  const Lesson& lesson = *run_.lesson;
  lesson_.emplace(lesson, judged_again(lesson, ui_.lessons[lesson.name].progress, session().trace()));
  keep_answers();
  player_.pause();
  forget_the_future();
  go_to_stop(lesson_->at());
  notice(kBegun.str(ui_.language), false);
}

void App::leave_lesson() {
  stop_left_.reset();
  if (!lesson_) return;
  if (trial_) end_trial();
  lesson_.reset();
  forget_the_future();
  notice(kLeft.str(ui_.language), false);
}

App::StopLeft App::stop_shown() {
  const LessonStop& stop = lesson_->stop();
  return {stop.id, lesson_->at(), trial_ || session().cursor().position() == stop.state, lesson_->skipped()};
}

void App::take_up_lesson(const StopLeft& left) {
  begin_lesson();
  if (!lesson_) {
    stop_left_ = left;
    return;
  }
  lesson_->skip_again(left.skipped);
  const std::vector<LessonStop>& stops = lesson_->lesson().stops;
  const auto same = std::ranges::find(stops, left.id, &LessonStop::id);
  // A stop that has another place now is known by its number. A question that is new may be in the way.
  const auto at = same != stops.end() ? static_cast<std::size_t>(same - stops.begin()) : left.at;
  go_to_stop(std::min(at, stops.size() - 1));
}

void App::forget_the_future() {
  panels_ = Panels();
  overlays_.reset();
  horizon_ = Horizon();
  ui_.lesson_problem.clear();
  ui_.unsaid.clear();
  shown_ = Key();
}

void App::set_lessons(KeptLessons lessons) {
  ui_.lessons = std::move(lessons);
  if (lesson_) begin_lesson();
}

bool App::go_to_stop(std::size_t stop) {
  if (!lesson_ || stop >= lesson_->lesson().stops.size()) return false;
  if (lesson_->hides() && lesson_->lesson().stops[stop].state > lesson_->horizon()) return false;
  if (trial_) end_trial();
  lesson_->go_to(stop);
  stop_is_new_ = true;
  ui_.lesson_problem.clear();
  ui_.selected_g = Addr();
  ui_.memory_at = Addr();
  ui_.struct_shown.clear();
  bring_forward(lesson_->stop(), ui_);
  session().execute({CommandId::run_to, Where::at_state(lesson_->stop().state)});
  ++executed_;
  ui_.notice.clear();
  return true;
}

bool App::turn_page_of_lesson(bool backwards) {
  if (!lesson_ && !trial_) return false;
  if (!lesson_) {
    end_trial();
  } else if (trial_) {
    go_to_stop(lesson_->at());
  } else if (backwards && session().cursor().position() > lesson_->stop().state) {
    go_to_stop(lesson_->at());
  } else if (backwards) {
    if (lesson_->at() == 0) {
      notice(kFirstStop.str(ui_.language), false);
    } else {
      go_to_stop(lesson_->at() - 1);
    }
  } else if (lesson_->open_question() != nullptr) {
    notice(kAnswerFirst.str(ui_.language), true);
  } else if (!go_to_stop(lesson_->at() + 1)) {
    notice(kLastStop.str(ui_.language), false);
  }
  return true;
}

// ---- what its panel asks for ----

void App::carry_out(const LessonWish& wish) {
  if (!lesson_ && trial_ && wish.kind == LessonWish::Kind::back) {
    end_trial();
    return;
  }
  if (!lesson_) {
    notice(kNoLesson.str(ui_.language), true);
    return;
  }
  ++executed_;
  switch (wish.kind) {
    case LessonWish::Kind::answer:
      answer(wish);
      break;
    case LessonWish::Kind::skip:
      ui_.lesson_problem.clear();
      if (lesson_->open_question() == nullptr) notice(kNoneOpen.str(ui_.language), false);
      keep_unsaid();
      lesson_->skip();
      break;
    case LessonWish::Kind::stop:
      if (wish.index > lesson_->at() && lesson_->open_question() != nullptr) {
        notice(kAnswerFirst.str(ui_.language), true);
      } else {
        go_to_stop(wish.index);
      }
      break;
    case LessonWish::Kind::after:
      if (wish.index < lesson_->stop().ask.size() &&
          lesson_->stop().ask[wish.index].after <= lesson_->horizon())
        session().execute({CommandId::run_to, Where::at_state(lesson_->stop().ask[wish.index].after)});
      break;
    case LessonWish::Kind::try_it:
      try_it();
      break;
    case LessonWish::Kind::back:
      go_to_stop(lesson_->at());
      break;
    case LessonWish::Kind::export_answers:
      export_answers();
      break;
  }
}

void App::answer(const LessonWish& wish) {
  const Question* const question = lesson_->open_question();
  if (question == nullptr || trial_) return;
  Cursor at(session().trace());
  at.seek(lesson_->stop().state);
  const auto judged = judged_answer(*question, wish.given, at);
  if (const auto* const why = std::get_if<Message>(&judged)) {
    ui_.lesson_problem = why->in(ui_.language);
    need_characters_of(ui_.lesson_problem);
    return;
  }
  ui_.lesson_problem.clear();
  keep_unsaid();
  lesson_->keep(std::get<JudgedAnswer>(judged));
  keep_answers();
  answers_given_ = true;
}

void App::keep_unsaid() {
  const Question* const question = lesson_->open_question();
  if (question == nullptr || !ui_.presenter || !ui_.caption_hidden) return;
  ui_.unsaid = key_of(lesson_->stop(), *question);
}

std::optional<std::uint64_t> App::last_shown() const {
  if (!lesson_) return std::nullopt;
  // What comes next would say what is right, which waits to be asked for.
  if (ui_.presenter && !ui_.unsaid.empty())
    return std::max(lesson_->stop().state, session().cursor().position());
  return lesson_->hides() ? std::optional(lesson_->horizon()) : std::nullopt;
}

void App::keep_answers() { ui_.lessons[lesson_->lesson().name] = {lesson_->progress(), lesson_->score()}; }

void App::export_answers() {
  if (!lesson_) {
    notice(kNoLesson.str(ui_.language), true);
    return;
  }
  std::error_code error;
  const std::string& name = lesson_->lesson().name;
  const std::filesystem::path path = std::filesystem::current_path(error) / (name + "-answers.json");
  const std::string shown = on_one_line(path.string());
  const auto say = [&](const Words& words, bool wrong, const Message& why = {}) {
    notice(fill(words.in(ui_.language), {{"path", shown}, {"why", why.in(ui_.language)}}), wrong);
  };
  if (std::filesystem::exists(path, error) && !holds_answers(path, name)) {
    say(kInTheWay, true);
    return;
  }
  const Message why = write_file(path.string(), answers_json(lesson_->lesson(), lesson_->progress()));
  say(why.empty() ? kExported : kNotWritten, !why.empty(), why);
}

// ---- the horizon ----

bool App::lesson_refuses(const Command& command) {
  if (!lesson_ || !lesson_->hides()) return false;
  const bool changes = command.id == CommandId::edit || command.id == CommandId::give_turn ||
                       command.id == CommandId::go_to_branch;
  const bool on = !gogoscope::info(command.id).backwards && command.id != CommandId::go_start &&
                  command.id != CommandId::run_to && command.id != CommandId::toggle_break &&
                  command.id != CommandId::set_break && command.id != CommandId::clear_break;
  const bool at_horizon = session().cursor().position() >= lesson_->horizon();
  if (!changes && !(on && at_horizon)) return false;
  notice((changes ? kNoChangeYet : why_no_further()).str(ui_.language), true);
  player_.pause();
  return true;
}

/// The open question may be one of a stop to come.
const Words& App::why_no_further() const {
  return lesson_->open_question() == nullptr ? kQuestionHere : kAnswerFirst;
}

bool App::back_to_horizon(std::uint64_t from) {
  if (!lesson_ || !lesson_->hides()) return false;
  const std::uint64_t horizon = lesson_->horizon();
  if (session().cursor().position() <= horizon) return false;
  session().execute({CommandId::run_to, Where::at_state(horizon)});
  player_.pause();
  notice((from < horizon ? kAtHorizon : why_no_further()).str(ui_.language), from >= horizon);
  return true;
}

// ---- what is tried ----

void App::note_edit(const Command& command, const Outcome& outcome) {
  const bool changes = command.id == CommandId::edit || command.id == CommandId::give_turn;
  if (!lesson_ || trial_ || !changes || !outcome.ok()) return;
  trial_ = Trial{to_string(command), outcome.from, outcome.branch, std::nullopt, std::nullopt};
}

void App::try_it() {
  const LessonStop& stop = lesson_->stop();
  if (trial_ || lesson_->hides()) return;
  Trial trial;
  trial.from = stop.state;
  if (!stop.edit.empty()) {
    trial.what = stop.edit;
    trial.intact = trial_end(session().trace(), session().events(), stop.state);
    session().execute({CommandId::run_to, Where::at_state(stop.state)});
    const Outcome edited = execute(session(), CommandId::edit, stop.edit);
    if (!edited.ok()) {
      notice(edited.error.in(ui_.language), true);
      return;
    }
    trial.branch = edited.branch;
  } else if (!stop.opens.empty()) {
    const auto path = std::filesystem::path(run_.source.path).parent_path() / stop.opens;
    auto opened = open_(path.lexically_normal().string());
    if (opened.index() == 1) {
      notice(std::get<1>(opened).sentence.in(ui_.language), true);
      return;
    }
    trial.what = stop.opens;
    trial.from = 0;
    trial.intact = trial_end(session().trace(), session().events(), 0);
    intact_.emplace(std::move(run_));
    show(std::get<0>(std::move(opened)));
  } else {
    return;
  }
  show_trial(std::move(trial));
}

void App::show_trial(Trial trial) {
  session().execute({CommandId::run, {}, StopMask{}});
  trial.changed = trial_end(session().trace(), session().events(), trial.from);
  session().execute({CommandId::run_to, Where::at_state(trial.changed->state)});
  trial_ = std::move(trial);
  ++executed_;
  ui_.notice.clear();
  ui_.desk.bring_forward(PanelId::invariants);
}

void App::leave_out(const LeftOutLine& line) {
  if (lesson_ && lesson_->hides()) {
    notice(kNoChangeYet.str(ui_.language), true);
    return;
  }
  if (!without_ || trial_) {
    notice((trial_ ? kTriedAlready : kCannotRunAgain).str(ui_.language), true);
    return;
  }
  auto opened = without_(run_.source, line);
  if (const auto* const why = std::get_if<NotOpened>(&opened)) {
    notice(why->diagnostics.empty() ? why->sentence.in(ui_.language)
                                    : why->diagnostics.front().message.in(ui_.language),
           true);
    return;
  }
  Trial trial;
  trial.what = fill(kWithout.in(ui_.language), {{"line", line.line}, {"function", line.function}});
  trial.intact = trial_end(session().trace(), session().events(), 0);
  OpenedRun changed = std::get<OpenedRun>(std::move(opened));
  changed.start = run_.start;
  intact_.emplace(std::move(run_));
  show(std::move(changed));
  show_trial(std::move(trial));
  need_characters_of(trial_->what);
}

void App::end_trial() {
  const std::optional<int> branch = trial_->branch;
  trial_.reset();
  ++executed_;
  if (intact_) {
    OpenedRun run = std::move(*intact_);
    intact_.reset();
    show(std::move(run));
    return;
  }
  const bool back = branch && session().execute({CommandId::go_to_branch, BranchId{*branch}}).ok();
  if (back && lesson_ && session().trace().steps() == lesson_->lesson().steps) return;
  // What was tried on top of it is in the way, or was too long to keep: the run is made anew.
  auto opened = open_(path_);
  if (opened.index() == 0) show(std::get<0>(std::move(opened)));
}

}  // namespace gogoscope
