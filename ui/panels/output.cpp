#include "ui/panels/output.h"

#include <algorithm>

#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/link.h"
#include "ui/panels/visible_rows.h"

namespace gogoscope {
namespace {

const Words kNothing{"This program has written nothing yet. println writes to the standard error.",
                     "这个程序还没有写出任何内容。println 写到标准错误。"};

constexpr float kRow = 22;

}  // namespace

void OutputPanel::rebuild(const View& view, const UiState&) {
  if (cuts_ != view.trace->cuts()) {
    cuts_ = view.trace->cuts();
    lines_ = {};
    seen_ = 0;
  }
  const std::vector<Event>& events = *view.record_events;
  lines_.add(std::span(events).subspan(seen_));
  seen_ = events.size();
  moved_ = moved_ || view.position != position_;
  position_ = view.position;
}

void OutputPanel::draw_row(Frame& frame, std::size_t row, Rect box) const {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const OutputLine& line = lines_.lines()[row];
  const bool current = std::ranges::any_of(
      line.pieces, [this](const OutputPiece& piece) { return piece.step + 1 == position_; });
  const std::uint64_t step = line.pieces.front().step;
  const Pressed pressed = link(frame, "output.row." + std::to_string(row), box, target_of_moment(step + 1));
  if (current) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.14F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  } else if (pressed.hovered) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::raised, 0.6F));
  }

  // Numbers end where the longest one does.
  const float y = box.center().y - mono->FontSize / 2;
  const std::size_t digits =
      std::max<std::size_t>(std::to_string(lines_.lines().back().pieces.front().step).size(), 3);
  float x = box.min.x + frame.px(14) + static_cast<float>(digits) * draw::measure(mono, "0").x;
  draw::text_right(mono, x, y, theme[current ? Color::yellow : Color::text_dim], std::to_string(step));
  const bool begun = step < position_;
  x = draw::text(mono, {x + frame.px(10), y}, theme[begun ? Color::text_soft : Color::text_dim],
                 "m" + std::to_string(line.pieces.front().m)) +
      frame.px(12);
  const std::size_t written = line.written_before(position_);
  const float right = box.max.x - frame.px(8);
  const std::string past = column_text(line.text.substr(0, written));
  const std::string future = column_text(line.text.substr(written));
  if (!past.empty()) x = draw::text_until(mono, {x, y}, right, theme[Color::text], past);
  if (!future.empty() && x < right) draw::text_until(mono, {x, y}, right, theme[Color::text_dim], future);
}

void OutputPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, kId, "");
  const std::size_t rows = lines_.lines().size();
  if (rows == 0) {
    draw::empty(frame, content, frame.text(kNothing));
    draw::end_panel();
    return;
  }
  ImGui::SetCursorScreenPos(content.min);
  imgui_api::begin_child("list", {content.width(), content.height()},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  const float height = frame.px(kRow);
  if (moved_ || frame.ui.scroll_to_now) scroll_to_row(std::max<std::size_t>(past(), 1) - 1, height);
  moved_ = false;
  const VisibleRows visible = visible_rows(rows, height);
  for (std::size_t row = visible.first; row < visible.last; ++row) draw_row(frame, row, visible.rect(row));
  ImGui::EndChild();
  draw::end_panel();
}

}  // namespace gogoscope
