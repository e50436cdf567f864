// A text that is cut off for lack of room is whole in a tooltip, as soon as the mouse is on it.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

constexpr std::string_view kEllipsis = "…";

bool in_sight(const DrawnText& text) {
  const ImVec2 c = text.where.center();
  return c.x > text.clip.min.x && c.x < text.clip.max.x && c.y > text.clip.min.y && c.y < text.clip.max.y;
}

/// Those of the frame drawn last that end in an ellipsis. "gosched_m …" is not cut: more functions follow.
std::vector<DrawnText> cut_texts(const DrawnTexts& texts) {
  std::vector<DrawnText> cut;
  for (const DrawnText& text : texts.all()) {
    if (text.words.ends_with(kEllipsis) && !text.words.ends_with(" …") && in_sight(text)) cut.push_back(text);
  }
  return cut;
}

/// The tooltip of the frame drawn last that begins like the text.
bool told_whole(const DrawnTexts& texts, const DrawnText& cut) {
  const std::string_view begins(cut.words.data(), cut.words.size() - kEllipsis.size());
  return std::ranges::any_of(texts.all(), [&](const DrawnText& text) {
    return !in_root(text) && text.words.size() > begins.size() && text.words.starts_with(begins) &&
           text.words != cut.words;
  });
}

TEST(CutTexts, are_whole_in_a_tooltip) {
  Offscreen ui(default_run(), {1024, 700});
  const DrawnTexts texts;
  std::set<std::string> seen;
  for (const char* moment : {"main.worker", "runtime.goexit0", "runtime.gogo+0x26#2"}) {
    go_to_moment(ui.app(), moment);
    for (const Language language : {Language::en, Language::zh}) {
      ui.app().ui().language = language;
      for (int n = 0; n < kTabRounds; ++n) {
        bring_tabs_forward(ui.app(), n);
        for (int i = 0; i < 3; ++i) ui.draw_only();
        for (const DrawnText& cut : cut_texts(texts)) {
          const std::string panel = panel_of(cut, ui.app());
          if (!seen.insert(panel + ": " + cut.words).second) continue;
          const ImVec2 c = cut.where.center();
          imgui_api::send_mouse_position(ImGui::GetIO(), c.x, c.y);
          for (int i = 0; i < 2; ++i) ui.draw_only();
          EXPECT_TRUE(told_whole(texts, cut)) << panel << ": " << cut.words << " at " << moment;
          imgui_api::send_mouse_position(ImGui::GetIO(), 0, 0);
          ui.draw_only();
        }
      }
    }
  }
  EXPECT_GT(seen.size(), 50U) << "a small window cuts many texts";
}

}  // namespace
}  // namespace gogoscope
