#include "ui/panels/breakpoints.h"

#include <algorithm>

#include "emu/session/breakpoints.h"
#include "ui/draw.h"
#include "ui/remove_button.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kOnCode{"stops before it executes", "执行前停下"};
const Words kOnWrite{"stops after a write", "写入后停下"};
const Words kHere{"here", "此处"};
const Words kNone{"No breakpoints yet. Run then continues to the end.", "还没有断点，运行会一直到结束。"};
const Words kHow{
    "Code: click beside a line, or press F9. A field: right-click it in Structs or Memory, or type its name "
    "after break in the palette (Ctrl+P).",
    "代码：点击行号旁的空白处，或按 F9。字段：在“结构体”或“内存”中右击，或在命令面板 (Ctrl+P) "
    "里输入 break 和字段名。"};

constexpr float kRow = 26;

}  // namespace

void BreakpointsPanel::rebuild(const View& view, const UiState&) {
  rows_.clear();
  for (const Breakpoint& breakpoint : *view.breakpoints) {
    Row row;
    row.id = breakpoint.id;
    row.text = breakpoint.text;
    row.on_write = breakpoint.written.has_value();
    if (row.on_write) {
      row.at = draw::hex_short(breakpoint.written->addr.value());
      row.target = target_of_field(breakpoint.text, breakpoint.written->addr, breakpoint.written->size);
      row.here = view.executed && writes(*view.executed, *breakpoint.written);
    } else {
      for (const CodeAddr pc : breakpoint.addresses) {
        row.at += (row.at.empty() ? "" : " ") + draw::hex_short(pc.value());
        row.here = row.here || pc == view.pc();
      }
      if (!breakpoint.addresses.empty()) row.target = target_of_value(view, breakpoint.addresses[0].value());
    }
    rows_.push_back(std::move(row));
  }
}

void BreakpointsPanel::draw_row(Frame& frame, const Row& row, std::size_t number) const {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const Rect box = draw::row(frame.px(kRow));
  const float middle = box.center().y;
  const float y = middle - mono->FontSize / 2;
  const std::string index = std::to_string(number);
  if (row.here) {
    list->AddRectFilled(box.min, box.max, theme.tint(Color::yellow, 0.16F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
  }

  const ImVec2 cross{box.max.x - frame.px(20), middle};
  if (remove_button(frame, "breakpoints.remove." + index, cross))
    frame.commands.push_back({CommandId::clear_break, row.id});

  const ImVec2 mark{box.min.x + frame.px(18), middle};
  const float r = frame.px(5);
  if (row.on_write) {
    list->AddQuadFilled({mark.x, mark.y - r}, {mark.x + r, mark.y}, {mark.x, mark.y + r},
                        {mark.x - r, mark.y}, theme[Color::red]);
  } else {
    list->AddCircleFilled(mark, frame.px(4.5F), theme[Color::red]);
  }
  const float left = box.min.x + frame.px(34);
  const float right = cross.x - frame.px(19);
  // What it does and where, as far as there is room beside its name.
  float end = right;
  const float name_width = draw::measure(mono, row.text).x;
  const auto note = [&](ImFont* font, Color ink, std::string_view text) {
    const float from = end - draw::measure(font, text).x;
    if (from < left + name_width + frame.px(14)) return;
    draw::text(font, {from, middle - font->FontSize / 2}, theme[ink], text);
    end = from - frame.px(14);
  };
  if (row.here) note(frame.fonts.words, Color::yellow, frame.text(kHere));
  note(mono, Color::text_dim, row.at);
  note(frame.fonts.words, Color::text_dim, frame.text(row.on_write ? kOnWrite : kOnCode));
  draw::text_until(mono, {left, y}, end, theme[Color::text], row.text);
  link(frame, "breakpoints.row." + index, {{left, box.min.y + frame.px(2)}, {right, box.max.y - frame.px(2)}},
       row.target);
}

void BreakpointsPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::breakpoints, "");
  if (rows_.empty()) {
    ImFont* words = frame.fonts.words;
    float y = ImGui::GetCursorScreenPos().y + frame.px(10);
    for (const Words* text : {&kNone, &kHow}) {
      for (const std::string_view line : wrap(words, frame.text(*text), content.width() - frame.px(28))) {
        draw::text(words, {content.min.x + frame.px(14), y},
                   frame.theme[text == &kNone ? Color::text_soft : Color::text_dim], line);
        y += words->FontSize * 1.45F;
      }
      y += frame.px(6);
    }
    ImGui::Dummy({1, y - ImGui::GetCursorScreenPos().y});
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) draw_row(frame, rows_[i], i);
  draw::end_panel();
}

}  // namespace gogoscope
