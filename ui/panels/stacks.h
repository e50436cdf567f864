// Two stacks side by side: g0's and that of the current goroutine (or of the one selected). High addresses
// stand on top. What lies below SP is free, and still shown: it is what the last call left behind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/layout/entities.h"
#include "ui/panel.h"

namespace gogoscope {

class StacksPanel final : public Panel {
 public:
  struct Word {
    Addr addr;
    std::uint64_t value = 0;
    std::string label;  ///< "return to main.main+0x1d", "goexit0.gp", "g2"
    bool free = false;  ///< below SP
    bool changed = false;
    std::uint64_t old_value = 0;
    int frame = -1;  ///< which frame it belongs to, from the innermost; -1: none known
  };
  /// A tag that points at a word.
  struct Tag {
    Addr at;
    std::string text;
    bool live = true;  ///< a register; otherwise a value saved in a gobuf
    Color color = Color::yellow;
  };
  struct Column {
    std::string name;     ///< "g0"; empty if there is no such goroutine
    bool active = false;  ///< SP lies on this stack
    Addr sp;
    Addr lo;
    Addr hi;
    std::vector<Word> words;  ///< from stack.hi downwards
    std::vector<Tag> tags;
    std::uint64_t left_out = 0;  ///< words above the first one listed
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const Column& system() const { return columns_[0]; }
  const Column& goroutine() const { return columns_[1]; }

 private:
  Column column_of(const View& view, const Entities& entities, const Entity& g) const;
  void draw_column(Frame& frame, const Column& column, Rect rect, const char* id, Color accent);
  void draw_edge(Frame& frame, const Column& column);
  void draw_tags(Frame& frame, const Column& column, Addr from, Rect line);
  void draw_word(Frame& frame, const Column& column, const Word& word, Color accent);

  Column columns_[2];
};

}  // namespace gogoscope
