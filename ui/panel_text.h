// What a panel shows, as text: the words that it draws, in lines, from top to bottom and from left to right.
//
//   TextOfPanel text;
//   panel.draw(frame, rect);
//   clipboard = text.take();
#pragma once

#include <string>
#include <vector>

#include "ui/draw.h"

namespace gogoscope {

/// Listens to what is drawn for as long as it lives.
class TextOfPanel {
 public:
  TextOfPanel();
  ~TextOfPanel();
  TextOfPanel(const TextOfPanel&) = delete;
  TextOfPanel& operator=(const TextOfPanel&) = delete;

  std::string take();

 private:
  struct Piece {
    std::string text;
    Rect where;
    float space;  ///< width of a character there
  };
  std::vector<Piece> pieces_;
  draw::TextObserver before_;
};

}  // namespace gogoscope
