// Where each named widget was drawn last, so that tests can click by name. Nothing else reads it: what the
// window itself joins is in anchors.h.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ui/rect.h"

namespace gogoscope {

class WidgetRegistry {
 public:
  void clear() { widgets_.clear(); }
  void note(std::string_view name, Rect rect) { widgets_.insert_or_assign(std::string(name), rect); }
  /// Where the widget is, if it was drawn this frame.
  std::optional<Rect> find(std::string_view name) const {
    const auto it = widgets_.find(name);
    if (it == widgets_.end()) return std::nullopt;
    return it->second;
  }
  const std::map<std::string, Rect, std::less<>>& all() const { return widgets_; }

 private:
  std::map<std::string, Rect, std::less<>> widgets_;
};

}  // namespace gogoscope
