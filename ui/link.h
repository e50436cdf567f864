// Links: everything with an address can be pressed, and offers what can be done with it.
//
//   link(frame, "registers.rsp.value", rect, row.target);
//
// A left click goes to the target (selects a g, shows a struct, shows memory, shows code); a right click
// opens its menu: go to, last write, next write, break, change, watch, copy.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

/// What a link refers to. Made when a panel is rebuilt, kept with its row.
struct Target {
  enum class Kind : std::uint8_t { none, code, field, entity, memory, moment, reg };
  Kind kind = Kind::none;
  std::string text;         ///< "runtime.gogo+0x23", "g2.sched.sp", "g2": what commands and copy take
  Addr addr;                ///< of code, field, entity, memory
  std::uint32_t size = 0;   ///< bytes of a field
  std::uint64_t state = 0;  ///< of a moment
  /// "rsp", "g2.sched.sp": whose value it is, where that can be changed.
  std::string held_in = {};
  explicit operator bool() const { return kind != Kind::none; }
};

/// What a value points at: code, a g, m or p, a field, a stack word; none for plain numbers.
Target target_of_value(const View& view, std::uint64_t value);
/// A field by its path, "g2.sched.sp".
Target target_of_field(std::string path, Addr addr, std::uint32_t size);
Target target_of_entity(const Entity& entity);
Target target_of_memory(Addr addr);
Target target_of_moment(std::uint64_t state);
Target target_of_register(Reg reg);
/// What a value points at, if it does, as the value of a register or field.
Target target_of_value_in(const View& view, std::uint64_t value, std::string held_in);

/// Underlines the area when hovered and acts on clicks. Does nothing for a target of kind none.
Pressed link(Frame& frame, std::string_view name, Rect rect, const Target& target);

/// Opens a target's menu at the mouse, or where the keyboard's focus is.
void open_menu(Frame& frame, const Target& target);

/// One line of a link's menu.
struct MenuItem {
  std::string name;                            ///< "last-write": for tests
  std::string words;                           ///< in the language shown
  std::optional<Command> command;              ///< what it executes; or, where there is none:
  bool goes_to = false;                        ///<   it goes to the target
  std::string copy;                            ///<   it copies this
  std::string types = {};                      ///<   it opens the palette with this
  std::string watches = {};                    ///<   it puts this on the watch list
  std::optional<LeftOutLine> leaves_out = {};  ///<   it shows the run without this line
};
/// The line of the runtime at a PC; nothing where there is none, or where it cannot be named.
std::optional<LeftOutLine> line_to_leave_out(const View& view, CodeAddr pc);
std::vector<MenuItem> menu_of(const Target& target, const View& view, const UiState& ui);

/// What a left click does: shows the target where it is best seen.
void go_to(const Target& target, const View& view, UiState& ui, std::vector<Command>& commands);

}  // namespace gogoscope
