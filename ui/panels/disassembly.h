// The machine code of the function at the PC, or of the one a link led to, as Capstone reads the bytes in
// memory.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class DisassemblyPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::disassembly;
  struct Row {
    CodeAddr pc;
    std::string offset;  ///< "+0x23"
    std::string bytes;
    std::string mnemonic;
    std::string operands;
    std::string slot;  ///< what a slot does; empty for an ordinary instruction
    LineRef line;
    bool of_line = false;  ///< of the line that PC is in
    bool branch = false;
    bool breakpoint = false;
    bool cursor = false;
    Target here;
    Target target;  ///< of a direct branch or call
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  CodeAddr current() const { return current_; }

 private:
  void load(const View& view, const Function& function, Language language);
  void mark_line(const Code& code);
  void draw_row(Frame& frame, const Row& row);
  void scroll(const Frame& frame, float height) const;

  std::vector<Row> rows_;
  std::string function_;
  FunctionKind kind_ = FunctionKind::real;
  Language language_ = Language::en;  ///< of what slots are called
  CodeAddr entry_;                    ///< of what is loaded
  CodeAddr pc_;
  CodeAddr current_;  ///< the instruction at PC; at the end of a run, the one before it
  CodeAddr linked_;   ///< where a link led to; 0: nowhere
};

}  // namespace gogoscope
