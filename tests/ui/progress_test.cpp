// What is shown while a command takes long.
#include "ui/progress.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

TEST(Progress, says_how_far_a_search_has_come_and_how_to_stop_it) {
  Offscreen ui;
  const SearchProgress backwards{.from = 1000, .at = 250, .to = 0};
  for (const auto& [language, words] :
       {std::pair{Language::en, "Going through the run: state 250. Esc stops."},
        std::pair{Language::zh, "正在查找：状态 250。按 Esc 停止。"}}) {
    ImGui::NewFrame();
    ImGui::LogToClipboard();
    draw_progress(backwards, theme(ThemeId::dark), language);
    ImGui::LogFinish();
    ImGui::Render();
    const std::string drawn = ImGui::GetClipboardText();
    EXPECT_NE(drawn.find(words), std::string::npos) << drawn;
    EXPECT_NE(drawn.find("75%"), std::string::npos) << drawn;
  }
}

TEST(Progress, is_a_part_of_the_way_in_either_direction) {
  EXPECT_EQ(part_done({.from = 0, .at = 0, .to = 10}), 0.0F);
  EXPECT_EQ(part_done({.from = 0, .at = 5, .to = 10}), 0.5F);
  EXPECT_EQ(part_done({.from = 10, .at = 4, .to = 0}), 0.6F);
  EXPECT_EQ(part_done({.from = 7, .at = 7, .to = 7}), 1.0F) << "where there is no way";
}

}  // namespace
}  // namespace gogoscope
