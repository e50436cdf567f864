// What App shows and keeps: the file it was opened with, and what the user has chosen.
#include <algorithm>
#include <filesystem>

#include "emu/session/arrival.h"
#include "emu/session/command_text.h"
#include "ui/app.h"

namespace gogoscope {
namespace {

const Words kReloaded{"The scenario file was read again.", "已重新读取场景文件。"};
const Words kOpened{"Opened where the first goroutine runs; Home goes to the boot.",
                    "已打开到第一个 goroutine 开始运行之处；按 Home 回到启动。"};
const Words kOpenedAtStart{"Opened where the scenario starts; Home goes to the boot.",
                           "已打开到场景指定的起点；按 Home 回到启动。"};
const Words kOpenedAtMain{"Opened at main.main; Home goes to the first instruction.",
                          "已打开到 main.main；按 Home 回到第一条指令。"};
const Words kNothingToReload{"This run was not read from a file.", "这次运行不是从文件读取的。"};

}  // namespace

void App::show(OpenedRun run) {
  // What panels derived points into the old run: it must not outlive it.
  panels_ = Panels();
  overlays_.reset();
  horizon_ = Horizon();
  commands_.clear();
  player_.pause();
  run_ = std::move(run);
  errors_.clear();
  broken_text_.clear();
  ui_.selected_g = Addr();
  ui_.registers_of.reset();
  ui_.memory_at = Addr();
  ui_.menu.reset();
  ui_.cursor_place = CodeAddr();
  leads_told_at_.reset();
  shown_ = Key();
  fonts_scale_ = 0;  // it may hold other characters
  if (!run_.warning.empty()) notice(run_.warning.in(ui_.language), true);
  refresh();
}

void App::go_to_first_moment() {
  if (run_.lesson && run_.lesson_problem.empty()) {
    begin_lesson();
    return;
  }
  session().execute({CommandId::go_start});
  if (run_.start) {
    if (*run_.start > 0) session().execute({CommandId::run_to, Where::at_state(*run_.start)});
    const bool program = !session().guest().code.rows().empty();
    notice((program ? kOpenedAtMain : kOpenedAtStart).str(ui_.language), false);
    return;
  }
  const Code& code = session().guest().code;
  Cursor cursor(session().trace());
  while (!cursor.at_end()) {
    const Function* function = code.place(cursor.state().pc()).function;
    if (function != nullptr && function->kind == FunctionKind::task) break;
    cursor.forward();
  }
  if (cursor.at_end() || cursor.position() == 0) return;
  session().execute({CommandId::run_to, Where::at_state(cursor.position())});
  notice(kOpened.str(ui_.language), false);
}

void App::remember(const std::string& path) {
  if (path.empty()) return;
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(path, error);
  const std::string kept = error ? path : whole.string();
  std::erase(ui_.recent, kept);
  ui_.recent.insert(ui_.recent.begin(), kept);
  if (ui_.recent.size() > kMostRecent) ui_.recent.resize(kMostRecent);
}

void App::set_bookmarks(const std::vector<Bookmark>& bookmarks) {
  bookmarks_ = Bookmarks();
  for (const Bookmark& bookmark : bookmarks) bookmarks_.set(bookmark);
  ++executed_;
  fonts_scale_ = 0;  // names may hold other characters
}

void App::open(const std::string& path) {
  const bool another = path != path_;
  path_ = path;
  ui_.path = path;
  unsettled_ = 1;
  std::optional<StopLeft> left = std::exchange(stop_left_, std::nullopt);
  if (lesson_) left = stop_shown();
  if (another) left.reset();
  auto opened = open_(path);
  if (opened.index() == 0) {
    OpenedRun run = std::move(std::get<0>(opened));
    run.session->execute({CommandId::go_start});
    ui_.notice.clear();
    remember(path);
    if (another) bookmarks_ = Bookmarks();
    lesson_.reset();
    trial_.reset();
    intact_.reset();
    show(std::move(run));
    if (another) go_to_first_moment();
    if (left) take_up_lesson(*left);
    return;
  }
  NotOpened& why = std::get<1>(opened);
  if (trial_ && !lesson_) end_trial();
  leave_lesson();
  stop_left_ = left;
  panels_.outdate();
  errors_ = std::move(why.diagnostics);
  broken_text_ = std::move(why.text);
  fonts_scale_ = 0;
  shown_ = Key();
  if (errors_.empty()) {
    std::erase(ui_.recent, path);
    notice(why.sentence.in(ui_.language), true);
    return;
  }
  remember(path);
  const Diagnostic& first = errors_.front();
  notice(first.file + ":" + std::to_string(first.line) + ": " + first.message.in(ui_.language), true);
  ui_.desk.bring_forward(PanelId::scenario);
  ui_.presenter = false;
}

std::optional<Place> App::place_shown() {
  const Cursor& here = session().cursor();
  const Code& code = session().guest().code;
  Place place = place_of(here.state().pc(), code);
  const auto addresses = resolve(place, code);
  if (place.function.empty() || addresses.index() == 1) return std::nullopt;
  place.visit = 0;
  Cursor cursor(session().trace());
  for (;;) {
    if (arrives_at(std::get<0>(addresses), cursor)) ++place.visit;
    if (cursor.position() >= here.position() || !cursor.forward()) break;
  }
  place.counted = true;
  return place.visit == 0 ? std::nullopt : std::optional(place);
}

void App::reload() {
  if (path_.empty()) {
    notice(kNothingToReload.str(ui_.language), false);
    return;
  }
  const bool same_file = path_ == run_.source.path;
  const std::uint64_t position = same_file ? session().cursor().position() : 0;
  const std::optional<Place> place = same_file ? place_shown() : std::nullopt;
  const std::vector<std::string> kept = breakpoints();
  const bool was_broken = !errors_.empty();
  const bool at_stop = lesson_ ? stop_shown().there : stop_left_ && stop_left_->there;
  open(std::string(path_));
  if (!errors_.empty()) return;
  set_breakpoints(kept);
  if (position > 0 && !(lesson_ && at_stop)) {
    // The same visit to the same place; where there is none, as many steps.
    const bool found = place && session().execute({CommandId::run_to, Where::at_place(*place)}).ok();
    const std::uint64_t there = std::min(position, session().trace().steps());
    if (!found) session().execute({CommandId::run_to, Where::at_state(there)});
    back_to_horizon(0);
  }
  if (was_broken) ui_.desk.bring_forward(PanelId::source);
  if (run_.warning.empty()) notice(kReloaded.str(ui_.language), false);
}

Settings App::settings() const {
  Settings kept;
  kept.language = ui_.language;
  kept.theme = ui_.theme;
  kept.motion = ui_.motion;
  kept.zoom = ui_.zoom;
  kept.shares = shares_;
  kept.desk = ui_.desk;
  kept.recent = ui_.recent;
  return kept;
}

void App::apply(const Settings& settings) {
  ui_.language = settings.language;
  ui_.theme = settings.theme;
  ui_.motion = settings.motion;
  ui_.zoom = std::clamp(settings.zoom, kLeastZoom, kMostZoom);
  ui_.desk = settings.desk;
  ui_.recent = settings.recent;
  remember(path_);
  shares_ = within_limits(settings.shares);
}

std::vector<std::string> App::breakpoints() const {
  std::vector<std::string> texts;
  for (const Breakpoint& breakpoint : run_.session->breakpoints()) texts.push_back(breakpoint.text);
  return texts;
}

void App::set_breakpoints(const std::vector<std::string>& places) {
  // A place that the scenario does not have any more is left out: it cannot be reached.
  for (const std::string& place : places) execute(session(), CommandId::set_break, place);
  ++executed_;
}

}  // namespace gogoscope
