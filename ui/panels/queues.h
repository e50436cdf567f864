// Run queues, free lists and idle lists as chips in order: what runs next, what waits, what may be used
// again.
#pragma once

#include <vector>

#include "emu/session/views/queues.h"
#include "ui/panel.h"

namespace gogoscope {

class QueuesPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::queues;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Queue>& queues() const { return queues_; }
  /// "p0.runq"; null if there is none.
  const Queue* queue(std::string_view path) const;

 private:
  void draw_owner(Frame& frame, const Queue& first, bool nothing_in_it);
  void draw_queue(Frame& frame, const Queue& queue);
  float draw_counters(Frame& frame, const Queue& queue, float right, float y, bool measure_only);
  void draw_items(Frame& frame, const Queue& queue, Rect line);

  std::vector<Queue> queues_;
};

}  // namespace gogoscope
