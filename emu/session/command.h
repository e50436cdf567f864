// The commands of a session: one table, from which menu, shortcuts, palette and help are drawn.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace gogoscope {

enum class CommandId : std::uint8_t {
  step,          ///< one instruction or slot on
  back,          ///< one instruction or slot back
  step_line,     ///< to the next Go line or assembly line, into calls
  back_line,     ///< to the start of the last line
  step_out,      ///< until the function has returned, or has been left for good
  run,           ///< on to the next stop: breakpoint, end of the program, fault
  run_back,      ///< back to the last breakpoint, or the start
  next_event,    ///< to just after the next scheduler event
  last_event,    ///< to just after the event before
  next_handoff,  ///< to just after SP has moved onto the stack of the next goroutine to run (gogo)
  last_handoff,  ///< back to just after the handoff before
  run_to,        ///< argument: WHERE, searched from here on (a state number may lie behind)
  back_to,       ///< argument: place; back to the last moment at which the PC stood there
  next_write,    ///< argument: field; to just after the next store to it
  last_write,    ///< argument: field; back to just after the last store to it
  go_start,      ///< state 0
  go_end,        ///< the last state recorded
  toggle_break,  ///< argument: place, or a field: then `run` stops just after each store to it
  edit,          ///< argument: "rax = 5", "g2.param = 0x10"; a recorded step
  give_turn,     ///< argument: an M that can move; a recorded step
};

enum class ArgumentKind : std::uint8_t { none, where, field, place, assignment, m };

struct CommandInfo {
  CommandId id;
  std::string_view name;      ///< "step-line"; what a palette and a script type
  std::string_view shortcut;  ///< "F10", "Shift+F10"; empty if none
  ArgumentKind argument;
  std::string_view help_en;
  std::string_view help_zh;
  bool backwards = false;
};

/// All commands, in the order of menus.
std::span<const CommandInfo> commands();
const CommandInfo& info(CommandId id);
const CommandInfo* command_by_name(std::string_view name);

struct Command {
  CommandId id = CommandId::step;
  std::string argument;
};

}  // namespace gogoscope
