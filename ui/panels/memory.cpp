#include "ui/panels/memory.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "emu/layout/types.h"
#include "ui/draw.h"
#include "ui/panels/visible_rows.h"

namespace gogoscope {
namespace {

const Words kNotMapped{"not mapped", "未映射"};
const Words kPadding{"padding", "填充"};

constexpr float kRow = 20;
constexpr float kGutterWidth = 30;
constexpr std::size_t kMostCached = 4096;

Color color_of(const Entity& entity) {
  if (entity.kind == Entity::Kind::g) return entity.system ? Color::blue : Color::green;
  return Color::text_dim;
}

/// "[]" and "[4]" lead to what their elements are.
std::string_view element_of(std::string_view type) {
  for (auto array = array_type(type); array; array = array_type(type)) type = array->element;
  return type;
}

}  // namespace

void MemoryPanel::rebuild(const View& view, const UiState& ui) {
  const Image& state = view.state();
  rows_ = MemoryRows(view.guest->map, view.guest->release->layout, view.names->entities());
  lines_.clear();
  sp_ = state.sp();
  bp_ = Addr(state.reg(Reg::rbp));
  const Addr at = ui.memory_at.is_nil() ? sp_ : ui.memory_at;
  if (at != at_) wanted_ = at;
  at_ = at;
}

MemoryPanel::Line MemoryPanel::line(const View& view, std::size_t index) const {
  Line line;
  line.row = rows_.at(index);
  const MemoryRow& row = line.row;
  if (row.size == 0) return line;
  std::array<std::byte, 8> bytes{};
  view.state().read(row.addr, std::span(bytes).first(row.size));
  std::uint64_t now = 0;
  for (int i = row.size - 1; i >= 0; --i)
    now = now << 8 | std::to_integer<std::uint64_t>(bytes[static_cast<std::size_t>(i)]);
  char two[4];
  for (std::size_t i = 0; i < row.size; ++i) {
    std::snprintf(two, sizeof two, i == 0 ? "%02x" : " %02x", std::to_integer<unsigned>(bytes[i]));
    line.bytes += two;
  }
  line.changed = view.store_into(row.addr, row.size) != nullptr;
  line.value.number = now;

  FieldKind kind{"", "", "", row.size};
  std::optional<FieldRef> found;
  if (row.region->executable) {
    const CodeAddr pc(row.addr.value());
    if (view.guest->code.function_at(pc) != nullptr) line.name = view.guest->code.symbolize(pc);
    line.value.pointer = true;
  } else {
    const bool padding = row.entity != nullptr && row.field == nullptr;
    if (!padding) line.name = view.names->describe(row.addr, row.size);
    if (row.field != nullptr) {
      kind.struct_name = struct_name(row.entity->kind);
      kind.field = row.field->name;
      kind.type = element_of(row.field->type);
    } else if (!padding && !line.name.empty()) {
      found = view.names->find_field(line.name);
      if (found && found->addr != row.addr) found.reset();
    }
    if (found && found->size <= 8 && found->size > 0) {
      // A local of a byte: what else is in its word is chance.
      kind.type = found->type;
      kind.size = found->size;
      if (kind.size < row.size) now &= (std::uint64_t{1} << kind.size * 8) - 1;
    }
    line.value = field_value(*view.names, kind, now);
  }
  if (line.changed)
    line.old = short_value(field_value(*view.names, kind, value_before(view, row.addr, kind.size, now)));
  if (row.field != nullptr) {
    line.place = target_of_field(line.name, row.addr, row.size);
  } else if (found) {
    line.place = target_of_field(line.name, row.addr, found->size);
  } else {
    line.place = target_of_memory(row.addr);
  }
  if (line.value.pointer && !row.region->executable)
    line.points_at = target_of_value_in(view, now, line.place.text);
  return line;
}

const MemoryPanel::Line& MemoryPanel::cached(const View& view, std::size_t row) {
  if (const auto found = lines_.find(row); found != lines_.end()) return found->second;
  if (lines_.size() > kMostCached) lines_.clear();
  return lines_.emplace(row, line(view, row)).first->second;
}

void MemoryPanel::draw_hole(Frame& frame, const MemoryRow& row, Rect box) const {
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  draw::hatch(frame, {{box.min.x + frame.px(6), box.min.y + frame.px(2)},
                      {box.max.x - frame.px(6), box.max.y - frame.px(2)}});
  std::string words(frame.text(kNotMapped));
  words.append("  ")
      .append(draw::hex_short(row.addr.value()))
      .append(" – ")
      .append(draw::hex_short(row.hole_end.value()));
  const float left = box.min.x + frame.px(kGutterWidth);
  const float right = std::min(box.max.x - frame.px(10), left + draw::measure(mono, words).x);
  ImGui::GetWindowDrawList()->AddRectFilled({left - frame.px(4), box.min.y}, {right + frame.px(4), box.max.y},
                                            frame.theme[Color::panel]);
  draw::text_until(mono, {left, y}, right + 1, frame.theme[Color::text_dim], words);
}

/// Where SP and BP point, and a bar for the struct that the row belongs to.
void MemoryPanel::draw_gutter(Frame& frame, const MemoryRow& row, Rect box) const {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const float y = box.center().y - mono->FontSize / 2;
  const auto holds = [&](Addr at) { return at >= row.addr && at < row.addr + row.size; };
  if (holds(sp_)) {
    list->AddRectFilled(box.min, {box.max.x, box.max.y}, theme.tint(Color::yellow, 0.13F));
    list->AddRectFilled(box.min, {box.min.x + frame.px(3), box.max.y}, theme[Color::yellow]);
    draw::text(mono, {box.min.x + frame.px(7), y}, theme[Color::yellow], "SP");
  } else if (holds(bp_)) {
    draw::text(mono, {box.min.x + frame.px(7), y}, theme[Color::text_soft], "BP");
  }
  if (row.entity != nullptr) {
    const float x = box.min.x + frame.px(kGutterWidth) - frame.px(5);
    const float top = box.min.y + (row.first_of_entity ? frame.px(3) : 0);
    list->AddRectFilled({x, top}, {x + frame.px(2), box.max.y}, theme[color_of(*row.entity)]);
    if (row.first_of_entity) {
      list->AddLine({x, box.min.y + 1}, {box.max.x - frame.px(8), box.min.y + 1}, theme[Color::line_strong]);
    }
  }
}

void MemoryPanel::draw_line(Frame& frame, const Line& line, Rect box) const {
  const Theme& theme = frame.theme;
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* mono = frame.fonts.mono;
  const MemoryRow& row = line.row;
  const float y = box.center().y - mono->FontSize / 2;
  const float right = box.max.x - frame.px(10);
  const float digit = draw::measure(mono, "0").x;
  const bool wide = box.width() >= frame.px(640);
  if (line.changed) {
    const float flash = 0.10F + 0.22F * (1 - frame.motion.progress());
    list->AddRectFilled({box.min.x + frame.px(kGutterWidth), box.min.y}, {box.max.x - frame.px(4), box.max.y},
                        theme.tint(Color::orange, flash), frame.px(3));
  }
  draw_gutter(frame, row, box);
  if (at_ != sp_ && row.addr == at_) {
    list->AddRect({box.min.x + frame.px(kGutterWidth) - frame.px(2), box.min.y},
                  {box.max.x - frame.px(4), box.max.y}, theme[Color::blue], frame.px(3));
  }

  const Color ink = line.changed ? Color::orange : Color::text;
  // The dimmest is for plain ground; on SP's row and on a changed one it would be lost.
  const bool plain = !line.changed && !(sp_ >= row.addr && sp_ < row.addr + row.size);
  const Color quiet = plain ? Color::text_dim : Color::text_soft;
  float x = box.min.x + frame.px(kGutterWidth + 3);
  const float left = x;
  if (wide) {
    draw::hex12(frame, {x, y}, row.addr.value(), Color::text_soft);
    x += 13.5F * digit;
  } else {
    draw::text(mono, {x, y}, theme[quiet], draw::hex_tail(row.addr.value()));
    x += 6 * digit;
  }
  // Bytes as they are in memory are dropped first: the number says the same, the other way round.
  const bool code = row.region->executable;
  if (wide || code) {
    draw::text(mono, {x, y}, theme[line.changed ? Color::orange : quiet], line.bytes);
    x += 24.5F * digit;
  }
  const float number = x;
  if (!code) {
    // As many digits as there are bytes, ending where those of an address end; longer ones push on.
    char digits[20];
    std::snprintf(digits, sizeof digits, "%0*llx", row.size * 2,
                  static_cast<unsigned long long>(line.value.number));
    std::string_view all(digits);
    if (all.size() == 16 && all.substr(0, 4) == "0000") all.remove_prefix(4);
    const std::size_t zeros = std::min(all.find_first_not_of('0'), all.size() - 1);
    const float from = x + std::max(0.0F, 12 - static_cast<float>(all.size())) * digit;
    const float after = draw::text(mono, {from, y}, theme[Color::text_zero], all.substr(0, zeros));
    x = std::max(draw::text(mono, {after, y}, theme[ink], all.substr(zeros)), x + 12 * digit);
  }
  const float number_end = x;
  x += 1.5F * digit;

  float room = right;
  if (line.changed) {
    std::string was(frame.text(kChangedFrom));
    was.append(" ").append(line.old);
    room = std::max(x, right - draw::measure(mono, was).x);
    draw::text_until(mono, {room, y}, right, theme[Color::orange], was);
    room -= frame.px(10);
  }
  const bool padding = row.entity != nullptr && row.field == nullptr;
  const std::string_view name = padding ? frame.text(kPadding) : std::string_view(line.name);
  const Color name_ink = padding || row.entity == nullptr ? quiet : ink;
  x = draw::text_until(mono, {x, y}, room, theme[name_ink], name);
  const std::string_view word = short_function_name(line.value.word);
  float value_left = x;
  if (!word.empty() && x + 4 * digit < room) {
    if (!name.empty()) x = draw::text(mono, {x + digit, y}, theme[quiet], "=") + digit;
    value_left = x;
    x = draw::text_until(mono, {x, y}, room, theme[line.changed ? Color::orange : Color::text_soft], word);
    link(frame, "memory.word." + draw::hex_short(row.addr.value()), {{value_left, box.min.y}, {x, box.max.y}},
         line.points_at);
  }
  link(frame, "memory.value." + draw::hex_short(row.addr.value()),
       {{number, box.min.y}, {number_end, box.max.y}}, line.points_at);
  link(frame, "memory.row." + draw::hex_short(row.addr.value()), {{left, box.min.y}, {right, box.max.y}},
       line.place);
}

void MemoryPanel::draw_header(Frame& frame, Rect rect) {
  const float middle = draw::header_middle(frame, rect);
  const float width = draw::chip_width(frame, "SP");
  const float left = rect.max.x - frame.px(8) - width;
  const bool follows = frame.ui.memory_at.is_nil();
  const Rect box{{left, middle - frame.px(11)}, {left + width, middle + frame.px(11)}};
  const Pressed pressed = frame.area("memory.follow-sp", box);
  draw::chip(frame, left, middle, follows || pressed.hovered ? Color::yellow : Color::text_soft,
             follows ? draw::ChipShape::filled : draw::ChipShape::outline, "SP");
  if (pressed.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (pressed.primary) {
    frame.ui.memory_at = Addr();
    wanted_ = at_ = sp_;
  }
  // Between the tabs and the button; the region's name is dropped first.
  const auto tabs = frame.anchors.right_of_head.find(info(kId).slot);
  const float from = tabs == frame.anchors.right_of_head.end() ? rect.min.x : tabs->second;
  ImFont* mono = frame.fonts.mono;
  const float room = left - frame.px(10) - from - frame.px(8);
  std::string detail = top_;
  if (draw::measure(mono, detail).x > room) detail = detail.substr(detail.find(' ') + 1);
  if (draw::measure(mono, detail).x > room) return;
  draw::text_right(mono, left - frame.px(10), middle - mono->FontSize / 2, frame.theme[Color::text_dim],
                   detail);
}

void MemoryPanel::draw(Frame& frame, Rect rect) {
  draw::begin_panel(frame, rect, PanelId::memory, "");
  const float height = frame.px(kRow);
  if (!wanted_.is_nil()) scroll_to_row(rows_.row_of(wanted_), height);
  wanted_ = Addr();
  const VisibleRows visible = visible_rows(rows_.size(), height);
  top_.clear();
  for (std::size_t i = visible.first; i < visible.last; ++i) {
    const Line& line = cached(frame.view, i);
    const Rect box = visible.rect(i);
    line.row.region == nullptr ? draw_hole(frame, line.row, box) : draw_line(frame, line, box);
    const bool in_sight = box.max.y > ImGui::GetWindowDrawList()->GetClipRectMin().y + height / 2;
    if (top_.empty() && in_sight && line.row.region != nullptr) {
      top_ = line.row.region->name + " " + draw::hex_short(line.row.addr.value());
    }
  }
  draw::end_panel();
  draw_header(frame, rect);
}

}  // namespace gogoscope
