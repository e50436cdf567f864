// What the scenario expects, as the run goes: met, failed, or not decided yet at the moment shown. A click
// goes to the moment that decides.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class ExpectationsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::expectations;
  enum class Look : std::uint8_t { met, failed, pending, not_asked };
  struct Row {
    Look look = Look::pending;
    std::string section;  ///< "at"; empty where the row above has the same
    std::string text;
    std::string why;  ///< of one that failed, or was not judged
    Target target;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  /// "7 met, 1 failed, 3 pending".
  const std::string& sum() const { return sum_; }

 private:
  std::vector<Row> rows_;
  std::string sum_;
  const Words* none_ = nullptr;  ///< why there are no rows
};

}  // namespace gogoscope
