// The table of goroutines: which exist, in which status, on which M, and what names it: m.curg,
// the TLS slot, a run queue, a free list. Which of them is "the current g", and when do they disagree?
//
// Cost: rebuilding is linear in the number of gs; a frame draws only the rows in sight.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class GsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::gs;
  struct Cell {
    std::string text;
    bool changed = false;  ///< the executed step stored into this field
  };
  struct Row {
    Addr g;
    std::string name;
    bool current = false;  ///< the one that the thread shown runs on
    std::uint32_t status_number = 0;
    Cell goid, status, m, sp, pc;
    std::string runs;      ///< of a program: the function that the goroutine runs
    std::string named_by;  ///< "m0.curg, TLS", "p0.runnext", "p0.gFree"
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  const Row* row(std::string_view name) const;

 private:
  /// Where each column is in a row, in pixels; a column without a width is left out.
  struct Columns {
    std::array<float, 8> left{};
    std::array<float, 8> width{};
    float gloss = 0;  ///< room for a word on the status, after it
  };
  Columns columns_for(const Frame& frame, float width) const;
  void scroll(const Frame& frame, float height, float above) const;
  void draw_row(Frame& frame, const Row& row, const Columns& columns);

  std::vector<Row> rows_;
  bool with_runs_ = false;                   ///< the column "runs": a lesson says it with its tasks' names
  std::array<std::size_t, 8> characters_{};  ///< of the longest text of each column
};

}  // namespace gogoscope
