// Every event of the record as a line; a click goes there. The past is above a line that says now, the
// future below it, dimmed.
//
// Nothing here is proportional to the record but a change of the filter: texts are made for rows in sight.
#pragma once

#include <bitset>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/told/narration.h"
#include "ui/panel.h"
#include "ui/panels/visible_rows.h"

namespace gogoscope {

class EventsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::events;
  static constexpr std::size_t kTypes = kEventTypes;
  EventsPanel() { shown_.set(); }

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  /// Rows shown, and the event of each by its index in the record.
  std::size_t size() const { return all() ? events_->size() : filtered_.size(); }
  std::size_t event_of(std::size_t row) const { return all() ? row : filtered_[row]; }
  /// How many of the rows have happened.
  std::size_t past() const { return past_; }

 private:
  bool all() const { return shown_.all(); }
  void filter();
  void find_now();
  void toggle(EventType type);
  float draw_filters(Frame& frame, Rect content);
  void draw_row(Frame& frame, std::size_t row, Rect box);

  const std::vector<Event>* events_ = nullptr;
  std::uint64_t position_ = 0;
  bool of_program_ = false;
  std::bitset<kTypes> shown_;
  std::vector<std::uint32_t> filtered_;  ///< only where not all types are shown
  std::size_t filtered_from_ = 0;        ///< events that filtered_ has seen
  std::uint64_t cuts_ = 0;               ///< of the record that was filtered
  std::size_t past_ = 0;
  bool moved_ = false;                    ///< the moment has changed since the panel was drawn
  std::unique_ptr<Narration> narration_;  ///< made when first needed, in the language shown
};

}  // namespace gogoscope
