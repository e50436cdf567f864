#include "tests/ui/drawn_texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "scenarios/run/moments.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

bool holds(const Rect& rect, ImVec2 point) {
  return point.x >= rect.min.x && point.x < rect.max.x && point.y >= rect.min.y && point.y < rect.max.y;
}

}  // namespace

DrawnTexts::DrawnTexts() {
  draw::observe_texts([this](std::string_view words, const ImFont* font, ImU32 color, Rect where) {
    if (frame_ != ImGui::GetFrameCount()) texts_.clear();
    frame_ = ImGui::GetFrameCount();
    if (words.find_first_not_of(' ') == std::string_view::npos) return;
    const ImDrawList& list = *ImGui::GetWindowDrawList();
    texts_.push_back({std::string(words), font->FontSize, color, where,
                      Rect{list.GetClipRectMin(), list.GetClipRectMax()}, list._OwnerName,
                      ImGui::GetScrollMaxY() > 0});
  });
}

DrawnTexts::~DrawnTexts() { draw::observe_texts({}); }

bool DrawnTexts::say(std::string_view words) const {
  std::string all;
  for (const DrawnText& text : texts_) all += text.words + " ";
  return all.find(words) != std::string::npos;
}

bool off_ground(const DrawnText& text, const App& app) {
  const std::optional<Rect> ground = app.widgets().find("ground");
  if (!ground || text.window.rfind("gogoscope/ground", 0) != 0) return false;
  const float bar = ImGui::GetStyle().ScrollbarSize;
  return text.where.min.x < ground->min.x || text.where.max.x > ground->max.x - bar ||
         text.where.min.y < ground->min.y || text.where.max.y > ground->max.y - bar;
}

bool in_root(const DrawnText& text) {
  return text.window == "gogoscope" || text.window.rfind("gogoscope/", 0) == 0;
}

namespace {

std::pair<std::string, std::optional<Rect>> panel_at(const DrawnText& text, const App& app) {
  if (!in_root(text)) return {text.window, std::nullopt};
  const std::string prefix = "panel.";
  const ImVec2 point{text.where.min.x + 0.5F,
                     std::clamp(text.where.center().y, text.clip.min.y, text.clip.max.y)};
  // The smallest that holds it: a part of a panel rather than the whole.
  std::pair<std::string, std::optional<Rect>> found{"no panel", std::nullopt};
  const bool above_ground = app.widgets().find("ground") && text.window == "gogoscope";
  for (const auto& [name, rect] : app.widgets().all()) {
    if (above_ground || name.rfind(prefix, 0) != 0 || !holds(rect, point)) continue;
    if (found.second && found.second->width() <= rect.width()) continue;
    found = {name.substr(prefix.size()), rect};
  }
  return found;
}

}  // namespace

std::string panel_of(const DrawnText& text, const App& app) { return panel_at(text, app).first; }

std::optional<Rect> panel_rect(const DrawnText& text, const App& app) { return panel_at(text, app).second; }

const std::vector<std::string>& telling_moments() {
  static const std::vector<std::string> moments = {
      "0",
      "main.worker",
      "runtime.mcall+0x27",
      "runtime.goexit0",
      "runtime.goexit0:\"gp.m = nil\"",
      "runtime.schedule#3",
      "runtime.gogo+0x23#2",
      "runtime.gogo+0x26#2",  // SP has just moved to the other stack
      "end"};
  return moments;
}

void go_to_moment(App& app, const std::string& moment) {
  const auto found = find_moment(moment, app.session().trace());
  ASSERT_EQ(found.index(), 0U) << moment << ": " << std::get<Message>(found).in(Language::en);
  app.queue(Command{CommandId::go_start});
  const std::uint64_t state = std::get<0>(found);
  if (state > 0) app.queue(Command{CommandId::run_to, Where::at_state(state)});
  app.execute_queued();
}

void bring_tabs_forward(App& app, int n) {
  std::array<int, static_cast<std::size_t>(Slot::count)> seen{};
  for (const PanelInfo& panel : panels()) {
    if (seen[static_cast<std::size_t>(panel.slot)]++ == n) app.ui().desk.bring_forward(panel.id);
  }
}

}  // namespace gogoscope
