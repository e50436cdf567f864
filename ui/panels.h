// One of each panel, rebuilt only when it is looked at.
#pragma once

#include <array>
#include <bitset>
#include <memory>

#include "ui/panel.h"

namespace gogoscope {

class Panels {
 public:
  Panels();

  /// The moment shown has changed: everything is out of date.
  void outdate() { up_to_date_.reset(); }
  /// The panel, rebuilt if it is out of date.
  Panel& rebuilt(PanelId id, const View& view, const UiState& ui);

 private:
  static constexpr auto kCount = static_cast<std::size_t>(PanelId::count);
  std::array<std::unique_ptr<Panel>, kCount> panels_;
  std::bitset<kCount> up_to_date_;
};

}  // namespace gogoscope
