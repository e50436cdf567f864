#include "ui/overlays/line_field.h"

#include <algorithm>
#include <cstring>

#include "asm/text/utf8.h"

namespace gogoscope {
namespace {

/// A lens, as a sign for "search here".
void draw_lens(const Frame& frame, ImVec2 c) {
  ImDrawList* list = ImGui::GetWindowDrawList();
  const ImU32 ink = frame.theme[Color::text_dim];
  const float r = frame.px(5.5F);
  list->AddCircle({c.x - r * 0.3F, c.y - r * 0.3F}, r, ink, 0, frame.px(1.6F));
  list->AddLine({c.x + r * 0.45F, c.y + r * 0.45F}, {c.x + r * 1.25F, c.y + r * 1.25F}, ink, frame.px(1.8F));
}

/// What the field's callback needs: the text that we put there, if we did.
struct FieldUpdate {
  const char* text;
  bool* cursor_to_end;
};

int update_field(ImGuiInputTextCallbackData* data) {
  auto& update = *static_cast<FieldUpdate*>(data->UserData);
  if (!*update.cursor_to_end) return 0;
  *update.cursor_to_end = false;
  // While the field is active ImGui keeps a text of its own.
  if (std::strcmp(data->Buf, update.text) != 0) {
    data->DeleteChars(0, data->BufTextLen);
    data->InsertChars(0, update.text);
  }
  data->CursorPos = data->SelectionStart = data->SelectionEnd = data->BufTextLen;
  return 0;
}

}  // namespace

void LineField::put(std::string_view text) {
  const std::size_t size = std::min(text.size(), text_.size() - 1);
  text_.fill('\0');
  std::copy_n(text.data(), size, text_.data());
  cursor_to_end_ = true;
}

void LineField::open(std::string_view text) {
  put(text);
  active_ = false;
}

void LineField::take_early_letters() {
  ImVector<ImWchar>& queue = ImGui::GetIO().InputQueueCharacters;
  if (queue.empty()) return;
  std::string text(text_.data());
  for (const ImWchar letter : queue) {
    const auto code = static_cast<std::uint32_t>(letter);
    if (code < 0x20 || code == 0x7F) continue;
    append_rune(text, code);
  }
  queue.resize(0);
  put(text);
}

void LineField::draw(Frame& frame, Rect area, const Words& prompt) {
  draw_lens(frame, {area.min.x + frame.px(22), area.center().y});
  const float left = area.min.x + frame.px(42);
  ImGui::PushFont(frame.fonts.story);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(0, 0));
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
  ImGui::PushStyleColor(ImGuiCol_Text, frame.theme[Color::text]);
  ImGui::PushStyleColor(ImGuiCol_TextDisabled, frame.theme[Color::text_dim]);
  ImGui::SetCursorScreenPos({left, area.center().y - frame.fonts.story->FontSize / 2});
  ImGui::SetNextItemWidth(std::max(area.max.x - frame.px(14) - left, 1.0F));
  // It takes ImGui some frames to give the keyboard to a field; a user who types at once must not lose
  // letters.
  if (!active_) take_early_letters();
  // Enter takes the keyboard out of the field, and so does a click on a result that only fills it.
  if (!active_ && !ImGui::IsAnyItemActive()) ImGui::SetKeyboardFocusHere();
  const std::string ours(text_.data());
  FieldUpdate update{ours.c_str(), &cursor_to_end_};
  ImGui::InputTextWithHint("##text", prompt.str(frame.ui.language).c_str(), text_.data(), text_.size(),
                           ImGuiInputTextFlags_CallbackAlways, update_field, &update);
  active_ = ImGui::IsItemActive();
  ImGui::PopStyleColor(3);
  ImGui::PopStyleVar();
  ImGui::PopFont();
}

}  // namespace gogoscope
