// The lesson: its goal, the stop, what is said there, the questions one after the other, what can be tried,
// and the score. What is chosen but not yet given as the answer is kept here; answers are not.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "ui/lesson_play.h"
#include "ui/lesson_trial.h"
#include "ui/terms.h"

namespace gogoscope {

class LessonPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::lesson;

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  /// What is chosen of the open question, in the order it was chosen.
  const std::vector<std::size_t>& chosen() const { return chosen_; }

 private:
  struct Asked {
    TermText text, because;
    MarkedText verdict;
    std::vector<MarkedText> choices;
  };
  /// Where the next line goes.
  struct Flow {
    float left, right, y;
  };
  void tell(Frame& frame, Flow& flow, ImFont* font, Color ink, std::string_view words);
  void tell(Frame& frame, Flow& flow, ImFont* font, Color ink, const MarkedText& text);
  void terms(Frame& frame, Flow& flow, ImFont* font, Color ink, const TermText& text, std::string_view name);
  /// A button as wide as its words; whether it was pressed. `shortcut` may be empty.
  bool button(Frame& frame, Flow& flow, float& x, std::string_view name, std::string_view words,
              std::string_view shortcut, bool main);
  void end_of_buttons(Frame& frame, Flow& flow);

  void draw_head(Frame& frame, Flow& flow, const LessonPlay& play);
  void draw_values(Frame& frame, Flow& flow, const LessonStop& stop);
  void draw_question(Frame& frame, Flow& flow, const LessonPlay& play, std::size_t index);
  /// Of choices: to be chosen from, those that were given, or with what is right.
  enum class Showing : std::uint8_t { open, given, judged };
  void draw_choices(Frame& frame, Flow& flow, const Question& question, const Asked& asked, Showing showing,
                    const KeptAnswer* answer);
  /// Whether what is in the field was entered.
  bool draw_field(Frame& frame, Flow& flow);
  void draw_asking(Frame& frame, Flow& flow, const Question& question, const Asked& asked);
  void draw_try(Frame& frame, Flow& flow, const LessonPlay& play);
  void draw_trial(Frame& frame, Flow& flow, const Trial& trial);
  void draw_stop(Frame& frame, Flow& flow, const LessonPlay& play);
  void draw_way_on(Frame& frame, Flow& flow, const LessonPlay& play);

  void choose(const Question& question, std::size_t choice);
  /// Those whose letters were typed since the last frame.
  void choose_by_letters(const Question& question);
  void give(Frame& frame, const Question& question);
  void show_verdict();
  /// Whether what is right is not said yet of some question: in presenter mode, until it is asked for.
  static bool says_nothing(const Frame& frame);

  std::string draft_of_;  ///< the question that the draft is for
  std::vector<std::size_t> chosen_;
  std::array<char, 256> typed_{};
  bool focus_field_ = false;
  std::string stop_shown_;

  std::string title_;  ///< of the stop; may be empty
  TermText goal_, say_, tries_;
  std::vector<Asked> asked_;    ///< of the stop, those that are shown
  std::string all_words_;       ///< for the fonts
  bool scroll_up_ = false;      ///< another stop has come
  std::size_t verdict_of_ = 0;  ///< the question answered last: its verdict is brought into sight
  int verdict_frames_ = 0;      ///< for so many frames, until sizes have settled
};

}  // namespace gogoscope
