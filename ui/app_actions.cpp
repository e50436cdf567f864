// What the user asked of App: actions of the window, commands to the session, and the answers told.
#include <algorithm>

#include "asm/text/fill.h"
#include "emu/session/leaving.h"
#include "ui/app.h"
#include "ui/link.h"

namespace gogoscope {
namespace {

const Words kFutureKept{"steps were cut off; Ctrl+Z brings them back", "步被切断；按 Ctrl+Z 可以找回"};
const Words kUndone{"Taken back; Ctrl+Shift+Z makes the change again.", "已撤销；按 Ctrl+Shift+Z 重做。"};
const Words kRedone{"The change is made again; Ctrl+Z takes it back.", "已重做；按 Ctrl+Z 撤销。"};
const Words kFutureDropped{"steps were cut off, too many to keep", "步被切断，太长，没有保留"};
const Words kWentToBranch{"Back in the future that was cut off here; the panel Futures has the other one.",
                          "回到了在这里被切断的未来；另一个未来在“未来”面板里。"};
const Words kLeavesByJump{
    "{function} never returns: it jumps into what it has loaded, and its frame is given up.",
    "{function} 永不返回：它跳进自己装入的上下文，栈帧就此放弃。"};
const Words kLeavesByCall{
    "{function} never returns: it ends in a call of a function that does not return either, down to gogo.",
    "{function} 永不返回：它最后调用的函数同样不返回，一直到 gogo。"};
const Words kLeadsTo{"Step out leads to {place}, state {state}; press it again to go there.",
                     "跳出会到 {place}，状态 {state}；再按一次前往。"};
const Words kLeadsToEnd{"Step out leads to the end of the run; press it again to go there.",
                        "跳出会一直到运行结束；再按一次前往。"};
const Words kNoPanel{"Put the mouse on a panel first: its text is copied.",
                     "请先把鼠标移到一个面板上：复制的是它的文字。"};
const Words kCopied{"The text of the panel {panel} is copied.", "已复制“{panel}”面板的文字。"};
constexpr int kFramesToCopy = 1;
const Words kBookmarkSet{"A bookmark is set here; PageDown and PageUp go from one to the next.",
                         "已在此设置书签；PageDown 和 PageUp 在书签之间移动。"};
const Words kBookmarkRemoved{"The bookmark is removed.", "已删除书签。"};
const Words kLastBookmark{"That was the last bookmark.", "这是最后一个书签。"};
const Words kFirstBookmark{"That was the first bookmark.", "这是第一个书签。"};
const Words kReasonHidden{"What is right, and why, is not shown from now on, until it is asked for.",
                          "从现在起，作答之后不显示对错和原因，按键时才显示。"};
const Words kReasonStays{"What is right, and why, is always shown again.", "又总是显示对错和原因了。"};
const Words kCaptionIsOfPresenter{"The caption is hidden in presenter mode only.",
                                  "只有在演示模式下才隐藏解说。"};
const Words kCaptionHidden{"The caption is hidden from now on, until it is asked for.",
                           "从现在起不显示解说，按键时才显示。"};
const Words kCaptionStays{"The caption is always shown again.", "又一直显示解说了。"};
const Words kNotWhileTrying{"Bookmarks are of the intact run: go back to it first.",
                            "书签属于完好的运行：请先回去。"};
const Words kNotOfTheRuntime{"Only a line of the runtime can be left out.", "只能去掉运行时的一行。"};
const Words kNoCursor{"Click a line of code first: that is the cursor.", "请先点一行代码：那就是光标。"};

}  // namespace

void App::tell(const Outcome& outcome, const Command& command) {
  const Language language = ui_.language;
  if (!outcome.ok()) {
    notice(std::string(gogoscope::info(command.id).name) + ": " + outcome.error.in(language), true);
    return;
  }
  std::string words;
  if (outcome.stop) {
    for (const StopCause& cause : outcome.stop->causes) {
      words += (words.empty() ? kStopped.str(language) + " " : "; ");
      words += label(cause.reason(), language);
      const Message more = detail(cause, session().guest().code);
      if (!more.empty()) words += " · " + more.in(language);
    }
  }
  if (command.id == CommandId::go_to_branch) {
    words = kWentToBranch.str(language);
  } else if (command.id == CommandId::undo || command.id == CommandId::redo) {
    words = (command.id == CommandId::undo ? kUndone : kRedone).str(language);
  } else if (outcome.cut_off > 0) {
    words =
        std::to_string(outcome.cut_off) + " " + (outcome.branch ? kFutureKept : kFutureDropped).str(language);
  }
  notice(std::move(words), false);
}

bool App::tells_where_it_leads() {
  const Cursor& here = session().cursor();
  if (leads_told_at_ == here.position()) return false;
  const std::optional<Leaving> out = leaving(here);
  if (!out) return false;
  leads_told_at_ = here.position();
  const Words& why = out->jumps ? kLeavesByJump : kLeavesByCall;
  std::string words = fill(why.in(ui_.language), {{"function", out->function->name}});
  words += ui_.language == Language::zh ? "" : " ";
  if (out->recorded) {
    words += fill(kLeadsTo.in(ui_.language),
                  {{"place", session().guest().code.symbolize(out->pc)}, {"state", std::to_string(out->to)}});
  } else {
    words += kLeadsToEnd.str(ui_.language);
  }
  notice(std::move(words), false);
  return true;
}

void App::act(ActionId action) {
  const auto to_cursor = [&](CommandId id) {
    if (ui_.cursor_place == CodeAddr()) {
      notice(kNoCursor.str(ui_.language), true);
    } else {
      Place place = place_of(ui_.cursor_place, session().guest().code);
      if (id == CommandId::back_to) {
        commands_.push_back({id, std::move(place)});
      } else {
        commands_.push_back({id, Where::at_place(std::move(place))});
      }
    }
  };
  switch (action) {
    case ActionId::palette:
      Overlays::close(ui_);
      ui_.palette = true;
      break;
    case ActionId::menu: {
      const bool open = ui_.window_menu;
      Overlays::close(ui_);
      ui_.window_menu = !open;
      break;
    }
    case ActionId::help: {
      const bool open = ui_.help;
      Overlays::close(ui_);
      ui_.help = !open;
      break;
    }
    case ActionId::close:
      if (Overlays::close(ui_)) break;
      if (!press_.focus().empty()) {
        ui_.term_shown.clear();
        press_.clear_focus();
      } else if (trial_) {
        lesson_ ? static_cast<void>(go_to_stop(lesson_->at())) : end_trial();
      } else if (!ui_.selected_g.is_nil()) {
        ui_.selected_g = Addr();
      } else {
        ui_.presenter = false;
      }
      break;
    case ActionId::run_to_cursor:
      to_cursor(CommandId::run_to);
      break;
    case ActionId::back_to_cursor:
      to_cursor(CommandId::back_to);
      break;
    case ActionId::leave_out:
      if (ui_.cursor_place == CodeAddr()) {
        notice(kNoCursor.str(ui_.language), true);
      } else if (const auto line = line_to_leave_out(view_, ui_.cursor_place)) {
        leave_out(*line);
      } else {
        notice(kNotOfTheRuntime.str(ui_.language), true);
      }
      break;
    case ActionId::forward:
    case ActionId::backward:
      turn_page(action == ActionId::backward);
      break;
    case ActionId::play:
    case ActionId::play_backward:
      player_.toggle(action == ActionId::play_backward);
      break;
    case ActionId::play_faster:
      player_.faster();
      break;
    case ActionId::play_slower:
      player_.slower();
      break;
    case ActionId::play_unit:
      player_.next_unit();
      break;
    case ActionId::presenter:
      ui_.presenter = !ui_.presenter;
      // What a room can follow is events, not instructions.
      if (ui_.presenter && player_.unit() == PlayUnit::instruction) player_.set_unit(PlayUnit::event);
      break;
    case ActionId::caption:
      turn_caption();
      break;
    case ActionId::language:
      ui_.language = ui_.language == Language::en ? Language::zh : Language::en;
      break;
    case ActionId::theme:
      ui_.theme = ui_.theme == ThemeId::dark ? ThemeId::light : ThemeId::dark;
      break;
    case ActionId::motion:
      ui_.motion = !ui_.motion;
      break;
    case ActionId::bigger:
      ui_.zoom = std::min(ui_.zoom + 0.1F, kMostZoom);
      break;
    case ActionId::smaller:
      ui_.zoom = std::max(ui_.zoom - 0.1F, kLeastZoom);
      break;
    case ActionId::copy_picture:
      picture_wanted_ = true;
      break;
    case ActionId::copy_text:
      copy_text_of_panel();
      break;
    case ActionId::go_to_memory:
      Overlays::close(ui_);
      ui_.palette = true;
      ui_.palette_text = "0x";
      break;
    case ActionId::open_file:
    case ActionId::start_page:
      Overlays::close(ui_);
      ui_.start = action == ActionId::open_file ? StartMode::files : StartMode::page;
      break;
    case ActionId::goroutines:
      ui_.only_user_goroutines = !ui_.only_user_goroutines;
      ++executed_;
      break;
    case ActionId::bookmark:
      set_or_remove_bookmark();
      break;
    case ActionId::first_moment:
      go_to_first_moment();
      break;
    case ActionId::reload:
      reload();
      break;
    case ActionId::lesson:
      lesson_ ? leave_lesson() : begin_lesson();
      break;
    case ActionId::skip_question:
      carry_out({LessonWish::Kind::skip, 0, {}});
      break;
    case ActionId::export_answers:
      export_answers();
      break;
    case ActionId::forget_layout:
      shares_ = LayoutShares();
      ui_.desk = Desk();
      ui_.zoom = 1;
      break;
    case ActionId::quit:
      quit_wanted_ = true;
      break;
  }
}

void App::turn_caption() {
  const std::uint64_t here = session().cursor().position();
  if (!ui_.presenter) {
    notice(kCaptionIsOfPresenter.str(ui_.language), false);
  } else if (!ui_.caption_hidden) {
    ui_.caption_hidden = true;
    ui_.caption_asked_at.reset();
    notice((lesson_ ? kReasonHidden : kCaptionHidden).str(ui_.language), false);
  } else if (lesson_ ? !ui_.unsaid.empty() : ui_.caption_asked_at != here) {
    ui_.caption_asked_at = here;
    ui_.unsaid.clear();
  } else {
    ui_.caption_hidden = false;
    notice((lesson_ ? kReasonStays : kCaptionStays).str(ui_.language), false);
  }
}

void App::copy_text_of_panel() {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (const PanelInfo* focused = panel_by_name(press_.focus_group())) ui_.copy_text = focused->id;
  for (const auto& [id, rect] : anchors_.panels) {
    const bool on_it =
        mouse.x >= rect.min.x && mouse.x < rect.max.x && mouse.y >= rect.min.y && mouse.y < rect.max.y;
    if (on_it) ui_.copy_text = id;
  }
  if (!ui_.copy_text) {
    notice(kNoPanel.str(ui_.language), true);
    return;
  }
  unsettled_ = kFramesToCopy;
  notice(fill(kCopied.in(ui_.language),
              {{"panel", std::string(gogoscope::info(*ui_.copy_text).title.in(ui_.language))}}),
         false);
}

void App::turn_page(bool backwards) {
  if (turn_page_of_lesson(backwards)) return;
  if (bookmarks_.all().empty()) {
    commands_.push_back({player_.step(backwards)});
    return;
  }
  const std::uint64_t here = session().cursor().position();
  const Bookmark* to = backwards ? bookmarks_.before(here) : bookmarks_.after(here);
  if (to == nullptr) {
    notice((backwards ? kFirstBookmark : kLastBookmark).str(ui_.language), false);
  } else {
    commands_.push_back({CommandId::run_to, Where::at_state(to->state)});
  }
}

void App::set_or_remove_bookmark() {
  if (trial_) {
    notice(kNotWhileTrying.str(ui_.language), true);
    return;
  }
  const std::uint64_t here = session().cursor().position();
  if (bookmarks_.at(here) == nullptr) {
    ui_.palette = true;
    ui_.palette_text = std::string(gogoscope::info(ActionId::bookmark).name) + " ";
    return;
  }
  bookmarks_.remove(here);
  ++executed_;
  notice(kBookmarkRemoved.str(ui_.language), false);
}

bool App::typing() const {
  return ui_.palette || ui_.start != StartMode::none || ImGui::GetIO().WantTextInput;
}

bool App::execute_queued() {
  if (commands_.empty() && ui_.actions.empty() && ui_.to_open.empty() && !ui_.new_bookmark &&
      ui_.lesson.empty() && !ui_.leave_out)
    return false;
  unsettled_ = std::max(unsettled_, 1);
  if (const std::string path = std::exchange(ui_.to_open, {}); !path.empty()) open(path);
  if (auto bookmark = std::exchange(ui_.new_bookmark, {}); bookmark && !trial_) {
    bookmark->state = session().cursor().position();
    need_characters_of(bookmark->name);
    bookmarks_.set(*std::move(bookmark));
    ++executed_;
    notice(kBookmarkSet.str(ui_.language), false);
  }
  if (const auto line = std::exchange(ui_.leave_out, {})) leave_out(*line);
  for (const ActionId action : std::exchange(ui_.actions, {})) act(action);
  const std::vector<Command> queue = std::exchange(commands_, {});
  for (const LessonWish& wish : std::exchange(ui_.lesson, {})) carry_out(wish);
  for (const Command& command : queue) {
    ++executed_;
    if (lesson_refuses(command)) continue;
    if (command.id == CommandId::step_out && tells_where_it_leads()) continue;
    session().set_watch(watch_);
    const Outcome outcome = session().execute(command);
    session().set_watch({});
    if (back_to_horizon(outcome.from)) continue;
    note_edit(command, outcome);
    tell(outcome, command);
  }
  come_to_bookmark();
  return true;
}

void App::come_to_bookmark() {
  const Bookmark* const here = bookmarks_.at(session().cursor().position());
  if (here == nullptr) {
    spoken_of_.reset();
    return;
  }
  if (std::exchange(spoken_of_, *here) == *here || here->note.empty()) return;
  ui_.to_print = std::to_string(bookmarks_.number_of(*here)) + "/" + std::to_string(bookmarks_.all().size()) +
                 "  " + here->name + "\n" + here->note + "\n\n";
}

}  // namespace gogoscope
