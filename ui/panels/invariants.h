// Every invariant at the moment shown: whether it holds, may be untrue for a moment, or is broken. Broken
// ones come first, then those in their window, each with its reason.
#pragma once

#include <string>
#include <vector>

#include "emu/check/report.h"
#include "ui/link.h"

namespace gogoscope {

class InvariantsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::invariants;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<InvariantReport>& reports() const { return reports_; }

 private:
  void draw_report(Frame& frame, const InvariantReport& report) const;

  std::vector<InvariantReport> reports_;
  std::string detail_;  ///< how many hold
};

}  // namespace gogoscope
