// The watch list: fields and registers that the user wants in sight at every moment, each with its value and
// what the executed step made of it.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

/// Puts a place on the watch list, or takes it off; the list comes to the front where it has grown.
void watch_or_not(UiState& ui, const std::string& place);

class WatchPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::watch;
  struct Row {
    std::string place;
    bool exists = false;  ///< a local of a function is there only while the function is
    std::string value;
    std::string was;  ///< before the executed step, where that stored into it
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
