// What the executed step did and why it matters, in one or two sentences, and the scheduler's events.
#pragma once

#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class StoryPanel final : public Panel {
 public:
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::string& sentence() const { return sentence_; }

 private:
  struct Chip {
    EventType type;
    std::string text;
  };
  std::string sentence_;
  bool quiet_ = false;    ///< there is no narration for this step: its plain text stands in
  std::string executed_;  ///< "runtime.gogo+0x23  MOVQ gobuf_sp(BX), SP"
  std::string stop_;
  std::vector<Chip> chips_;
};

}  // namespace gogoscope
