// The text that the PC is in, or the one a link led to: an assembly listing, the Go lines of a modelled
// function, or a file that a program was made of.
//
// The gutter sets breakpoints; a click on a line makes it the cursor, to which one can run in both
// directions.
#pragma once

#include <string>
#include <vector>

#include "ui/highlight.h"
#include "ui/link.h"

namespace gogoscope {

class SourcePanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::source;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  /// 0 while the PC is in another file. The text may lack it: the file is not there, or is another one now.
  std::uint32_t current_line() const { return current_line_; }
  const std::string& file() const { return file_; }

 private:
  struct Line {
    std::string text;  ///< tabs expanded
    std::vector<Span> spans;
    CodeAddr pc;            ///< of its first instruction, 0 if it has none
    Target here;            ///< the same as a place: "runtime.gogo+0x23"
    bool in_shown = false;  ///< it belongs to the function shown
    bool breakpoint = false;
    bool cursor = false;
  };
  void clear();
  void load(const Code& code, std::uint32_t source, Language language);
  void find_places(const Code& code);
  void draw_highlight(Frame& frame, ImVec2 top_left, float width) const;
  void draw_line(Frame& frame, std::uint32_t number);
  void scroll(const Frame& frame, float height) const;

  std::int64_t source_ = -1;          ///< index of what is loaded
  Language language_ = Language::en;  ///< of its comments
  std::vector<Line> lines_;
  std::string file_;  ///< the last part of its path
  std::string path_;
  std::string function_;
  FunctionKind kind_ = FunctionKind::real;
  std::uint32_t current_line_ = 0;
  std::uint32_t last_line_ = 0;    ///< current_line_ of the moment before; where the highlight comes from
  std::uint32_t linked_line_ = 0;  ///< the line that a link led to
};

}  // namespace gogoscope
