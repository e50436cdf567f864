#include "ui/draw.h"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <utility>

#include "asm/text/utf8.h"
#include "ui/changes.h"
#include "ui/imgui_api.h"

namespace gogoscope::draw {
namespace {

TextObserver& text_observer() {
  static TextObserver set;
  return set;
}

/// Whole pixels keep text sharp.
ImVec2 snapped(ImVec2 at) { return {std::floor(at.x), std::floor(at.y)}; }

float hex_digits(const Frame& frame, ImVec2 at, std::uint64_t value, int count, Color color) {
  char digits[20];
  std::snprintf(digits, sizeof digits, "%0*llx", count, static_cast<unsigned long long>(value));
  const std::string_view all(digits);
  const std::size_t zeros = std::min(all.find_first_not_of('0'), all.size() - 1);
  const float x = text(frame.fonts.mono, at, frame.theme[Color::text_zero], all.substr(0, zeros));
  return text(frame.fonts.mono, {x, at.y}, frame.theme[color], all.substr(zeros));
}

}  // namespace

ImVec2 measure(ImFont* font, std::string_view text) {
  return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.data(), text.data() + text.size());
}

TextObserver observe_texts(TextObserver observer) {
  return std::exchange(text_observer(), std::move(observer));
}

float text(ImFont* font, ImVec2 at, ImU32 color, std::string_view text) {
  const ImVec2 corner = snapped(at);
  const ImVec2 size = measure(font, text);
  ImGui::GetWindowDrawList()->AddText(font, font->FontSize, corner, color, text.data(),
                                      text.data() + text.size());
  if (text_observer()) text_observer()(text, font, color, {corner, {corner.x + size.x, corner.y + size.y}});
  return at.x + size.x;
}

/// The whole of a text that was cut, while the mouse is on it.
void tell_whole(ImFont* font, Rect box, std::string_view text) {
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(box.min, box.max)) return;
  ImGui::PushFont(font);
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(font->FontSize * 40);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  if (text_observer())
    text_observer()(text, font, ImGui::GetColorU32(ImGuiCol_Text),
                    {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()});
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
  ImGui::PopFont();
}

float text_until(ImFont* font, ImVec2 at, float right, ImU32 color, std::string_view text) {
  if (at.x + measure(font, text).x <= right) return draw::text(font, at, color, text);
  constexpr std::string_view kEllipsis = "…";
  const float room = right - at.x - measure(font, kEllipsis).x;
  if (room <= 0) return at.x;
  // Whole characters only: half of a Chinese one is not text.
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t next = end + rune_at(text, end).size;
    if (measure(font, text.substr(0, next)).x > room) break;
    end = next;
  }
  const float x = draw::text(font, at, color, std::string(text.substr(0, end)).append(kEllipsis));
  tell_whole(font, {at, {x, at.y + font->FontSize}}, text);
  return x;
}

void text_right(ImFont* font, float right, float y, ImU32 color, std::string_view text) {
  draw::text(font, {right - measure(font, text).x, y}, color, text);
}

float hex(const Frame& frame, ImVec2 at, std::uint64_t value, Color color) {
  return hex_digits(frame, at, value, 16, color);
}

float hex12(const Frame& frame, ImVec2 at, std::uint64_t value, Color color) {
  return hex_digits(frame, at, value, value >> 48 == 0 ? 12 : 16, color);
}

std::string hex_short(std::uint64_t value) {
  char digits[20];
  std::snprintf(digits, sizeof digits, "0x%llx", static_cast<unsigned long long>(value));
  return digits;
}

std::string hex_tail(std::uint64_t value) {
  char digits[12];
  std::snprintf(digits, sizeof digits, "…%04llx", static_cast<unsigned long long>(value & 0xFFFF));
  return digits;
}

float chip_width(const Frame& frame, std::string_view text) {
  return measure(frame.fonts.words, text).x + frame.px(16);
}

float chip(const Frame& frame, float x, float y, Color color, ChipShape shape, std::string_view text) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float half = frame.px(10);
  const Rect box{{x, y - half}, {x + chip_width(frame, text), y + half}};
  const float round = shape == ChipShape::filled ? frame.px(3) : half;
  Color ink = color;
  switch (shape) {
    case ChipShape::filled:
      list->AddRectFilled(box.min, box.max, frame.theme.tint(color, 0.15F), round);
      list->AddRect(box.min, box.max, frame.theme.tint(color, 0.75F), round);
      break;
    case ChipShape::outline:
      list->AddRect(box.min, box.max, frame.theme.tint(color, 0.75F), round);
      break;
    case ChipShape::dashed: {
      // A dashed outline: arcs at the ends, dashes along the sides.
      const ImU32 line = frame.theme.tint(color, 0.85F);
      const float dash = frame.px(4);
      for (float at = box.min.x + half; at < box.max.x - half; at += 2 * dash) {
        const float to = std::min(at + dash, box.max.x - half);
        list->AddLine({at, box.min.y}, {to, box.min.y}, line);
        list->AddLine({at, box.max.y}, {to, box.max.y}, line);
      }
      constexpr float kPi = 3.14159265F;
      for (const float from : {kPi * 0.55F, kPi * 1.05F}) {
        list->PathArcTo({box.min.x + half, y}, half, from, from + kPi * 0.4F, 6);
        list->PathStroke(line, 0, 1.0F);
        list->PathArcTo({box.max.x - half, y}, half, from + kPi, from + kPi * 1.4F, 6);
        list->PathStroke(line, 0, 1.0F);
      }
      break;
    }
    case ChipShape::quiet:
      list->AddRectFilled(box.min, box.max, frame.theme[Color::raised], round);
      ink = Color::text_soft;
      break;
  }
  const ImVec2 size = measure(frame.fonts.words, text);
  draw::text(frame.fonts.words, {x + frame.px(8), y - size.y / 2}, frame.theme[ink], text);
  return box.max.x;
}

void tag(const Frame& frame, ImVec2 tip, Color color, bool filled, std::string_view text) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 size = measure(frame.fonts.words, text);
  const float half = frame.px(9);
  const float point = frame.px(7);
  const float width = size.x + frame.px(10);
  const ImVec2 shape[] = {{tip.x - point - width, tip.y - half},
                          {tip.x - point, tip.y - half},
                          {tip.x, tip.y},
                          {tip.x - point, tip.y + half},
                          {tip.x - point - width, tip.y + half}};
  if (filled) {
    list->AddConvexPolyFilled(shape, 5, frame.theme[color]);
  } else {
    list->AddPolyline(shape, 5, frame.theme.tint(color, 0.8F), ImDrawFlags_Closed, 1.0F);
  }
  draw::text(frame.fonts.words, {tip.x - point - width + frame.px(6), tip.y - size.y / 2},
             frame.theme[filled ? Color::background : color], text);
}

void triangle(const Frame& frame, ImVec2 at, bool open, Color color) {
  const float r = frame.px(3.5F);
  ImDrawList* list = ImGui::GetWindowDrawList();
  if (open) {
    list->AddTriangleFilled({at.x - r, at.y - r * 0.7F}, {at.x + r, at.y - r * 0.7F}, {at.x, at.y + r},
                            frame.theme[color]);
  } else {
    list->AddTriangleFilled({at.x - r * 0.7F, at.y - r}, {at.x + r, at.y}, {at.x - r * 0.7F, at.y + r},
                            frame.theme[color]);
  }
}

void hatch(const Frame& frame, Rect area) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  list->PushClipRect(area.min, area.max, true);
  const float gap = frame.px(7);
  for (float x = area.min.x - area.height(); x < area.max.x; x += gap) {
    list->AddLine({x, area.max.y}, {x + area.height(), area.min.y}, frame.theme.tint(Color::line, 0.9F));
  }
  list->PopClipRect();
}

float header_middle(const Frame& frame, Rect rect) { return rect.min.y + frame.px(kHeader) / 2; }

namespace {

void draw_body(const Frame& frame, Rect rect) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float round = frame.px(kRounding);
  const float header = frame.px(kHeader);
  list->AddRectFilled(rect.min, rect.max, frame.theme[Color::panel], round);
  list->AddRectFilled(rect.min, {rect.max.x, rect.min.y + header}, frame.theme[Color::header], round,
                      ImDrawFlags_RoundCornersTop);
  list->AddLine({rect.min.x, rect.min.y + header}, {rect.max.x, rect.min.y + header},
                frame.theme[Color::line]);
  list->AddRect(rect.min, rect.max, frame.theme[Color::line], round);
}

float draw_title(const Frame& frame, Rect rect, std::string_view title, Color accent) {
  const float middle = header_middle(frame, rect);
  const float left = rect.min.x + frame.px(12);
  ImGui::GetWindowDrawList()->AddRectFilled({left, middle - frame.px(7)},
                                            {left + frame.px(3), middle + frame.px(7)}, frame.theme[accent],
                                            frame.px(1.5F));
  const ImVec2 size = measure(frame.fonts.strong, title);
  return text(frame.fonts.strong, {left + frame.px(11), middle - size.y / 2}, frame.theme[Color::text],
              title);
}

/// What a chip or a button beside the tabs of a slot may take.
float beside_tabs(Slot slot) { return slot == Slot::states ? 0 : 92; }

/// The titles of all panels of a slot, the one in front underlined; returns the x after them.
float draw_tabs(Frame& frame, Rect rect, const PanelInfo& front) {
  const float middle = header_middle(frame, rect);
  const float bottom = rect.min.y + frame.px(kHeader);
  // Closer together where there are many, so that a button or a chip beside them has room; where that is not
  // enough, the titles behind are cut.
  float behind = 0, in_front_width = 0;
  int count = 0;
  for (const PanelInfo& panel : panels()) {
    if (panel.slot != front.slot) continue;
    ImFont* font = panel.id == front.id ? frame.fonts.strong : frame.fonts.words;
    (panel.id == front.id ? in_front_width : behind) += measure(font, frame.text(panel.title)).x;
    ++count;
  }
  const float all = behind + in_front_width + static_cast<float>(count) * frame.px(16);
  const float around = frame.px(all + frame.px(60) > rect.width() ? 4 : 8);
  const float room =
      rect.width() - frame.px(6 + beside_tabs(front.slot)) - static_cast<float>(count) * 2 * around;
  const float share = behind <= 0 ? 1.0F : std::clamp((room - in_front_width) / behind, 0.25F, 1.0F);
  float x = rect.min.x + frame.px(6);
  for (const PanelInfo& panel : panels()) {
    if (panel.slot != front.slot) continue;
    const bool in_front = panel.id == front.id;
    ImFont* font = in_front ? frame.fonts.strong : frame.fonts.words;
    const std::string_view title = frame.text(panel.title);
    const ImVec2 whole = measure(font, title);
    const ImVec2 size{in_front || share >= 1 ? whole.x : std::floor(whole.x * share), whole.y};
    const Rect box{{x, rect.min.y + frame.px(3)}, {x + size.x + 2 * around, bottom - frame.px(1)}};
    if (box.max.x > rect.max.x) break;
    const Pressed pressed = frame.area(std::string("tab.").append(panel.name), box);
    if (pressed.primary) frame.ui.desk.bring_forward(panel.id);
    const Color ink = in_front || pressed.hovered ? Color::text : Color::text_soft;
    const ImVec2 at{x + around, middle - size.y / 2};
    if (size.x < whole.x) {
      text_until(font, at, at.x + size.x, frame.theme[ink], title);
    } else {
      text(font, at, frame.theme[ink], title);
    }
    // A change that a panel behind would show is announced on its tab.
    if (!in_front && shows_change(panel.id, frame.view)) {
      ImGui::GetWindowDrawList()->AddCircleFilled({box.max.x - around / 2, middle - frame.px(6)},
                                                  frame.px(2.5F), frame.theme[Color::orange]);
      frame.widgets.note(std::string("tab.").append(panel.name).append(".news"), box);
    }
    if (in_front) {
      ImGui::GetWindowDrawList()->AddRectFilled({x + around, bottom - frame.px(3)},
                                                {box.max.x - around, bottom - frame.px(1)},
                                                frame.theme[panel.accent]);
    }
    x = box.max.x;
  }
  return x;
}

Rect begin_content(Frame& frame, Rect rect, std::string_view id) {
  frame.widgets.note(std::string("panel.").append(id), rect);
  const Rect content{{rect.min.x + 1, rect.min.y + frame.px(kHeader) + frame.px(4)},
                     {rect.max.x - 1, rect.max.y - frame.px(4)}};
  ImGui::SetCursorScreenPos(content.min);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  imgui_api::begin_child(std::string(id).c_str(),
                         {std::max(content.width(), 1.0F), std::max(content.height(), 1.0F)},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  return content;
}

/// The x after it.
float draw_detail(Frame& frame, Rect rect, float x, std::string_view detail) {
  if (detail.empty()) return x;
  const ImVec2 size = measure(frame.fonts.mono, detail);
  return text_until(frame.fonts.mono, {x + frame.px(10), header_middle(frame, rect) - size.y / 2},
                    rect.max.x - frame.px(110), frame.theme[Color::text_dim], detail);
}

/// What is tried without a lesson is shown where a lesson is.
std::string_view title_of(const Frame& frame, const PanelInfo& panel) {
  static const Words kTrial{"A try", "试一试"};
  return frame.text(panel.id == PanelId::lesson && frame.view.lesson == nullptr ? kTrial : panel.title);
}

}  // namespace

Rect begin_panel(Frame& frame, Rect rect, PanelId id, std::string_view detail) {
  const PanelInfo& panel = info(id);
  frame.press.group(panel.name);
  draw_body(frame, rect);
  const auto sharing = [&](const PanelInfo& other) { return other.slot == panel.slot; };
  const bool alone = std::count_if(panels().begin(), panels().end(), sharing) == 1;
  const float x =
      alone ? draw_title(frame, rect, title_of(frame, panel), panel.accent) : draw_tabs(frame, rect, panel);
  frame.anchors.right_of_head[panel.slot] = draw_detail(frame, rect, x, detail);
  return begin_content(frame, rect, panel.name);
}

Rect begin_part(Frame& frame, Rect rect, const PartHead& head) {
  draw_body(frame, rect);
  draw_detail(frame, rect, draw_title(frame, rect, head.title, head.accent), head.detail);
  return begin_content(frame, rect, head.id);
}

void end_panel() {
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

Rect row(float height) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImGui::Dummy({width, height});
  return {at, {at.x + width, at.y + height}};
}

void empty(Frame& frame, Rect content, std::string_view sentence) {
  text_until(frame.fonts.words, {content.min.x + frame.px(14), content.min.y + frame.px(8)},
             content.max.x - frame.px(14), frame.theme[Color::text_dim], sentence);
}

}  // namespace gogoscope::draw
