// The text that the PC stands in: an assembly listing, or the Go lines of a modelled function.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ui/highlight.h"
#include "ui/panel.h"

namespace gogoscope {

class SourcePanel final : public Panel {
 public:
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  std::uint32_t current_line() const { return current_line_; }
  const std::string& file() const { return file_; }

 private:
  struct Line {
    std::string text;  ///< tabs expanded
    std::vector<Span> spans;
    CodeAddr pc;  ///< of its first instruction, 0 if it has none
    bool breakpoint = false;
  };
  void load(const Code& code, std::uint32_t source);
  void draw_line(Frame& frame, std::uint32_t number, bool current);

  const Code* code_ = nullptr;
  std::int64_t source_ = -1;  ///< index of what is loaded
  std::vector<Line> lines_;
  std::map<CodeAddr, std::uint32_t> line_at_;
  std::string file_;
  std::string function_;
  FunctionKind kind_ = FunctionKind::real;
  std::uint32_t current_line_ = 0;
  bool prologue_ = false;
};

}  // namespace gogoscope
