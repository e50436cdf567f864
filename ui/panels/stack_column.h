// One stack as a column of words, high addresses on top: what the Stacks panel shows, and how it is drawn.
//
//   [ tags ][ address  value            label ][ arcs ]
//
// Short of room, the address goes last and the old value of a changed word first.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emu/layout/word_role.h"
#include "ui/link.h"

namespace gogoscope {

struct StackCell {
  Addr addr;
  std::uint64_t value = 0;
  WordRole role = WordRole::plain;
  std::string label;  ///< "→ goexit1+0x36", "saved BP", "gp = g2"
  std::string scope;  ///< "goexit0.", of an argument: stands before the label where there is room
  std::string note;   ///< a second line, where a word must not be misread: the forged return address
  bool free = false;  ///< below SP
  bool changed = false;
  std::uint64_t old_value = 0;
  int frame = -1;  ///< which frame it belongs to, from the innermost; -1: none known
  Target target;   ///< of the value
};

/// A tag that points at a word.
struct StackTag {
  Addr at;
  std::string text;
  bool live = true;  ///< a register; otherwise a value saved in a gobuf
  Color color = Color::yellow;
};

/// The name of a frame, above its highest word.
struct StackFrame {
  std::string name;
  std::size_t first = 0;  ///< index of that word
  bool innermost = false;
};

/// A saved BP and the word of the same stack that it points to, as indices of words.
struct StackArc {
  std::size_t from = 0;
  std::size_t to = 0;
  bool innermost = false;
};

struct StackColumn {
  std::string name;     ///< "g0"; empty if there is no such goroutine
  bool active = false;  ///< SP lies on this stack
  Addr sp;
  std::optional<Addr> old_sp;  ///< where the executed step found SP, if that was on this stack too
  Addr lo;
  Addr hi;
  std::vector<StackCell> words;    ///< from stack.hi downwards
  std::vector<StackFrame> frames;  ///< from the innermost; those whose words are listed
  std::vector<StackArc> arcs;      ///< from the innermost
  std::vector<StackTag> tags;
  std::uint64_t left_out = 0;  ///< words above the first one listed
};

/// `id` names the panel in tests and the child window in ImGui.
void draw_stack_column(Frame& frame, const StackColumn& column, Rect rect, std::string_view id, Color accent);

}  // namespace gogoscope
