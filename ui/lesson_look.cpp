#include "ui/lesson_look.h"

#include <algorithm>
#include <array>

#include "emu/guest/registers.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

/// The panel that shows it, clipped so that a row which is scrolled away lights nothing.
void light_row(const Frame& frame, PanelId panel, Rect row) {
  const auto found = frame.anchors.panels.find(panel);
  if (found == frame.anchors.panels.end()) return;
  const Rect& rect = found->second;
  const float y = row.center().y;
  if (y < rect.min.y + frame.px(draw::kHeader) || y > rect.max.y) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  const float alpha = frame.ui.motion ? frame.motion.progress() : 1.0F;
  list->AddRectFilled(row.min, row.max, frame.theme.tint(Color::blue, 0.16F * alpha), frame.px(4));
  list->AddCircleFilled({rect.min.x + frame.px(7), y}, frame.px(4), frame.theme.tint(Color::blue, alpha));
}

}  // namespace

void light_lesson(const Frame& frame) {
  const LessonPlay* const play = frame.view.lesson;
  if (play == nullptr || frame.view.trial != nullptr || play->stop().state != frame.view.position) return;
  ImDrawList* list = ImGui::GetWindowDrawList();
  for (const Look& look : play->stop().look) {
    if (!look.value) {
      const PanelInfo* const panel = panel_by_name(look.name);
      if (panel == nullptr) continue;
      const auto found = frame.anchors.panels.find(panel->id);
      if (found == frame.anchors.panels.end()) continue;
      const Rect& rect = found->second;
      const float grown = frame.px(2);
      const float alpha = frame.ui.motion ? frame.motion.progress() : 1.0F;
      list->AddRect({rect.min.x - grown, rect.min.y - grown}, {rect.max.x + grown, rect.max.y + grown},
                    frame.theme.tint(Color::blue, alpha), frame.px(draw::kRounding), 0, frame.px(2));
      frame.widgets.note("lesson.look." + look.name, rect);
      continue;
    }
    // TLS is a word of the m whose thread is shown.
    const std::string path =
        look.name == "tls" ? "m" + std::to_string(frame.view.state().thread()) + ".tls[0]" : look.name;
    if (const std::optional<Reg> reg = reg_by_name(look.name)) {
      const auto row = frame.anchors.registers.find(*reg);
      if (row == frame.anchors.registers.end()) continue;
      light_row(frame, PanelId::registers, row->second);
      frame.widgets.note("lesson.look." + look.name, row->second);
    } else if (const auto field = frame.view.names->find_field(path)) {
      const auto row = frame.anchors.fields.find(field->addr);
      if (row == frame.anchors.fields.end()) continue;
      light_row(frame, PanelId::structs, row->second);
      frame.widgets.note("lesson.look." + look.name, row->second);
    }
  }
}

std::vector<PanelId> looked_at(const LessonStop& stop) {
  std::vector<PanelId> panels;
  const auto add = [&](PanelId id) {
    if (std::ranges::find(panels, id) == panels.end()) panels.push_back(id);
  };
  for (const Look& look : stop.look) {
    const PanelInfo* const panel = look.value ? nullptr : panel_by_name(look.name);
    if (panel != nullptr) add(panel->id);
  }
  for (const Look& look : stop.look) {
    if (!look.value) continue;
    if (reg_by_name(look.name)) {
      add(PanelId::registers);
    } else if (look.name.find('.') != std::string::npos) {
      add(PanelId::structs);
    }
  }
  return panels;
}

void bring_forward(const LessonStop& stop, UiState& ui) {
  std::array<bool, static_cast<std::size_t>(Slot::count)> taken{};
  for (const PanelId id : looked_at(stop)) {
    bool& slot = taken[static_cast<std::size_t>(info(id).slot)];
    if (!slot) ui.desk.bring_forward(id);
    slot = true;
  }
  // The struct of the first field is brought into sight.
  for (const Look& look : stop.look) {
    const std::size_t dot = look.name.find('.');
    if (look.value && !reg_by_name(look.name) && dot != std::string::npos && ui.struct_shown.empty())
      ui.struct_shown = look.name.substr(0, dot);
  }
}

}  // namespace gogoscope
