// The machine code of the function at the PC, as Capstone reads the bytes in memory.
#pragma once

#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class DisassemblyPanel final : public Panel {
 public:
  struct Row {
    CodeAddr pc;
    std::string offset;  ///< "+0x23"
    std::string bytes;
    std::string mnemonic;
    std::string operands;
    std::string slot;  ///< what a slot does; empty for an ordinary instruction
    std::uint32_t line = 0;
    bool branch = false;
    bool breakpoint = false;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  CodeAddr current() const { return pc_; }

 private:
  void load(const View& view, const Function& function);
  void draw_row(Frame& frame, const Row& row);

  std::vector<Row> rows_;
  std::string function_;
  FunctionKind kind_ = FunctionKind::real;
  CodeAddr entry_;  ///< of what is loaded
  CodeAddr pc_;
  CodeAddr executed_pc_;
  std::uint32_t line_ = 0;
};

}  // namespace gogoscope
