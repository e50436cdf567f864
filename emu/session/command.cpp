#include "emu/session/command.h"

#include <array>

namespace gogoscope {
namespace {

using enum ArgumentKind;

constexpr std::array kCommands = {
    CommandInfo{CommandId::step, "step", "F11", none, "Run one instruction, or one part of a modelled line",
                "执行一条指令，或建模行中的一小步"},
    CommandInfo{CommandId::back, "back", "Shift+F11", none, "Go back one step", "退回上一步", true},
    CommandInfo{CommandId::step_line, "step-line", "F10", none, "Run to the next line, entering calls",
                "执行到下一行，进入被调函数"},
    CommandInfo{CommandId::back_line, "back-line", "Shift+F10", none,
                "Go back to the start of the previous line", "退回上一行的开头", true},
    CommandInfo{CommandId::step_out, "step-out", "F12", none,
                "Run until this function has returned or is left for good",
                "执行到当前函数返回，或永远离开它"},
    CommandInfo{CommandId::run, "run", "F5", none, "Run to the next breakpoint or the end",
                "运行到下一个断点或结束"},
    CommandInfo{CommandId::run_back, "run-back", "Shift+F5", none,
                "Run backwards to the previous breakpoint or the start", "反向运行到上一个断点或开头", true},
    CommandInfo{CommandId::next_event, "next-event", "F8", none, "Go to just after the next scheduler event",
                "到下一个调度事件之后"},
    CommandInfo{CommandId::last_event, "last-event", "Shift+F8", none,
                "Go back to just after the previous scheduler event", "退回到上一个调度事件之后", true},
    CommandInfo{CommandId::next_handoff, "handoff", "F7", none,
                "Go to just after the next handoff: SP moves onto the stack of the goroutine that runs next",
                "到下一次切换之后：SP 刚移到接下来运行的 goroutine 的栈上"},
    CommandInfo{CommandId::last_handoff, "handoff-back", "Shift+F7", none,
                "Go back to just after the previous handoff", "退回到上一次切换之后", true},
    CommandInfo{CommandId::run_to, "run-to", "Ctrl+G", where, "Go to a state number, a place, or the end",
                "到某个状态编号、某个位置或结束处"},
    CommandInfo{CommandId::back_to, "back-to", "Ctrl+Shift+G", place,
                "Go back to the last time the PC was at a place", "退回到 PC 上一次停在某个位置的时候", true},
    CommandInfo{CommandId::next_write, "next-write", "Ctrl+W", field,
                "Go to just after the next write of a field", "到某个字段下一次被写之后"},
    CommandInfo{CommandId::last_write, "last-write", "Ctrl+Shift+W", field,
                "Go back to just after the last write of a field", "退回到某个字段上一次被写之后", true},
    CommandInfo{CommandId::go_start, "start", "Home", none, "Go to the start", "回到开头", true},
    CommandInfo{CommandId::go_end, "end", "End", none, "Go to the end of what is recorded", "到记录的末尾"},
    CommandInfo{CommandId::toggle_break, "break", "F9", break_spot,
                "Set or clear a breakpoint at a place, or on writes of a field",
                "设置或取消断点：在某个位置，或在某个字段被写之后"},
    CommandInfo{CommandId::set_break, "set-break", "", break_spot,
                "Set a breakpoint; leave it as it is if it is set", "设置断点；已设置则不变"},
    CommandInfo{CommandId::clear_break, "clear-break", "", breakpoint,
                "Clear a breakpoint, by its number, place or field", "按编号、位置或字段取消断点"},
    CommandInfo{CommandId::edit, "edit", "F2", assignment, "Change a register or a field, as a recorded step",
                "修改寄存器或字段（作为一步记录下来）"},
    CommandInfo{CommandId::give_turn, "turn", "Ctrl+B", m, "Let another M move next, as a recorded step",
                "让另一个 M 接下来运行（作为一步记录下来）"},
    CommandInfo{CommandId::undo, "undo", "Ctrl+Z", none,
                "Take back the last edit or turn; the future that it cut off comes back",
                "撤销最后一次修改或换 M；被它切断的未来会回来"},
    CommandInfo{CommandId::redo, "redo", "Ctrl+Shift+Z", none,
                "Make the edit or turn again that was taken back last", "重做最后撤销的修改或换 M"},
    CommandInfo{CommandId::go_to_branch, "branch", "Ctrl+Shift+B", branch,
                "Return to a future that an edit or a turn cut off; the current one is kept in its place",
                "回到因修改或换 M 而被切断的未来；当前的未来会保留在它的位置上"},
};

}  // namespace

std::span<const CommandInfo> commands() { return kCommands; }

const CommandInfo& info(CommandId id) { return kCommands[static_cast<std::size_t>(id)]; }

const CommandInfo* command_by_name(std::string_view name) {
  for (const CommandInfo& command : kCommands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

}  // namespace gogoscope
