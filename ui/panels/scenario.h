// The scenario file, with what is wrong with it under its line.
#pragma once

#include <string>
#include <vector>

#include "ui/highlight.h"
#include "ui/panel.h"

namespace gogoscope {

class ScenarioPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::scenario;

  struct Mistake {
    std::size_t line = 0;  ///< counts from 1; 0: it belongs to no line of this text, and is shown above it
    int column = 1;        ///< in characters
    int width = 1;
    std::string message;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;
  const std::vector<std::string>& lines() const { return lines_; }
  /// In order of lines.
  const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  struct Mark;
  void load(const std::string& text);
  void take_mistakes(const View& view, Language language);
  /// How high the mistakes under each line are, for the width at hand.
  void measure(const Frame& frame, float width);
  Mark mark_of(const Frame& frame, const Mistake& mistake, float left, float right) const;
  void draw_line(Frame& frame, std::size_t number, float y, Rect content);
  float draw_mistake(Frame& frame, std::size_t index, float y, Rect content);

  std::string name_;
  std::string text_;
  std::vector<std::string> lines_;
  std::vector<std::vector<Span>> spans_;  ///< of each line; they point into lines_
  std::vector<Mistake> mistakes_;
  std::vector<std::size_t> first_mistake_;  ///< of each line, 0 for those above; one more at the end

  std::vector<float> tops_;  ///< of each line below the top of the text; one more at the end
  float measured_width_ = 0;
  float measured_scale_ = 0;
  bool show_first_ = false;  ///< the mistakes are new: bring the first into sight
};

}  // namespace gogoscope
