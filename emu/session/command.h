// The commands of a session: one table, from which menu, shortcuts, palette and help are drawn. A command
// carries its argument as a value; what people type is read by emu/session/command_text.h.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "emu/guest/registers.h"
#include "emu/session/place.h"

namespace gogoscope {

enum class CommandId : std::uint8_t {
  step,          ///< one instruction or slot on
  back,          ///< one instruction or slot back
  step_line,     ///< to the next Go line or assembly line, into calls
  back_line,     ///< to the start of the last line
  step_out,      ///< until the function has returned, or has been left for good
  run,           ///< on to the next stop (Command::stops), or the end
  run_back,      ///< back to the last stop, or the start
  next_event,    ///< to just after the next scheduler event
  last_event,    ///< to just after the event before
  next_handoff,  ///< to just after SP has moved onto the stack of the next goroutine to run (gogo)
  last_handoff,  ///< back to just after the handoff before
  run_to,        ///< Where, searched from here on (a state number may be earlier)
  back_to,       ///< Place; back to the last moment at which the PC was there
  next_write,    ///< FieldPath; to just after the next store to it
  last_write,    ///< FieldPath; back to just after the last store to it
  go_start,      ///< state 0
  go_end,        ///< the last state recorded
  toggle_break,  ///< Place, or FieldPath: then `run` stops just after each store to it
  set_break,     ///< the same; does nothing where one is set
  clear_break,   ///< the same, or BreakpointId; does nothing where none is set
  edit,          ///< Assignment; a recorded step
  give_turn,     ///< MId, one that can move; a recorded step
  undo,          ///< takes the last edit or given turn out of the record; the future it cut off comes back
  redo,          ///< makes the record again what undo took out last
  go_to_branch,  ///< BranchId, or none for the future cut off last: makes that the record again
};

enum class ArgumentKind : std::uint8_t {
  none,
  where,
  field,
  place,
  break_spot,
  breakpoint,
  assignment,
  m,
  branch
};

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

/// A path as it is typed, "g2.sched.sp"; what it names depends on the moment.
struct FieldPath {
  std::string text;
};

/// "rax = 5", "g2.param = g3". A name as the value is that of a g, m, p or symbol at the moment.
struct Assignment {
  std::variant<Reg, FieldPath> target;
  std::variant<std::uint64_t, std::string> value;
};

struct MId {
  int number = 0;
};
struct BreakpointId {
  int number = 0;
  bool operator==(const BreakpointId&) const = default;
};
struct BranchId {
  int number = 0;
};

/// Where a breakpoint is set.
using BreakSpot = std::variant<Place, FieldPath>;

using CommandArgument =
    std::variant<std::monostate, Where, Place, FieldPath, Assignment, MId, BreakpointId, BranchId>;

/// What makes `run` and `run_back` stop before they come to an end.
struct StopMask {
  bool breakpoints = false;
  bool invariants = false;  ///< a step that breaks one
};

struct Command {
  CommandId id = CommandId::step;
  CommandArgument argument = {};
  /// Without one, `run` stops at both, and `run_back` at breakpoints.
  std::optional<StopMask> stops = std::nullopt;
};

}  // namespace gogoscope
