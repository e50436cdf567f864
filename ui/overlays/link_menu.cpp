#include "ui/overlays/link_menu.h"

#include <algorithm>

#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/surface.h"
#include "ui/panels/watch.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

const Words kInCode{"in the code", "代码位置"};
const Words kInField{"field", "字段"};
const Words kInStruct{"struct", "结构体"};
const Words kInMemory{"in memory", "内存地址"};
const Words kInRegister{"register", "寄存器"};
const Words kState{"state", "状态"};

constexpr float kHead = 34;
constexpr float kRow = 30;
constexpr float kEdge = 5;  // between the sheet and its rows

std::string_view kind_words(const Target& target, const Frame& frame) {
  switch (target.kind) {
    case Target::Kind::none:
      return "";
    case Target::Kind::code:
      return frame.text(kInCode);
    case Target::Kind::field:
      return frame.text(kInField);
    case Target::Kind::entity:
      return frame.text(kInStruct);
    case Target::Kind::memory:
      return frame.text(kInMemory);
    case Target::Kind::moment:
      return frame.text(kState);
    case Target::Kind::reg:
      return frame.text(kInRegister);
  }
  return "";
}

/// Below and right of where it was asked for, or as near as the window allows.
Rect place(ImVec2 at, ImVec2 size, Rect window, float edge) {
  const float x = std::clamp(at.x, window.min.x + edge, std::max(window.max.x - size.x - edge, window.min.x));
  const float y = std::clamp(at.y, window.min.y + edge, std::max(window.max.y - size.y - edge, window.min.y));
  return {{x, y}, {x + size.x, y + size.y}};
}

}  // namespace

void LinkMenu::choose(Frame& frame, const MenuItem& item) {
  const Target target = *shown_;
  frame.ui.menu.reset();
  if (item.command) {
    frame.commands.push_back(*item.command);
  } else if (item.goes_to) {
    go_to(target, frame.view, frame.ui, frame.commands);
  } else if (!item.types.empty()) {
    frame.ui.palette = true;
    frame.ui.palette_text = item.types;
  } else if (item.leaves_out) {
    frame.ui.leave_out = item.leaves_out;
  } else if (!item.watches.empty()) {
    watch_or_not(frame.ui, item.watches);
  } else {
    frame.ui.to_copy = item.copy;
  }
}

void LinkMenu::draw(Frame& frame, Rect window) {
  if (frame.ui.menu == nullptr) {
    shown_.reset();
    return;
  }
  // The key or button that opened the menu must not choose from it as well.
  const bool just_opened = shown_ != frame.ui.menu;
  if (just_opened) {
    shown_ = frame.ui.menu;
    chosen_ = 0;
  }
  const std::vector<MenuItem> items = menu_of(*shown_, frame.view, frame.ui);
  if (items.empty()) {
    frame.ui.menu.reset();
    return;
  }
  ImFont* words = frame.fonts.words;
  ImFont* mono = frame.fonts.mono;
  const std::string_view kind = kind_words(*shown_, frame);
  const float title = draw::measure(mono, shown_->text).x + frame.px(14) + draw::measure(words, kind).x;
  float width = std::max(title + frame.px(28), frame.px(200));
  for (const MenuItem& item : items)
    width = std::max(width, draw::measure(words, item.words).x + frame.px(40));
  width = std::min(width, window.width() - frame.px(16));
  const float height =
      frame.px(kHead) + static_cast<float>(items.size()) * frame.px(kRow) + frame.px(2 * kEdge);
  const Rect body = place(frame.ui.menu_at, {width, height}, window, frame.px(8));

  begin_surface(frame, window, "menu", false);
  frame.widgets.note("menu", body);
  draw_sheet(frame, body);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float head_bottom = body.min.y + frame.px(kHead);
  const float head_middle = (body.min.y + head_bottom) / 2;
  const float kind_left = body.max.x - frame.px(14) - draw::measure(words, kind).x;
  draw::text_until(mono, {body.min.x + frame.px(14), head_middle - mono->FontSize / 2},
                   kind_left - frame.px(8), frame.theme[Color::text], shown_->text);
  draw::text(words, {kind_left, head_middle - words->FontSize / 2}, frame.theme[Color::text_dim], kind);
  list->AddLine({body.min.x, head_bottom}, {body.max.x, head_bottom}, frame.theme[Color::line]);

  const std::size_t count = items.size();
  if (!just_opened && imgui_api::pressed(Key::down)) chosen_ = (chosen_ + 1) % count;
  if (!just_opened && imgui_api::pressed(Key::up)) chosen_ = (chosen_ + count - 1) % count;
  chosen_ = std::min(chosen_, count - 1);
  const MenuItem* executed = !just_opened && imgui_api::pressed(Key::enter) ? &items[chosen_] : nullptr;

  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  float y = head_bottom + frame.px(kEdge);
  for (std::size_t i = 0; i < count; ++i) {
    const Rect row{{body.min.x + frame.px(kEdge), y}, {body.max.x - frame.px(kEdge), y + frame.px(kRow)}};
    y = row.max.y;
    const Pressed pressed = frame.area("menu." + items[i].name, row);
    if (pressed.hovered && (moved.x != 0 || moved.y != 0)) chosen_ = i;
    if (pressed.primary) executed = &items[i];
    if (i == chosen_) {
      list->AddRectFilled(row.min, row.max, frame.theme[Color::raised], frame.px(5));
      list->AddRectFilled({row.min.x, row.min.y + frame.px(5)},
                          {row.min.x + frame.px(3), row.max.y - frame.px(5)}, frame.theme[Color::blue],
                          frame.px(1.5F));
    }
    draw::text_until(words, {row.min.x + frame.px(12), row.center().y - words->FontSize / 2},
                     row.max.x - frame.px(8), frame.theme[i == chosen_ ? Color::text : Color::text_soft],
                     items[i].words);
  }
  const bool beside = end_surface(frame, window, body);
  if (executed != nullptr) {
    choose(frame, *executed);
  } else if (beside && !just_opened) {
    frame.ui.menu.reset();
  }
}

}  // namespace gogoscope
