#include "ui/progress.h"

#include <imgui.h>

#include <algorithm>
#include <string>

#include "asm/text/fill.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

const Words kGoingThrough{"Going through the run: state {state}. Esc stops.",
                          "正在查找：状态 {state}。按 Esc 停止。"};

}  // namespace

float part_done(const SearchProgress& progress) {
  const auto distance = [](std::uint64_t a, std::uint64_t b) {
    return static_cast<float>(a > b ? a - b : b - a);
  };
  const float all = distance(progress.from, progress.to);
  return all == 0 ? 1 : std::min(1.0F, distance(progress.from, progress.at) / all);
}

void draw_progress(const SearchProgress& progress, const Theme& theme, Language language) {
  const ImVec2 window = ImGui::GetIO().DisplaySize;
  ImGui::GetBackgroundDrawList()->AddRectFilled({0, 0}, window, theme[Color::background]);
  const std::string words = fill(kGoingThrough.in(language), {{"state", std::to_string(progress.at)}});
  ImGui::SetNextWindowPos({window.x / 2, window.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
  ImGui::PushStyleColor(ImGuiCol_WindowBg, theme[Color::background]);
  ImGui::PushStyleColor(ImGuiCol_Border, 0);
  ImGui::PushStyleColor(ImGuiCol_Text, theme[Color::text]);
  ImGui::PushStyleColor(ImGuiCol_FrameBg, theme[Color::raised]);
  ImGui::PushStyleColor(ImGuiCol_PlotHistogram, theme.tint(Color::blue, 0.6F));
  ImGui::Begin("##progress", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_AlwaysAutoResize |
                   ImGuiWindowFlags_NoSavedSettings);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::ProgressBar(part_done(progress), {std::min(window.x / 2, ImGui::GetFontSize() * 24), 0});
  ImGui::End();
  ImGui::PopStyleColor(5);
}

}  // namespace gogoscope
