#include "ui/toolbar.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

#include "emu/layout/tested_releases.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

const Words kUntested{"(untested)", "（未测试）"};

const Words kSearch{"Search", "搜索"};
const Words kHelp{"Help", "帮助"};
const Words kSwitchLanguage{"中文", "English"};
const Words kLightTheme{"Light", "浅色"};
const Words kDarkTheme{"Dark", "深色"};

/// What moves in time; undo and redo change the record.
bool moves(const CommandInfo& command) {
  return command.argument == ArgumentKind::none && command.id != CommandId::undo &&
         command.id != CommandId::redo;
}

/// Backwards on the left, forwards on the right, each in the order of the table, so that a command and
/// its opposite are the same way from the middle.
std::vector<const CommandInfo*> in_order_of_time() {
  std::vector<const CommandInfo*> order;
  for (const CommandInfo& command : commands()) {
    if (moves(command) && command.backwards) order.insert(order.begin(), &command);
  }
  for (const CommandInfo& command : commands()) {
    if (moves(command) && !command.backwards) order.push_back(&command);
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
  const float middle = rect.center().y;
  const Rect box{{left, middle - frame.px(15)}, {right, middle + frame.px(15)}};
  if (flat_button(frame, "action.palette", box, true)) frame.ui.actions.push_back(ActionId::palette);
  ImFont* words = frame.fonts.words;
  const std::string_view key = info(ActionId::palette).shortcut;
  const float key_left = right - frame.px(10) - draw::measure(frame.fonts.mono, key).x;
  draw::text_until(words, {left + frame.px(12), middle - words->FontSize / 2}, key_left - frame.px(8),
                   frame.theme[Color::text_soft], frame.text(kSearch));
  if (key_left > left + frame.px(8)) {
    draw::text(frame.fonts.mono, {key_left, middle - frame.fonts.mono->FontSize / 2},
               frame.theme[Color::text_dim], key);
  }
}

/// Three lines: everything that a narrow bar leaves out, and files.
float draw_menu_button(Frame& frame, float right, Rect rect) {
  const float middle = rect.center().y;
  const Rect box{{right - frame.px(34), middle - frame.px(15)}, {right, middle + frame.px(15)}};
  if (flat_button(frame, "action.menu", box, true)) frame.ui.actions.push_back(ActionId::menu);
  tooltip(frame, box, info(ActionId::menu).help.in(frame.ui.language), info(ActionId::menu).shortcut);
  const ImVec2 c = box.center();
  for (int i = -1; i <= 1; ++i) {
    const float y = c.y + frame.px(5) * static_cast<float>(i);
    ImGui::GetWindowDrawList()->AddLine({c.x - frame.px(7), y}, {c.x + frame.px(7), y},
                                        frame.theme[Color::text], frame.px(1.5F));
  }
  return box.min.x - frame.px(8);
}

float draw_logo(const Frame& frame, float x, float middle) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float logo = frame.px(16);
  list->AddRectFilled({x, middle - frame.px(8)}, {x + logo * 0.75F, middle - frame.px(4)},
                      frame.theme[Color::blue], frame.px(2));
  list->AddRectFilled({x + frame.px(4), middle - frame.px(2)}, {x + logo, middle + frame.px(2)},
                      frame.theme[Color::green], frame.px(2));
  list->AddRectFilled({x, middle + frame.px(4)}, {x + logo * 0.6F, middle + frame.px(8)},
                      frame.theme[Color::orange], frame.px(2));
  return x + logo + frame.px(10);
}

constexpr float kButton = 33;  // a command without its label
constexpr float kPlay = 35;
constexpr float kMenu = 42;
constexpr float kLeastSearch = 100;
constexpr std::string_view kProgram = "gogoscope";

/// "pingpong · Go 1.19.8": a program's release decides what is true of it.
std::string name_of_run(const Frame& frame) {
  if (!frame.view.of_program()) return frame.view.name;
  const std::string& release = frame.view.guest->release->name();
  std::string out = frame.view.name + " · Go " + release;
  if (!is_tested_release(release)) out += " " + std::string(frame.text(kUntested));
  return out;
}

/// What is shown in the room that there is. The bar gives up, in this order: the scenario's name, which the
/// window's title has as well; the labels of commands; search; what the menu has as well; the program's name;
/// and then commands, those last that a hand uses most.
struct Fold {
  bool program = true;
  bool name = true;
  bool labels = true;
  bool search = true;
  bool toggles = true;
};

struct Widths {
  float program, name, labels, toggles;
};

std::optional<Fold> fold_for(float room, const Widths& widths) {
  const Fold folds[] = {{true, true, true, true, true},     {true, false, true, true, true},
                        {true, true, false, true, true},    {true, false, false, true, true},
                        {true, false, false, false, true},  {true, false, false, false, false},
                        {false, false, false, false, false}};
  for (const Fold& fold : folds) {
    const float taken = (fold.program ? widths.program : 0) + (fold.name ? widths.name : 0) +
                        (fold.labels ? widths.labels : 0) + (fold.toggles ? widths.toggles : 0) +
                        (fold.search ? 1.0F : 0.0F);
    if (taken <= room) return fold;
  }
  return std::nullopt;
}

/// Step, line, event, handoff, then the ends: what is left out first comes last.
int use_of(CommandId id) {
  static constexpr CommandId kUse[] = {CommandId::step,         CommandId::back,        CommandId::step_line,
                                       CommandId::back_line,    CommandId::next_event,  CommandId::last_event,
                                       CommandId::next_handoff, CommandId::last_handoff};
  return static_cast<int>(std::find(std::begin(kUse), std::end(kUse), id) - std::begin(kUse));
}

}  // namespace

void Toolbar::draw(Frame& frame, Rect rect, const Player& player) {
  frame.press.group("toolbar");
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  list->AddRectFilled(rect.min, rect.max, theme[Color::panel]);
  list->AddLine({rect.min.x, rect.max.y}, rect.max, theme[Color::line]);
  const float middle = rect.center().y;
  float x = draw_logo(frame, rect.min.x + frame.px(16), middle);
  float right = draw_menu_button(frame, rect.max.x - frame.px(draw::kGutter), rect);

  ImFont* mono = frame.fonts.mono;
  ImFont* strong = frame.fonts.strong;
  const auto toggle_width = [&](const Words& words) {
    return draw::measure(frame.fonts.words, frame.text(words)).x + frame.px(32);
  };
  const Words& theme_words = frame.ui.theme == ThemeId::dark ? kLightTheme : kDarkTheme;
  std::vector<const CommandInfo*> order = in_order_of_time();
  Widths widths{};
  widths.program = draw::measure(strong, kProgram).x + frame.px(10);
  const std::string run_name = name_of_run(frame);
  const float most_name = frame.px(frame.view.of_program() ? 260 : 150);
  widths.name = std::min(draw::measure(mono, run_name).x, most_name) + frame.px(12);
  for (const CommandInfo* command : order)
    widths.labels += frame.px(5) + draw::measure(frame.fonts.words, label(command->id, frame.ui.language)).x;
  widths.toggles = toggle_width(kSwitchLanguage) + toggle_width(theme_words) + toggle_width(kHelp);
  const float rule = frame.px(8);
  const float commands = rule + frame.px(kButton) * static_cast<float>(order.size()) + frame.px(kPlay);
  std::optional<Fold> fold = fold_for(right - x - commands - frame.px(kLeastSearch + 18), widths);
  if (!fold || !fold->search) fold = fold_for(right - x - commands, widths);
  const Fold shown = fold.value_or(Fold{false, false, false, false, false});
  if (!fold) {
    const auto fit =
        static_cast<std::size_t>(std::max((right - x - rule - frame.px(kPlay)) / frame.px(kButton), 0.0F));
    std::vector<const CommandInfo*> kept = order;
    std::stable_sort(kept.begin(), kept.end(), [](const CommandInfo* a, const CommandInfo* b) {
      return use_of(a->id) < use_of(b->id);
    });
    kept.resize(std::min(fit, kept.size()));
    std::erase_if(order, [&](const CommandInfo* command) {
      return std::find(kept.begin(), kept.end(), command) == kept.end();
    });
  }

  if (shown.program)
    x = draw::text(strong, {x, middle - strong->FontSize / 2}, theme[Color::text], kProgram) + frame.px(10);
  if (shown.name) {
    draw::text_until(mono, {x, middle - mono->FontSize / 2}, x + most_name, theme[Color::text_dim], run_name);
    x += widths.name;
  }
  list->AddLine({x, middle - frame.px(12)}, {x, middle + frame.px(12)}, theme[Color::line_strong]);
  x += rule;
  for (const CommandInfo* command : order) {
    x = draw_command(frame, *command, x, rect, shown.labels);
    if (command->id == CommandId::step) x = draw_play(frame, x, rect, player);
  }

  const auto toggle = [&](const char* name, const Words& words, ActionId action) {
    const ImVec2 size = draw::measure(frame.fonts.words, frame.text(words));
    const Rect box{{right - size.x - frame.px(24), middle - frame.px(15)}, {right, middle + frame.px(15)}};
    if (flat_button(frame, name, box, true)) frame.ui.actions.push_back(action);
    tooltip(frame, box, info(action).help.in(frame.ui.language), info(action).shortcut);
    draw::text(frame.fonts.words, {box.min.x + frame.px(12), middle - size.y / 2}, theme[Color::text],
               frame.text(words));
    right = box.min.x - frame.px(8);
  };
  if (shown.toggles) {
    toggle("toggle.language", kSwitchLanguage, ActionId::language);
    toggle("toggle.theme", theme_words, ActionId::theme);
    toggle("action.help", kHelp, ActionId::help);
  }
  if (shown.search) draw_search(frame, std::max(x + frame.px(10), right - frame.px(260)), right, rect);
}

}  // namespace gogoscope
