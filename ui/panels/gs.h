// The table of goroutines: who exists, in which status, on which M, and what names it: m.curg,
// the TLS slot, a run queue, a free list. Which of them is "the current g", and when do they disagree?.
#pragma once

#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class GsPanel final : public Panel {
 public:
  struct Cell {
    std::string text;
    bool changed = false;  ///< the executed step stored into this field
  };
  struct Row {
    Addr g;
    std::string name;
    bool current = false;  ///< the g in the TLS slot of the thread shown
    std::uint32_t status_number = 0;
    Cell goid, status, m, sp, pc;
    std::string named_by;  ///< "m0.curg, TLS", "p0.runnext", "p0.gFree"
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  const Row* row(std::string_view name) const;

 private:
  void draw_row(Frame& frame, const Row& row, const float* columns);

  std::vector<Row> rows_;
};

}  // namespace gogoscope
