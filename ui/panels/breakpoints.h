// The breakpoints, and how to remove them.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class BreakpointsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::breakpoints;
  struct Row {
    BreakpointId id;
    std::string text;  ///< as it was given
    bool on_write = false;
    std::string at;     ///< the addresses
    bool here = false;  ///< the moment shown is one that it stops at
    Target target;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }

 private:
  void draw_row(Frame& frame, const Row& row, std::size_t number) const;

  std::vector<Row> rows_;
};

}  // namespace gogoscope
