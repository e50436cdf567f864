// Two stacks side by side: g0's and that of the current goroutine (or of the one selected). High addresses
// are on top. What is below SP is free, and still shown: it is what the last call left behind.
#pragma once

#include "ui/panel.h"
#include "ui/panels/stack_column.h"

namespace gogoscope {

class StacksPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::stacks;

  /// Cost: about a microsecond for each word listed; the length of the record does not matter.
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const StackColumn& system() const { return columns_[0]; }
  const StackColumn& goroutine() const { return columns_[1]; }

 private:
  StackColumn columns_[2];
};

}  // namespace gogoscope
