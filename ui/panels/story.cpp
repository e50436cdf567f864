#include "ui/panels/story.h"

#include "ui/draw.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

Color color_of(EventType type) {
  switch (type) {
    case EventType::status:
      return Color::green;
    case EventType::stack:
      return Color::yellow;
    case EventType::tls:
    case EventType::curg:
      return Color::blue;
    case EventType::exit:
    case EventType::invariant:
      return Color::red;
    default:
      return Color::purple;
  }
}

/// What the source says at a PC: a statement, or what a slot does.
std::string statement_at(const Code& code, CodeAddr pc) {
  const Instruction* instruction = code.instruction_at(pc);
  return instruction != nullptr ? instruction->text : "";
}

}  // namespace

void StoryPanel::rebuild(const View& view, const UiState& ui) {
  chips_.clear();
  stop_.clear();
  executed_.clear();
  quiet_ = view.sentence.empty();
  sentence_ = view.sentence;
  const Code& code = view.guest->code;
  if (!view.executed) {
    sentence_ = text(Phrase::nothing_yet, ui.language);
    return;
  }
  const Step& step = *view.executed;
  const std::string statement = statement_at(code, step.pc);
  executed_ = code.symbolize(step.pc);
  if (quiet_ && step.kind == StepKind::edit) {
    sentence_ = text(Phrase::edited, ui.language);
  } else if (quiet_) {
    sentence_ =
        std::string(text(Phrase::executed, ui.language)) + ": " + (statement.empty() ? executed_ : statement);
  } else if (!statement.empty()) {
    executed_ += "   " + statement;
  }
  for (std::size_t i = 0; i < view.events.size(); ++i) {
    chips_.push_back({view.events[i].type, view.event_texts[i]});
  }
  if (step.stop) {
    stop_ = std::string(text(Phrase::stopped, ui.language)) + " " +
            std::string(label(step.stop->reason, ui.language));
    if (!step.stop->detail.empty()) stop_ += " · " + step.stop->detail;
  }
}

void StoryPanel::draw(Frame& frame, Rect rect) {
  const Rect content =
      draw::begin_panel(frame, rect, {"story", frame.text(Phrase::story), executed_, Color::yellow});
  const Theme& theme = frame.theme;
  const float left = content.min.x + frame.px(14);
  const float right = content.max.x - frame.px(14);
  const float top = ImGui::GetCursorScreenPos().y + frame.px(3);
  ImFont* font = frame.fonts.story;
  const float line_height = font->FontSize * 1.35F;
  float y = top;
  for (const std::string_view line : wrap(font, sentence_, right - left)) {
    draw::text(font, {left, y}, theme[quiet_ ? Color::text_soft : Color::text], line);
    y += line_height;
  }
  y += frame.px(4);
  // Events stand below the sentence; their words say of which kind they are, colour only repeats it.
  float x = left;
  const float chip_height = frame.px(20);
  if (!stop_.empty()) {
    x = draw::chip(frame, x, y + chip_height / 2, Color::red, draw::ChipShape::filled, stop_) + frame.px(8);
  }
  for (const Chip& chip : chips_) {
    const std::string& words = chip.text;
    if (x > left && x + draw::chip_width(frame, words) > right) {
      x = left;
      y += chip_height + frame.px(6);
    }
    x = draw::chip(frame, x, y + chip_height / 2, color_of(chip.type), draw::ChipShape::outline, words) +
        frame.px(8);
  }
  if (!chips_.empty() || !stop_.empty()) y += chip_height;
  ImGui::Dummy({1, y - top});
  draw::end_panel();
}

}  // namespace gogoscope
