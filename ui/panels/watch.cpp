#include "ui/panels/watch.h"

#include <algorithm>

#include "ui/draw.h"
#include "ui/panels/field_value.h"
#include "ui/remove_button.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kNone{"Nothing is watched yet.", "还没有监视任何东西。"};
const Words kHow{"Right-click a field, a register or a value and choose Watch.",
                 "右击字段、寄存器或数值，选择“监视”。"};
const Words kNotNow{"not there at this moment", "此刻不存在"};

constexpr float kRow = 24;

/// What a value is: its struct decides whether a number is a status.
FieldKind kind_of(const View& view, const FieldRef& field, std::string_view place) {
  const std::size_t dot = place.rfind('.');
  const Entity* holder = view.names->entities().holding(field.addr);
  return {holder == nullptr ? std::string_view() : struct_name(holder->kind),
          dot == std::string_view::npos ? place : place.substr(dot + 1), field.type, field.size};
}

std::string in_words(const FieldValue& value) {
  std::string out = value.pointer || value.word.empty() ? draw::hex_short(value.number) : value.word;
  if (value.pointer && !value.word.empty()) out += "  " + value.word;
  if (!value.also.empty()) out += "  (" + value.also + ")";
  return out;
}

std::string register_in_words(const View& view, std::uint64_t value) {
  const std::string meaning = view.names->meaning(value);
  return draw::hex_short(value) + (meaning.empty() ? "" : "  " + meaning);
}

}  // namespace

void watch_or_not(UiState& ui, const std::string& place) {
  const auto found = std::find(ui.watched.begin(), ui.watched.end(), place);
  if (found != ui.watched.end()) {
    ui.watched.erase(found);
    return;
  }
  ui.watched.push_back(place);
  ui.desk.bring_forward(PanelId::watch);
}

void WatchPanel::rebuild(const View& view, const UiState& ui) {
  rows_.clear();
  for (const std::string& place : ui.watched) {
    Row& row = rows_.emplace_back();
    row.place = place;
    if (const auto reg = reg_by_name(place)) {
      row.exists = true;
      row.value = register_in_words(view, view.state().reg(*reg));
      row.target = target_of_register(*reg);
      if (const RegChange* change = view.change_of(*reg))
        row.was = register_in_words(view, change->old_value);
      continue;
    }
    const auto field = view.names->find_field(place);
    if (!field || field->size == 0 || field->size > 8) continue;
    row.exists = true;
    const FieldKind kind = kind_of(view, *field, place);
    const std::uint64_t now = view.state().load_or_zero(field->addr, static_cast<int>(field->size));
    row.value = in_words(field_value(*view.names, kind, now));
    row.target = target_of_field(place, field->addr, field->size);
    if (view.store_into(field->addr, field->size) == nullptr) continue;
    row.was = short_value(field_value(*view.names, kind, value_before(view, field->addr, field->size, now)));
  }
}

void WatchPanel::draw_row(Frame& frame, const Row& row, std::size_t number) const {
  const Theme& theme = frame.theme;
  ImFont* mono = frame.fonts.mono;
  const Rect box = draw::row(frame.px(kRow));
  const float middle = box.center().y;
  const float y = middle - mono->FontSize / 2;
  const bool changed = !row.was.empty();
  if (changed) {
    ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max, theme.tint(Color::orange, 0.10F));
  }
  const ImVec2 cross{box.max.x - frame.px(20), middle};
  if (remove_button(frame, "watch.remove." + std::to_string(number), cross))
    watch_or_not(frame.ui, row.place);
  const float left = box.min.x + frame.px(14);
  float right = cross.x - frame.px(16);
  const float column = left + std::min(box.width() * 0.36F, frame.px(236));
  const Color ink = changed ? Color::orange : Color::text;
  const float end = draw::text_until(mono, {left, y}, column - frame.px(8),
                                     theme[changed ? ink : Color::text_soft], row.place);
  link(frame, "watch.row." + std::to_string(number), {{left, box.min.y}, {end, box.max.y}}, row.target);
  if (!row.exists) {
    draw::text_until(frame.fonts.words, {column, y}, right, theme[Color::text_dim], frame.text(kNotNow));
    return;
  }
  const float value_end = draw::text_until(mono, {column, y}, right, theme[ink], row.value);
  if (!changed) return;
  const std::string was = std::string(frame.text(kChangedFrom)) + " " + row.was;
  draw::text_until(mono, {value_end + frame.px(14), y}, right, theme[ink], was);
}

void WatchPanel::draw(Frame& frame, Rect rect) {
  const Rect content = draw::begin_panel(frame, rect, PanelId::watch, "");
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
  }
  for (std::size_t i = 0; i < rows_.size(); ++i) draw_row(frame, rows_[i], i);
  draw::end_panel();
}

}  // namespace gogoscope
