#include "ui/overlays/window_menu.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "asm/text/printable.h"
#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/surface.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

constexpr float kRow = 30;
constexpr float kEdge = 5;
constexpr float kTop = 46;  // below the button

constexpr ActionId kActions[] = {ActionId::start_page, ActionId::open_file, ActionId::reload,
                                 ActionId::palette,    ActionId::presenter, ActionId::language,
                                 ActionId::theme,      ActionId::motion,    ActionId::copy_picture,
                                 ActionId::help,       ActionId::quit};

// Of recent files; the start page has all.
constexpr std::size_t kMostRecent = 5;

struct Item {
  std::string name;  ///< for tests, "window-menu.theme"
  std::string words;
  std::string_view shortcut;
  ActionId action;
  std::string path;  ///< of a file to open instead
};

std::vector<Item> items_of(const Frame& frame) {
  std::vector<Item> items;
  for (const ActionId id : kActions) {
    const ActionInfo& action = info(id);
    items.push_back(
        {std::string(action.name), std::string(action.help.in(frame.ui.language)), action.shortcut, id, ""});
  }
  std::vector<Item> recent;
  for (const std::string& path : frame.ui.recent) {
    if (recent.size() == kMostRecent) break;
    recent.push_back({"recent." + std::to_string(recent.size()),
                      on_one_line(std::filesystem::path(path).filename().string()), "", ActionId::open_file,
                      path});
  }
  items.insert(items.begin() + 2, recent.begin(), recent.end());
  return items;
}

void draw_item(Frame& frame, Rect row, const Item& item, bool chosen) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* words = frame.fonts.words;
  if (chosen) {
    list->AddRectFilled(row.min, row.max, frame.theme[Color::raised], frame.px(5));
    list->AddRectFilled({row.min.x, row.min.y + frame.px(5)},
                        {row.min.x + frame.px(3), row.max.y - frame.px(5)}, frame.theme[Color::blue],
                        frame.px(1.5F));
  }
  float right = row.max.x - frame.px(8);
  const float left = row.min.x + frame.px(12);
  const float caps = key_caps_width(frame, item.shortcut);
  if (!item.shortcut.empty() && right - caps - frame.px(60) > left) {
    right -= caps;
    draw_key_caps(frame, right, row.center().y, item.shortcut);
    right -= frame.px(12);
  }
  draw::text_until(words, {left, row.center().y - words->FontSize / 2}, right,
                   frame.theme[chosen ? Color::text : Color::text_soft], item.words);
}

}  // namespace

void WindowMenu::draw(Frame& frame, Rect window) {
  if (!frame.ui.window_menu) {
    open_ = false;
    return;
  }
  const bool just_opened = !std::exchange(open_, true);
  if (just_opened) chosen_ = 0;
  const std::vector<Item> items = items_of(frame);
  const std::size_t count = items.size();
  float width = 0;
  for (const Item& item : items) {
    width = std::max(width, draw::measure(frame.fonts.words, item.words).x +
                                key_caps_width(frame, item.shortcut) + frame.px(56));
  }
  width = std::min(width, window.width() - frame.px(16));
  const float all = static_cast<float>(count) * frame.px(kRow);
  const float room = window.height() - frame.px(kTop + 2 * kEdge + 8);
  const float height = std::max(std::min(all, room), frame.px(kRow));
  const ImVec2 corner{window.max.x - frame.px(8) - width, window.min.y + frame.px(kTop)};
  const Rect body{corner, {corner.x + width, corner.y + height + frame.px(2 * kEdge)}};

  begin_surface(frame, window, "window-menu", false);
  frame.widgets.note("window-menu", body);
  draw_sheet(frame, body);

  const std::size_t before = chosen_;
  if (!just_opened && imgui_api::pressed(Key::down)) chosen_ = (chosen_ + 1) % count;
  if (!just_opened && imgui_api::pressed(Key::up)) chosen_ = (chosen_ + count - 1) % count;
  const Item* executed = !just_opened && imgui_api::pressed(Key::enter) ? &items[chosen_] : nullptr;

  ImGui::SetCursorScreenPos({body.min.x + frame.px(kEdge), body.min.y + frame.px(kEdge)});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  imgui_api::begin_child("items", {width - frame.px(2 * kEdge), height},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  if (before != chosen_) {
    const float top = static_cast<float>(chosen_) * frame.px(kRow);
    if (top < ImGui::GetScrollY()) ImGui::SetScrollY(top);
    if (top + frame.px(kRow) > ImGui::GetScrollY() + height) ImGui::SetScrollY(top + frame.px(kRow) - height);
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  for (std::size_t i = 0; i < count; ++i) {
    const Rect row = draw::row(frame.px(kRow));
    const Pressed pressed = frame.area("window-menu." + items[i].name, row);
    if (pressed.hovered && (moved.x != 0 || moved.y != 0)) chosen_ = i;
    if (pressed.primary) executed = &items[i];
    draw_item(frame, row, items[i], i == chosen_);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
  const bool beside = end_surface(frame, window, body);
  if (executed != nullptr) {
    frame.ui.window_menu = false;
    if (executed->path.empty()) {
      frame.ui.actions.push_back(executed->action);
    } else {
      frame.ui.to_open = executed->path;
    }
  } else if (beside && !just_opened) {
    frame.ui.window_menu = false;
  }
}

}  // namespace gogoscope
