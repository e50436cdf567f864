// What a view shows while a question is open: nothing that comes later. Panels read a View and know nothing
// of lessons; here the view is cut, once, for all of them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ui/text.h"
#include "ui/view.h"

namespace gogoscope {

/// What a panel says instead of what comes later.
extern const Words kUntilAnswered;

/// The part of a record that may be seen, kept for the views that point at it.
class Horizon {
 public:
  /// Cuts the view at a state: its record ends there, its events and futures end there, and its scenario's
  /// text says nothing of what the run will show. Cost: a copy of the events, where the horizon has moved.
  void hide_beyond(View& view, std::uint64_t state);

 private:
  std::vector<Event> events_;
  std::uint64_t made_for_ = ~std::uint64_t{0};
  std::string text_;
  const std::string* text_of_ = nullptr;
};

/// A scenario file without its answers: of its sections only those that say what runs. Lines keep their
/// numbers.
std::string without_answers(const std::string& scenario, std::string_view remark);

}  // namespace gogoscope
