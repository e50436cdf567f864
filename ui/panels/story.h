// What the executed step did and why it matters, in one or two sentences, and the scheduler's events.
//
// Where no sentence was written for a step, the panel says what the record says: which registers and fields
// changed.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"
#include "ui/terms.h"

namespace gogoscope {

class StoryPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::story;
  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  /// What the panel's title says has been executed.
  const std::string& executed() const { return executed_; }
  const std::string& sentence() const { return sentence_.text; }
  const std::string& changes() const { return changes_; }
  const std::string& outcome() const { return outcome_; }

 private:
  struct Chip {
    EventType type;
    std::string text;
    Target target;  ///< the g that it is about
  };
  void tell_start(const View& view, const UiState& ui);
  void tell_step(const View& view, const UiState& ui);

  TermText sentence_;
  std::string changes_;   ///< in place of a sentence
  std::string outcome_;   ///< how the condition came out that the step decided
  std::string bookmark_;  ///< "3/5 the switch   ", at a bookmark
  bool quiet_ = false;    ///< there is no narration for this step: its plain text is used
  std::string executed_;  ///< "runtime.gogo+0x23  MOVQ gobuf_sp(BX), SP"
  std::string stop_;
  std::vector<Chip> chips_;
};

}  // namespace gogoscope
