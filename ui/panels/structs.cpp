#include "ui/panels/structs.h"

#include <algorithm>

#include "emu/layout/views.h"
#include "ui/draw.h"
#include "ui/panels/visible_rows.h"
#include "ui/transfer_arrows.h"

namespace gogoscope {
namespace {

const Words kWrittenBy{"written by ", "写入者："};
const Words kLoadedBy{"loaded by ", "读取者："};
const Words kEdited{"edited by hand", "手工修改"};
const Words kChanged{"changed: ", "已改变："};

constexpr float kRow = 20;
constexpr float kIndent = 13;

/// Where values begin: so far right that the names of most fields fit, types where there is room.
float value_column(const Frame& frame, Rect box) {
  const float width = box.width() - frame.px(kArrowMargin);
  return box.min.x + frame.px(kArrowMargin) + std::clamp(width * 0.36F, frame.px(128), frame.px(236));
}

float left_of(const Frame& frame, const StructRow& row, Rect box) {
  return box.min.x + frame.px(kArrowMargin + kIndent * static_cast<float>(row.depth));
}

}  // namespace

const StructRow* StructsPanel::row(std::string_view path) const {
  for (const StructRow& row : rows_) {
    if (row.path == path) return &row;
  }
  return nullptr;
}

void StructsPanel::rebuild(const View& view, const UiState& ui) {
  moved_ = moved_ || view.position != position_;
  position_ = view.position;
  first_ = view.goroutine(ui.selected_g);
  focus_ = gobuf_in_focus(view, first_);
  list(view, ui.language);
}

void StructsPanel::list(const View& view, Language language) {
  rows_ = struct_rows(view, language, focus_, first_, headings_);
}

void StructsPanel::show_asked(Frame& frame, float height) {
  const std::string asked = std::exchange(frame.ui.struct_shown, "");
  const auto tree = [&] {
    return std::find_if(rows_.begin(), rows_.end(), [&](const StructRow& row) {
      return row.kind == StructRow::Kind::tree && row.path == asked;
    });
  };
  if (tree() == rows_.end()) return;
  if (!tree()->open) {
    headings_[asked] = true;
    list(frame.view, frame.ui.language);
  }
  // The heading goes to the top: what was asked for is what follows it.
  ImGui::SetScrollY(static_cast<float>(tree() - rows_.begin()) * height);
  moved_ = false;
}

std::string StructsPanel::focus_note(Language language) const {
  switch (focus_.why) {
    case FocusGobuf::Why::edited:
      return kEdited.str(language);
    case FocusGobuf::Why::stored:
    case FocusGobuf::Why::loaded:
      if (focus_.function.empty()) return "";
      return (focus_.why == FocusGobuf::Why::stored ? kWrittenBy : kLoadedBy).str(language) +
             std::string(focus_.function);
    case FocusGobuf::Why::chosen:
      break;
  }
  return "";
}

void StructsPanel::draw_focus_note(Frame& frame, float right, float y) const {
  const std::string note = focus_note(frame.ui.language);
  ImFont* font = focus_.why == FocusGobuf::Why::edited ? frame.fonts.words : frame.fonts.mono;
  draw::text_right(font, right, y, frame.theme[Color::text_soft], note);
}

void StructsPanel::draw_heading(Frame& frame, const StructRow& row, Rect box) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  const float left = left_of(frame, row, box);
  const float right = box.max.x - frame.px(10);
  const bool big = row.kind == StructRow::Kind::tree || row.kind == StructRow::Kind::focus;
  if (big) {
    list->AddRectFilled({left - frame.px(2), box.min.y + 1}, {box.max.x - frame.px(4), box.max.y - 1},
                        theme[Color::raised], frame.px(4));
  }
  if (row.changed) {
    list->AddRectFilled({left - frame.px(2), box.min.y + frame.px(2)},
                        {left + frame.px(1), box.max.y - frame.px(2)}, theme[Color::orange]);
  }
  if (row.opens) draw::triangle(frame, {left + frame.px(9), box.center().y}, row.open, Color::text_soft);
  float x = left + frame.px(row.kind == StructRow::Kind::focus ? 6 : 18);
  const Color ink = row.kind == StructRow::Kind::more ? Color::text_dim : Color::text;
  const float name_left = x;
  x = draw::text(mono, {x, y}, theme[ink], row.name);
  // A heading's place is a link as well: it is on the name, so that the rest of the row opens and closes.
  link(frame, (row.opens ? "structs.link." : "structs.row.") + row.path,
       {{name_left, box.min.y}, {x, box.max.y}}, row.place);
  x = draw::text_until(mono, {x + frame.px(8), y}, right, theme[Color::text_dim], row.type);
  if (row.kind == StructRow::Kind::focus) draw_focus_note(frame, right, y);
  std::string words = row.words;
  if (row.changed) words = std::string(frame.text(kChanged)).append(row.news);
  // Notes of nodes line up with values; those of whole structs keep to the right edge.
  const float from = big ? std::max(x + frame.px(12), right - draw::measure(mono, words).x)
                         : std::max(x + frame.px(12), value_column(frame, box));
  draw::text_until(mono, {from, y}, right, theme[row.changed ? Color::orange : Color::text_dim], words);
  if (!row.opens) return;
  const Pressed pressed = frame.area(struct_row_name(row), {{left, box.min.y}, box.max});
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pressed.primary) to_toggle_ = row.path;
}

void StructsPanel::draw_field(Frame& frame, const StructRow& row, Rect box) {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  const float left = left_of(frame, row, box) + frame.px(6);
  const float right = box.max.x - frame.px(10);
  const float column = value_column(frame, box);
  if (row.changed) {
    const float flash = 0.10F + 0.22F * (1 - frame.motion.progress());
    list->AddRectFilled({left - frame.px(8), box.min.y}, {box.max.x - frame.px(4), box.max.y},
                        theme.tint(Color::orange, flash), frame.px(3));
  }
  list->AddLine({column - frame.px(8), box.min.y}, {column - frame.px(8), box.max.y}, theme[Color::line]);
  float x = draw::text_until(mono, {left, y}, column - frame.px(12),
                             theme[row.changed ? Color::orange : Color::text_soft], row.name);
  // Half a type says nothing: it is there in full or not at all.
  x += frame.px(8);
  if (x + draw::measure(mono, row.type).x < column - frame.px(12)) {
    draw::text(mono, {x, y}, theme[Color::text_dim], row.type);
  }

  const Color ink = row.changed ? Color::orange : Color::text;
  const bool narrow = right - column < frame.px(230);
  float room = right;
  if (row.changed) {
    std::string was(frame.text(kChangedFrom));
    was.append(" ").append(row.news);
    room = right - draw::measure(mono, was).x;
    draw::text(mono, {room, y}, theme[Color::orange], was);
    room -= frame.px(12);
  }
  x = column;
  if (row.value.pointer) {
    x = narrow ? draw::text_until(mono, {x, y}, room, theme[ink], draw::hex_short(row.value.number))
               : draw::hex12(frame, {x, y}, row.value.number, ink);
    if (!row.value.word.empty() && x + frame.px(12) < room) {
      x = draw::text_until(mono, {x + frame.px(12), y}, room,
                           theme[row.points_at ? Color::text_soft : Color::text_dim],
                           short_function_name(row.value.word));
    }
  } else {
    x = draw::text_until(mono, {x, y}, room, theme[ink], row.value.word);
    draw::text_until(mono, {x + frame.px(10), y}, room, theme[Color::text_dim], row.value.also);
  }
  link(frame, "structs.value." + row.path, {{column, box.min.y}, {x, box.max.y}}, row.points_at);
  const Rect whole{{left, box.min.y}, {box.max.x - frame.px(4), box.max.y}};
  frame.anchors.fields.insert_or_assign(row.place.addr, whole);
  link(frame, struct_row_name(row), whole, row.place);
}

void StructsPanel::draw_row(Frame& frame, const StructRow& row, Rect box) {
  row.kind == StructRow::Kind::field ? draw_field(frame, row, box) : draw_heading(frame, row, box);
}

void StructsPanel::draw_news(Frame& frame, Rect rect, const StructRow& row) {
  ImFont* mono = frame.fonts.mono;
  const bool field = row.kind == StructRow::Kind::field;
  const std::string words = field ? row.path : row.path + "." + row.news;
  const auto tabs = frame.anchors.right_of_head.find(info(kId).slot);
  const float from = tabs == frame.anchors.right_of_head.end() ? rect.min.x : tabs->second;
  const float right = rect.max.x - frame.px(12);
  const float middle = draw::header_middle(frame, rect);
  const float left = std::max(from + frame.px(8), right - draw::measure(mono, words).x);
  if (left + frame.px(60) > right) return;
  draw::text_until(mono, {left, middle - mono->FontSize / 2}, right + 1, frame.theme[Color::orange], words);
  const Pressed pressed =
      frame.area("structs.news", {{left, middle - frame.px(10)}, {right, middle + frame.px(10)}});
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pressed.primary) sought_ = row.path;
}

void StructsPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, PanelId::structs, "");
  const float height = frame.px(kRow);
  if (!frame.ui.struct_shown.empty()) show_asked(frame, height);
  if (moved_) {
    // The gobuf in focus is on top; elsewhere the reader's place is kept.
    const auto is_news = [](const StructRow& row) { return row.changed; };
    const auto end = std::find_if(rows_.begin(), rows_.end(),
                                  [](const StructRow& row) { return row.kind == StructRow::Kind::tree; });
    if (std::any_of(rows_.begin(), end, is_news) || focus_.why != FocusGobuf::Why::chosen) {
      ImGui::SetScrollY(0);
    }
    moved_ = false;
  }
  if (!sought_.empty()) {
    const auto found =
        std::find_if(rows_.begin(), rows_.end(), [&](const StructRow& row) { return row.path == sought_; });
    if (found != rows_.end()) scroll_to_row(static_cast<std::size_t>(found - rows_.begin()), height);
    sought_.clear();
  }
  const VisibleRows visible = visible_rows(rows_.size(), height);
  for (std::size_t i = visible.first; i < visible.last; ++i) draw_row(frame, rows_[i], visible.rect(i));
  const ImVec2 sight{ImGui::GetWindowDrawList()->GetClipRectMin().y,
                     ImGui::GetWindowDrawList()->GetClipRectMax().y};
  draw::end_panel();
  // A change out of sight is named in the header, which leads to it: the list does not jump by itself.
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].changed) continue;
    const float y = visible.rect(i).center().y;
    if (y < sight.x || y > sight.y) draw_news(frame, rect, rows_[i]);
    break;
  }
  if (to_toggle_.empty()) return;
  const StructRow* pressed = row(to_toggle_);
  if (pressed != nullptr) headings_[to_toggle_] = !pressed->open;
  to_toggle_.clear();
  list(frame.view, frame.ui.language);
}

}  // namespace gogoscope
