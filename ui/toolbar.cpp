#include "ui/toolbar.h"

#include <algorithm>
#include <vector>

#include "ui/draw.h"
#include "ui/palette.h"

namespace gogoscope {
namespace {

/// Backwards on the left, forwards on the right, each in the order of the table, so that a command and
/// its opposite lie the same way from the middle.
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

/// A flat button in the bar; returns whether it was clicked.
bool flat_button(Frame& frame, const char* name, Rect box, bool raised) {
  ImGui::SetCursorScreenPos(box.min);
  const bool clicked = ImGui::InvisibleButton(name, box.size());
  const bool hovered = ImGui::IsItemHovered();
  const bool held = ImGui::IsItemActive();
  if (raised || hovered || held) {
    ImGui::GetWindowDrawList()->AddRectFilled(box.min, box.max,
                                              frame.theme[held      ? Color::line_strong
                                                          : hovered ? Color::line
                                                                    : Color::raised],
                                              frame.px(6));
  }
  frame.widgets.note(name, box);
  return clicked;
}

/// ImGui selects a line that gets the focus by program; what we began is to be typed on, not over.
int move_cursor(ImGuiInputTextCallbackData* data) {
  bool& wanted = *static_cast<bool*>(data->UserData);
  if (wanted && data->BufTextLen > 0) {
    data->CursorPos = data->SelectionStart = data->SelectionEnd = data->BufTextLen;
    wanted = false;
  }
  return 0;
}

void tooltip(const Frame& frame, std::string_view words, std::string_view shortcut) {
  if (!ImGui::IsItemHovered()) return;
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

}  // namespace

void Toolbar::rebuild(const View&, const UiState&) {}

float Toolbar::draw_command(Frame& frame, const CommandInfo& command, float x, Rect rect, bool with_label) {
  const std::string_view words = label(command.id, frame.ui.language);
  const ImVec2 size = draw::measure(frame.fonts.words, words);
  const float icon = frame.px(18);
  const float pad = frame.px(8);
  const float width = pad + icon + (with_label ? frame.px(6) + size.x : 0) + pad;
  const float middle = rect.center().y;
  const Rect box{{x, middle - frame.px(17)}, {x + width, middle + frame.px(17)}};
  const std::string name = "command." + std::string(command.name);
  const bool main = command.id == CommandId::step;
  if (flat_button(frame, name.c_str(), box, main)) frame.commands.push_back({command.id, ""});
  tooltip(frame, help(command, frame.ui.language), command.shortcut);
  if (main) {
    ImGui::GetWindowDrawList()->AddRect(box.min, box.max, frame.theme[Color::green], frame.px(6));
  }
  draw_icon(frame, command.id, {x + pad + icon / 2, middle},
            frame.theme[command.backwards ? Color::blue : Color::green]);
  if (with_label) {
    draw::text(frame.fonts.words, {x + pad + icon + frame.px(6), middle - size.y / 2},
               frame.theme[Color::text], words);
  }
  return box.max.x + frame.px(2);
}

void Toolbar::draw_palette(Frame& frame, float left, float right, Rect rect) {
  if (right - left < frame.px(120)) return;
  const float height = ImGui::GetFrameHeight();
  const ImVec2 at{left, rect.center().y - height / 2};
  ImGui::SetCursorScreenPos(at);
  ImGui::SetNextItemWidth(right - left);
  if (!frame.ui.line_to_begin.empty()) {
    const std::size_t length = frame.ui.line_to_begin.copy(typed_.data(), typed_.size() - 1);
    typed_[length] = '\0';
    frame.ui.line_to_begin.clear();
    cursor_to_end_ = true;
    ImGui::SetKeyboardFocusHere();
  }
  const std::string hint(frame.text(Phrase::type_command));
  if (ImGui::InputTextWithHint("##palette", hint.c_str(), typed_.data(), typed_.size(),
                               ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_CallbackAlways,
                               move_cursor, &cursor_to_end_) &&
      typed_[0] != '\0') {
    auto parsed = parse_command(typed_.data(), frame.ui.language);
    if (auto* command = std::get_if<Command>(&parsed)) {
      frame.commands.push_back(std::move(*command));
      typed_[0] = '\0';
    } else {
      frame.ui.notice = std::get<std::string>(parsed);
      frame.ui.notice_is_error = true;
    }
  }
  frame.widgets.note("palette", {at, {right, at.y + height}});
}

void Toolbar::draw(Frame& frame, Rect rect) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const Theme& theme = frame.theme;
  list->AddRectFilled(rect.min, rect.max, theme[Color::panel]);
  list->AddLine({rect.min.x, rect.max.y}, rect.max, theme[Color::line]);
  const float middle = rect.center().y;

  // From the right: theme, language.
  float right = rect.max.x - frame.px(draw::kGutter);
  const auto toggle = [&](const char* name, Phrase phrase) {
    const std::string_view words = frame.text(phrase);
    const ImVec2 size = draw::measure(frame.fonts.words, words);
    const Rect box{{right - size.x - frame.px(24), middle - frame.px(15)}, {right, middle + frame.px(15)}};
    const bool clicked = flat_button(frame, name, box, true);
    draw::text(frame.fonts.words, {box.min.x + frame.px(12), middle - size.y / 2}, theme[Color::text], words);
    right = box.min.x - frame.px(8);
    return clicked;
  };
  if (toggle("toggle.language", Phrase::switch_language)) {
    frame.ui.language = frame.ui.language == Language::en ? Language::zh : Language::en;
  }
  if (toggle("toggle.theme", frame.ui.theme == ThemeId::dark ? Phrase::light_theme : Phrase::dark_theme)) {
    frame.ui.theme = frame.ui.theme == ThemeId::dark ? ThemeId::light : ThemeId::dark;
  }

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
  ImFont* mono = frame.fonts.mono;
  x = draw::text_until(mono, {x, middle - mono->FontSize / 2}, x + frame.px(180), theme[Color::text_dim],
                       frame.view.name) +
      frame.px(14);
  list->AddLine({x, middle - frame.px(12)}, {x, middle + frame.px(12)}, theme[Color::line_strong]);
  x += frame.px(10);

  const std::vector<const CommandInfo*> order = in_order_of_time();
  float labelled = x;
  for (const CommandInfo* command : order) {
    labelled += frame.px(42) + draw::measure(frame.fonts.words, label(command->id, frame.ui.language)).x;
  }
  const bool with_labels = labelled < right - frame.px(130);
  for (const CommandInfo* command : order) x = draw_command(frame, *command, x, rect, with_labels);
  draw_palette(frame, std::max(x + frame.px(10), right - frame.px(320)), right, rect);
}

}  // namespace gogoscope
