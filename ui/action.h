// What a user can ask of the window itself: language, theme, palette, play. None of it touches the session;
// what does is a Command. One table, from which shortcuts, palette and help are drawn.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "asm/text/language.h"

namespace gogoscope {

enum class ActionId : std::uint8_t {
  palette,
  menu,  ///< of the window: files, and what a narrow toolbar leaves out
  help,
  close,          ///< the overlay on top; else the keyboard's focus; else presenter mode
  run_to_cursor,  ///< the line that was clicked
  back_to_cursor,
  leave_out,  ///< the line that was clicked, in a run beside this one
  forward,    ///< to the next bookmark, or by what is played: a remote's next
  backward,   ///< a remote's previous
  play,
  play_backward,
  play_faster,
  play_slower,
  play_unit,  ///< instruction, line, event, handoff in turn
  presenter,
  caption,  ///< of presenter mode: hidden until it is asked for
  language,
  theme,
  motion,
  bigger,
  smaller,
  copy_picture,
  copy_text,
  go_to_memory,
  open_file,
  start_page,
  goroutines,    ///< all, or only those of the user's program
  bookmark,      ///< sets one at this moment, or takes it away
  first_moment,  ///< the one that a scenario opens at
  reload,
  lesson,          ///< plays the lesson of the file shown, or leaves it
  skip_question,   ///< the open one of the lesson
  export_answers,  ///< of the lesson, to a file
  forget_layout,   ///< sizes and tabs as they were at first
  quit,
};

struct ActionInfo {
  ActionId id;
  std::string_view name;      ///< "play-faster"; what the palette takes
  std::string_view shortcut;  ///< "Ctrl+P"; empty if none
  TextView help;
};

/// All actions, in the order of menus.
std::span<const ActionInfo> actions();
const ActionInfo& info(ActionId id);
const ActionInfo* action_by_name(std::string_view name);

}  // namespace gogoscope
