#include "ui/toolbar.h"

#include <algorithm>
#include <vector>

#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kSearch{"Search", "搜索"};
const Words kHelp{"Help", "帮助"};
const Words kSwitchLanguage{"中文", "English"};
const Words kLightTheme{"Light", "浅色"};
const Words kDarkTheme{"Dark", "深色"};

/// Backwards on the left, forwards on the right, each in the order of the table, so that a command and
/// its opposite are the same way from the middle.
std::vector<const CommandInfo*> in_order_of_time() {
  std::vector<const CommandInfo*> order;
  for (const CommandInfo& command : commands()) {
    if (command.argument == ArgumentKind::none && command.backwards) order.insert(order.begin(), &command);
  }
  for (const CommandInfo& command : commands()) {
    if (command.argument == ArgumentKind::none && !command.backwards) order.push_back(&command);
  }
  return order;
}

/// A sign for a command, 14 units wide around `c`: triangles for time, a bar for "until here".
void draw_icon(const Frame& frame, CommandId id, ImVec2 c, ImU32 ink) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float u = frame.px(1);
  const auto arrow = [&](float x, float direction) {
    list->AddTriangleFilled({x - 3.5F * u * direction, c.y - 5 * u}, {x + 4 * u * direction, c.y},
                            {x - 3.5F * u * direction, c.y + 5 * u}, ink);
  };
  const auto bar = [&](float x) { list->AddRectFilled({x - u, c.y - 5 * u}, {x + u, c.y + 5 * u}, ink); };
  const auto dot = [&](float x) { list->AddCircleFilled({x, c.y}, 2.2F * u, ink); };
  const auto lines = [&](float x) {
    for (int i = -1; i <= 1; ++i) {
      const float y = c.y + 4 * u * static_cast<float>(i);
      list->AddLine({x - 3 * u, y}, {x + 3 * u, y}, ink, 1.5F * u);
    }
  };
  switch (id) {
    case CommandId::step:
      dot(c.x - 5 * u);
      arrow(c.x + 2 * u, 1);
      break;
    case CommandId::back:
      dot(c.x + 5 * u);
      arrow(c.x - 2 * u, -1);
      break;
    case CommandId::step_line:
      lines(c.x - 4 * u);
      arrow(c.x + 4 * u, 1);
      break;
    case CommandId::back_line:
      lines(c.x + 4 * u);
      arrow(c.x - 4 * u, -1);
      break;
    case CommandId::run:
      arrow(c.x - 3 * u, 1);
      arrow(c.x + 4 * u, 1);
      break;
    case CommandId::run_back:
      arrow(c.x - 4 * u, -1);
      arrow(c.x + 3 * u, -1);
      break;
    case CommandId::next_event:
    case CommandId::last_event: {
      const float side = id == CommandId::next_event ? 1.0F : -1.0F;
      const float x = c.x + 4 * u * side;
      arrow(c.x - 4 * u * side, side);
      list->AddQuadFilled({x, c.y - 4 * u}, {x + 4 * u, c.y}, {x, c.y + 4 * u}, {x - 4 * u, c.y}, ink);
      break;
    }
    case CommandId::next_handoff:
    case CommandId::last_handoff: {
      // From the short stack to the tall one.
      const float side = id == CommandId::next_handoff ? 1.0F : -1.0F;
      list->AddRectFilled({c.x - 7 * u * side, c.y}, {c.x - 4 * u * side, c.y + 6 * u}, ink);
      list->AddRectFilled({c.x + 4 * u * side, c.y - 6 * u}, {c.x + 7 * u * side, c.y + 6 * u}, ink);
      list->AddLine({c.x - 5 * u * side, c.y - 4 * u}, {c.x, c.y - 4 * u}, ink, 1.5F * u);
      list->AddTriangleFilled({c.x - u * side, c.y - 7 * u}, {c.x + 3 * u * side, c.y - 4 * u},
                              {c.x - u * side, c.y - u}, ink);
      break;
    }
    case CommandId::go_start:
      bar(c.x - 5 * u);
      arrow(c.x + u, -1);
      break;
    case CommandId::go_end:
      bar(c.x + 5 * u);
      arrow(c.x - u, 1);
      break;
    case CommandId::step_out:
      list->AddLine({c.x, c.y + 5 * u}, {c.x, c.y - u}, ink, 1.5F * u);
      list->AddTriangleFilled({c.x - 4 * u, c.y}, {c.x + 4 * u, c.y}, {c.x, c.y - 6 * u}, ink);
      break;
    default:
      dot(c.x);
      break;
  }
}

/// A flat button in the bar; returns whether it was pressed.
bool flat_button(Frame& frame, const std::string& name, Rect box, bool raised) {
  const Pressed pressed = frame.area(name, box);
  if (raised || pressed.hovered || pressed.held) {
    const Color ground = pressed.held ? Color::line_strong : pressed.hovered ? Color::line : Color::raised;
    ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max, frame.theme[ground], frame.px(6));
  }
  return pressed.primary;
}

void tooltip(const Frame& frame, Rect box, std::string_view words, std::string_view shortcut) {
  if (!ImGui::IsWindowHovered() || !ImGui::IsMouseHoveringRect(box.min, box.max)) return;
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(frame.px(10), frame.px(8)));
  ImGui::BeginTooltip();
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  if (!shortcut.empty()) {
    ImGui::PushFont(frame.fonts.mono);
    ImGui::TextDisabled("%.*s", static_cast<int>(shortcut.size()), shortcut.data());
    ImGui::PopFont();
  }
  ImGui::EndTooltip();
  ImGui::PopStyleVar();
}

float draw_command(Frame& frame, const CommandInfo& command, float x, Rect rect, bool with_label) {
  const std::string_view words = label(command.id, frame.ui.language);
  const ImVec2 size = draw::measure(frame.fonts.words, words);
  const float icon = frame.px(18);
  const float pad = frame.px(7);
  const float width = pad + icon + (with_label ? frame.px(5) + size.x : 0) + pad;
  const float middle = rect.center().y;
  const Rect box{{x, middle - frame.px(16)}, {x + width, middle + frame.px(16)}};
  const bool main = command.id == CommandId::step;
  if (flat_button(frame, "command." + std::string(command.name), box, main)) {
    frame.commands.push_back({command.id});
  }
  tooltip(frame, box, help(command, frame.ui.language), command.shortcut);
  if (main) {
    ImGui::GetWindowDrawList()->AddRect(box.min, box.max, frame.theme[Color::green], frame.px(6));
  }
  draw_icon(frame, command.id, {x + pad + icon / 2, middle},
            frame.theme[command.backwards ? Color::blue : Color::green]);
  if (with_label) {
    draw::text(frame.fonts.words, {x + pad + icon + frame.px(5), middle - size.y / 2},
               frame.theme[Color::text], words);
  }
  return box.max.x + frame.px(1);
}

/// Play or pause, as a sign alone.
float draw_play(Frame& frame, float x, Rect rect, const Player& player) {
  const float middle = rect.center().y;
  const Rect box{{x, middle - frame.px(16)}, {x + frame.px(34), middle + frame.px(16)}};
  if (flat_button(frame, "action.play", box, player.playing())) frame.ui.actions.push_back(ActionId::play);
  tooltip(frame, box, info(ActionId::play).help.in(frame.ui.language), info(ActionId::play).shortcut);
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImVec2 c = box.center();
  const float r = frame.px(6);
  const ImU32 ink = frame.theme[Color::green];
  if (player.playing()) {
    list->AddRectFilled({c.x - r, c.y - r}, {c.x - r / 3, c.y + r}, ink);
    list->AddRectFilled({c.x + r / 3, c.y - r}, {c.x + r, c.y + r}, ink);
  } else {
    list->AddCircle(c, frame.px(9), ink, 0, frame.px(1.5F));
    list->AddTriangleFilled({c.x - r / 2, c.y - r * 0.7F}, {c.x + r * 0.75F, c.y},
                            {c.x - r / 2, c.y + r * 0.7F}, ink);
  }
  return box.max.x + frame.px(1);
}

/// Looks like a field to type in; a click opens the palette.
void draw_search(Frame& frame, float left, float right, Rect rect) {
  if (right - left < frame.px(90)) return;
  const float middle = rect.center().y;
  const Rect box{{left, middle - frame.px(15)}, {right, middle + frame.px(15)}};
  if (flat_button(frame, "action.palette", box, true)) frame.ui.actions.push_back(ActionId::palette);
  ImFont* words = frame.fonts.words;
  const std::string_view key = info(ActionId::palette).shortcut;
  const float key_left = right - frame.px(10) - draw::measure(frame.fonts.mono, key).x;
  draw::text_until(words, {left + frame.px(12), middle - words->FontSize / 2}, key_left - frame.px(8),
                   frame.theme[Color::text_soft], frame.text(kSearch));
  draw::text(frame.fonts.mono, {key_left, middle - frame.fonts.mono->FontSize / 2},
             frame.theme[Color::text_dim], key);
}

}  // namespace

void Toolbar::draw(Frame& frame, Rect rect, const Player& player) {
  frame.press.group("toolbar");
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  list->AddRectFilled(rect.min, rect.max, theme[Color::panel]);
  list->AddLine({rect.min.x, rect.max.y}, rect.max, theme[Color::line]);
  const float middle = rect.center().y;

  // From the left: the name, then the commands. Labels go first where the window is narrow.
  float x = rect.min.x + frame.px(16);
  const float logo = frame.px(16);
  list->AddRectFilled({x, middle - frame.px(8)}, {x + logo * 0.75F, middle - frame.px(4)}, theme[Color::blue],
                      frame.px(2));
  list->AddRectFilled({x + frame.px(4), middle - frame.px(2)}, {x + logo, middle + frame.px(2)},
                      theme[Color::green], frame.px(2));
  list->AddRectFilled({x, middle + frame.px(4)}, {x + logo * 0.6F, middle + frame.px(8)},
                      theme[Color::orange], frame.px(2));
  x += logo + frame.px(10);
  ImFont* strong = frame.fonts.strong;
  x = draw::text(strong, {x, middle - strong->FontSize / 2}, theme[Color::text], "gogoscope") + frame.px(10);
  // What is at the right keeps its room: search, theme, language, help.
  const auto toggle_width = [&](const Words& words) {
    return draw::measure(frame.fonts.words, frame.text(words)).x + frame.px(24);
  };
  const Words& theme_words = frame.ui.theme == ThemeId::dark ? kLightTheme : kDarkTheme;
  const float toggles =
      toggle_width(kSwitchLanguage) + toggle_width(theme_words) + toggle_width(kHelp) + frame.px(16);
  float right = rect.max.x - frame.px(draw::kGutter);
  const float search_right = right - toggles - frame.px(8);

  // Where room is short the scenario's name goes first, since the window's title has it, too; then the
  // labels.
  const std::vector<const CommandInfo*> order = in_order_of_time();
  float labels = frame.px(56);
  for (const CommandInfo* command : order) {
    labels += frame.px(38) + draw::measure(frame.fonts.words, label(command->id, frame.ui.language)).x;
  }
  ImFont* mono = frame.fonts.mono;
  const float name_width = std::min(draw::measure(mono, frame.view.name).x, frame.px(150)) + frame.px(12);
  const float most = search_right - frame.px(100);
  const bool with_labels = x + labels < most;
  const bool with_name = !with_labels || x + name_width + labels < most;
  if (with_name) {
    draw::text_until(mono, {x, middle - mono->FontSize / 2}, x + frame.px(150), theme[Color::text_dim],
                     frame.view.name);
    x += name_width;
  }
  list->AddLine({x, middle - frame.px(12)}, {x, middle + frame.px(12)}, theme[Color::line_strong]);
  x += frame.px(8);
  for (const CommandInfo* command : order) {
    x = draw_command(frame, *command, x, rect, with_labels);
    if (command->id == CommandId::step) x = draw_play(frame, x, rect, player);
  }
  draw_search(frame, std::max(x + frame.px(10), search_right - frame.px(260)), search_right, rect);

  const auto toggle = [&](const char* name, const Words& words, ActionId action) {
    const ImVec2 size = draw::measure(frame.fonts.words, frame.text(words));
    const Rect box{{right - size.x - frame.px(24), middle - frame.px(15)}, {right, middle + frame.px(15)}};
    if (flat_button(frame, name, box, true)) frame.ui.actions.push_back(action);
    tooltip(frame, box, info(action).help.in(frame.ui.language), info(action).shortcut);
    draw::text(frame.fonts.words, {box.min.x + frame.px(12), middle - size.y / 2}, theme[Color::text],
               frame.text(words));
    right = box.min.x - frame.px(8);
  };
  toggle("toggle.language", kSwitchLanguage, ActionId::language);
  toggle("toggle.theme", theme_words, ActionId::theme);
  toggle("action.help", kHelp, ActionId::help);
}

}  // namespace gogoscope
