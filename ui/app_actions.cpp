// What the user asked of App: actions of the window, commands to the session, and the answers told.
#include <algorithm>

#include "ui/app.h"

namespace gogoscope {
namespace {

const Words kFutureKept{"steps were cut off; Ctrl+Z goes back to them", "步被切断；按 Ctrl+Z 可以回去"};
const Words kFutureDropped{"steps were cut off, too many to keep", "步被切断，太长，没有保留"};
const Words kWentToBranch{"Back in the future that was cut off here; Ctrl+Z goes to the other one.",
                          "回到了在这里被切断的未来；按 Ctrl+Z 去另一个未来。"};
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
  } else if (outcome.cut_off > 0) {
    words =
        std::to_string(outcome.cut_off) + " " + (outcome.branch ? kFutureKept : kFutureDropped).str(language);
  }
  notice(std::move(words), false);
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
        press_.clear_focus();
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
    case ActionId::forward:
    case ActionId::backward:
      commands_.push_back({player_.step(action == ActionId::backward)});
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
    case ActionId::reload:
      reload();
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

bool App::execute_queued() {
  if (commands_.empty() && ui_.actions.empty()) return false;
  for (const ActionId action : std::exchange(ui_.actions, {})) act(action);
  const std::vector<Command> queue = std::exchange(commands_, {});
  for (const Command& command : queue) {
    tell(session().execute(command), command);
    ++executed_;
  }
  return true;
}

}  // namespace gogoscope
