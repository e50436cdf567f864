// One stack as a column of words, high addresses on top: what the Stacks panel shows, and how it is drawn.
//
//   [ tags ][ address  value            label ][ arcs ]
//
// Short of room, the address goes last and the old value of a changed word first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emu/session/views/stack.h"
#include "ui/link.h"

namespace gogoscope {

/// What is beside a word, in the language shown.
struct StackLabel {
  std::string text;    ///< "→ goexit1+0x36", "saved BP", "gp = g2"
  std::string scope;   ///< "goexit0.", of an argument: before the text where there is room
  std::string note;    ///< a second line, where a word must not be misread: the forged return address
  bool unset = false;  ///< a local that no line has set yet
  Target target;       ///< of the value
};

struct StackColumn : StackView {
  std::vector<StackLabel> labels;  ///< one for each word
  bool pinned = false;             ///< it is shown because it was chosen
  std::string
      news;  ///< what the executed step changed and the column does not list: "g4 …77a8", "…77a8" of its own
  Target news_target;
  const StackLabel& label(const StackCell& word) const {
    return labels[static_cast<std::size_t>(&word - words.data())];
  }
};

/// `id` names the panel in tests and the child window in ImGui.
void draw_stack_column(Frame& frame, const StackColumn& column, Rect rect, std::string_view id, Color accent);

}  // namespace gogoscope
