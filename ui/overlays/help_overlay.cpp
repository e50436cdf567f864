#include "ui/overlays/help_overlay.h"

#include <algorithm>
#include <vector>

#include "ui/draw.h"
#include "ui/imgui_api.h"
#include "ui/overlays/surface.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const Words kTitle{"Commands and keys", "命令与按键"};
const Words kCloseHint{"closes this", "关闭"};
const Words kForwards{"Forwards", "向前"};
const Words kBackwards{"Backwards", "向后"};
const Words kPlaces{"Places, fields, changes", "位置、字段、修改"};
const Words kPlay{"Play", "播放"};
const Words kView{"View", "外观"};
const Words kWindow{"Window", "窗口"};
const Words kKeyboard{"Without a mouse", "不用鼠标"};

const Words kStepToo{"Also one step forward or back", "也可以前进、后退一步"};
const Words kNextInPanel{"Next item in this panel that can be pressed", "本面板里下一个可以按的东西"};
const Words kNextPanel{"Next panel", "下一个面板"};
const Words kPressIt{"Press it", "按下它"};
const Words kItsMenu{"Its menu, as with the right mouse button", "它的菜单，与鼠标右键相同"};

const Words kChanged{"changed by the executed step", "刚执行的一步改变的"};
const Words kHere{"here", "当前位置"};
const Words kRealBytes{"real", "真实"};
const Words kBytesOfGo{"bytes of a Go toolchain", "Go 工具链生成的字节"};
const Words kModelledWord{"modelled", "建模"};
const Words kLinesByUs{"Go lines run by the model", "建模的 Go 代码行"};
const Words kFree{"free memory", "空闲内存"};

constexpr float kHeader = 46;
constexpr float kLegend = 44;
constexpr float kColumnWidth = 366;
constexpr float kColumnGap = 24;
constexpr float kKeysWidth = 118;
constexpr float kLine = 20;
constexpr float kGroupGap = 8;
constexpr float kGroupHead = 30;

struct Entry {
  std::string_view shortcut;
  std::string_view name;  ///< shown where there is no shortcut
  std::string_view help;
};

struct Group {
  const Words* title;
  std::vector<Entry> entries;
};

const Words& group_of(const CommandInfo& command) {
  if (command.argument != ArgumentKind::none) return kPlaces;
  return command.backwards ? kBackwards : kForwards;
}

const Words& group_of(ActionId id) {
  switch (id) {
    case ActionId::run_to_cursor:
    case ActionId::back_to_cursor:
    case ActionId::leave_out:
      return kPlaces;
    case ActionId::forward:
    case ActionId::backward:
    case ActionId::play:
    case ActionId::play_backward:
    case ActionId::play_faster:
    case ActionId::play_slower:
    case ActionId::play_unit:
    case ActionId::bookmark:
    case ActionId::first_moment:
    case ActionId::lesson:
    case ActionId::skip_question:
    case ActionId::export_answers:
      return kPlay;
    case ActionId::presenter:
    case ActionId::caption:
    case ActionId::language:
    case ActionId::theme:
    case ActionId::motion:
    case ActionId::bigger:
    case ActionId::smaller:
    case ActionId::forget_layout:
    case ActionId::goroutines:
      return kView;
    default:
      return kWindow;
  }
}

std::vector<Group> groups(Language language) {
  std::vector<Group> all;
  for (const Words* title : {&kForwards, &kBackwards, &kPlaces, &kPlay, &kView, &kWindow, &kKeyboard})
    all.push_back({title, {}});
  const auto add = [&](const Words& title, Entry entry) {
    std::find_if(all.begin(), all.end(), [&](const Group& g) {
      return g.title == &title;
    })->entries.push_back(entry);
  };
  for (const CommandInfo& command : commands())
    add(group_of(command), {command.shortcut, command.name, help(command, language)});
  for (const ActionInfo& action : actions())
    add(group_of(action.id), {action.shortcut, action.name, action.help.in(language)});
  add(kKeyboard, {"→+←", "", kStepToo.in(language)});
  add(kKeyboard, {"Tab", "", kNextInPanel.in(language)});
  add(kKeyboard, {"F6", "", kNextPanel.in(language)});
  add(kKeyboard, {"Enter", "", kPressIt.in(language)});
  add(kKeyboard, {"Ctrl+Enter", "", kItsMenu.in(language)});
  return all;
}

float help_width(const Frame& frame, float column) { return column - frame.px(kKeysWidth + 10); }

float entry_height(const Frame& frame, const Entry& entry, float column) {
  const std::size_t lines = wrap(frame.fonts.words, entry.help, help_width(frame, column)).size();
  return frame.px(kLine) * static_cast<float>(std::max<std::size_t>(lines, 1)) + frame.px(4);
}

float group_height(const Frame& frame, const Group& group, float column) {
  float height = frame.px(kGroupHead + kGroupGap);
  for (const Entry& entry : group.entries) height += entry_height(frame, entry, column);
  return height;
}

/// In which column each group is, in order, so that the highest column is as low as can be; and how high
/// that is. Few groups: the lowest limit that fits is looked for from below.
struct Columns {
  std::vector<std::size_t> of_group;
  float height = 0;
};

Columns distribute(const std::vector<float>& heights, std::size_t count) {
  float all = 0;
  float limit = 0;
  for (const float height : heights) {
    all += height;
    limit = std::max(limit, height);
  }
  for (limit = std::max(limit, all / static_cast<float>(count));; limit *= 1.02F) {
    Columns columns;
    std::size_t column = 0;
    float filled = 0;
    for (const float height : heights) {
      if (filled > 0 && filled + height > limit) {
        ++column;
        filled = 0;
      }
      filled += height;
      columns.of_group.push_back(column);
      columns.height = std::max(columns.height, filled);
    }
    if (column < count) return columns;
  }
}

void draw_entry(const Frame& frame, ImVec2 at, const Entry& entry, float column) {
  ImFont* words = frame.fonts.words;
  const float line = frame.px(kLine);
  const float middle = at.y + line / 2;
  if (!entry.shortcut.empty()) {
    draw_key_caps(frame, at.x, middle, entry.shortcut);
  } else {
    ImFont* mono = frame.fonts.mono;
    draw::text_until(mono, {at.x, middle - mono->FontSize / 2}, at.x + frame.px(kKeysWidth),
                     frame.theme[Color::text_dim], entry.name);
  }
  float y = at.y;
  for (const std::string_view part : wrap(words, entry.help, help_width(frame, column))) {
    draw::text(words, {at.x + frame.px(kKeysWidth + 10), y + (line - words->FontSize) / 2},
               frame.theme[Color::text_soft], part);
    y += line;
  }
}

void draw_group(const Frame& frame, ImVec2 at, const Group& group, float column) {
  ImFont* strong = frame.fonts.strong;
  draw::text(strong, at, frame.theme[Color::text], frame.text(*group.title));
  const float rule = at.y + strong->FontSize + frame.px(4);
  ImGui::GetWindowDrawList()->AddLine({at.x, rule}, {at.x + column, rule}, frame.theme[Color::line]);
  float y = at.y + frame.px(kGroupHead);
  for (const Entry& entry : group.entries) {
    draw_entry(frame, {at.x, y}, entry, column);
    y += entry_height(frame, entry, column);
  }
}

/// How to read the window, each sign as it is drawn in panels.
void draw_legend(const Frame& frame, Rect area) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  ImFont* words = frame.fonts.words;
  const float middle = area.center().y;
  const float text_y = middle - words->FontSize / 2;
  list->AddLine(area.min, {area.max.x, area.min.y}, theme[Color::line]);
  const float right = area.max.x - frame.px(20);
  float x = area.min.x + frame.px(20);
  const auto fits = [&](float width) { return x + width < right; };
  const auto say = [&](const Words& what) {
    if (!fits(frame.px(30))) return;
    x = draw::text_until(words, {x + frame.px(8), text_y}, right, theme[Color::text_soft], frame.text(what)) +
        frame.px(24);
  };
  x = draw::text(frame.fonts.mono, {x, middle - frame.fonts.mono->FontSize / 2}, theme[Color::orange],
                 "7f20");
  say(kChanged);
  list->AddTriangleFilled({x, middle - frame.px(5)}, {x + frame.px(9), middle}, {x, middle + frame.px(5)},
                          theme[Color::yellow]);
  x += frame.px(9);
  say(kHere);
  // What finds no room is left out.
  if (!fits(draw::chip_width(frame, frame.text(kRealBytes)))) return;
  x = draw::chip(frame, x, middle, Color::green, draw::ChipShape::filled, frame.text(kRealBytes));
  say(kBytesOfGo);
  if (!fits(draw::chip_width(frame, frame.text(kModelledWord)))) return;
  x = draw::chip(frame, x, middle, Color::purple, draw::ChipShape::dashed, frame.text(kModelledWord));
  say(kLinesByUs);
  const Rect hatched{{x, middle - frame.px(9)}, {x + frame.px(34), middle + frame.px(9)}};
  if (hatched.max.x < right) {
    draw::hatch(frame, hatched);
    list->AddRect(hatched.min, hatched.max, theme[Color::line]);
    x = hatched.max.x;
    say(kFree);
  }
}

}  // namespace

void draw_help(Frame& frame, Rect window, bool just_opened) {
  const float margin = frame.px(16);
  const float edge = frame.px(20);
  const float most_width = window.width() - 2 * margin;
  // As many columns as fit, three at most: more would be harder to find one's way in.
  const float gap = frame.px(kColumnGap);
  const auto fit = static_cast<int>((most_width - 2 * edge + gap) / (frame.px(kColumnWidth) + gap));
  const auto count = static_cast<std::size_t>(std::clamp(fit, 1, 3));
  const float all_gaps = gap * static_cast<float>(count - 1);
  const float width =
      std::min(most_width, frame.px(kColumnWidth + 40) * static_cast<float>(count) + all_gaps + 2 * edge);
  const float column = (width - 2 * edge - all_gaps) / static_cast<float>(count);

  const std::vector<Group> all = groups(frame.ui.language);
  std::vector<float> heights;
  for (const Group& group : all) heights.push_back(group_height(frame, group, column));
  const Columns columns = distribute(heights, count);
  const float wanted = columns.height + frame.px(kHeader + kLegend) + edge;
  const float height = std::min(wanted, window.height() - 2 * margin);
  const ImVec2 corner{window.center().x - width / 2, window.center().y - height / 2};
  const Rect body{corner, {corner.x + width, corner.y + height}};

  begin_surface(frame, window, "help", true);
  frame.widgets.note("help", body);
  draw_sheet(frame, body);
  ImDrawList* list = ImGui::GetWindowDrawList();
  ImFont* story = frame.fonts.story;
  ImFont* words = frame.fonts.words;
  const float head = body.min.y + frame.px(kHeader);
  const float middle = (body.min.y + head) / 2;
  draw::text(story, {body.min.x + edge, middle - story->FontSize / 2}, frame.theme[Color::text],
             frame.text(kTitle));
  const std::string_view hint = frame.text(kCloseHint);
  const float hint_left = body.max.x - edge - draw::measure(words, hint).x;
  draw::text(words, {hint_left, middle - words->FontSize / 2}, frame.theme[Color::text_dim], hint);
  draw_key_caps(frame, hint_left - frame.px(8) - key_caps_width(frame, "Esc"), middle, "Esc");
  list->AddLine({body.min.x, head}, {body.max.x, head}, frame.theme[Color::line]);
  const float legend = body.max.y - frame.px(kLegend);
  draw_legend(frame, {{body.min.x, legend}, body.max});

  ImGui::SetCursorScreenPos({body.min.x + 1, head + 1});
  imgui_api::begin_child("commands", {width - 2, legend - head - 2},
                         ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
  const ImVec2 top = ImGui::GetCursorScreenPos();
  std::vector<float> y(count, top.y + edge * 0.8F);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t at = columns.of_group[i];
    const float x = top.x + edge + static_cast<float>(at) * (column + gap);
    draw_group(frame, {x, y[at]}, all[i], column);
    y[at] += heights[i];
  }
  ImGui::Dummy({1, columns.height + edge * 0.8F});
  // The keys of a long list.
  const float page = (legend - head) * 0.8F;
  float scroll = 0;
  if (imgui_api::pressed(imgui_api::Key::down)) scroll += frame.px(kLine) * 2;
  if (imgui_api::pressed(imgui_api::Key::up)) scroll -= frame.px(kLine) * 2;
  if (imgui_api::pressed(imgui_api::Key::page_down)) scroll += page;
  if (imgui_api::pressed(imgui_api::Key::page_up)) scroll -= page;
  if (scroll != 0) ImGui::SetScrollY(std::clamp(ImGui::GetScrollY() + scroll, 0.0F, ImGui::GetScrollMaxY()));
  ImGui::EndChild();
  if (end_surface(frame, window, body) && !just_opened) frame.ui.help = false;
}

}  // namespace gogoscope
