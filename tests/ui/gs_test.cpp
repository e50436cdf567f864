// The table of goroutines.
#include "ui/panels/gs.h"

#include <gtest/gtest.h>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

TEST(Gs, the_name_is_a_link_to_the_struct) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::gs);
  ui.go(CommandId::go_end);
  ui.app().ui().desk.bring_forward(PanelId::memory);
  ui.frame();
  ASSERT_TRUE(ui.click("gs.name.g2"));
  EXPECT_EQ(ui.app().ui().selected_g, ui.app().panel<GsPanel>().row("g2")->g);
  EXPECT_TRUE(ui.app().ui().desk.in_front(PanelId::structs));
}

TEST(Gs, a_click_beside_the_name_selects_and_a_second_one_lets_go) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::gs);
  ui.go(CommandId::go_end);
  ASSERT_TRUE(ui.click("gs.row.g2"));
  EXPECT_EQ(ui.app().ui().selected_g, ui.app().panel<GsPanel>().row("g2")->g);
  EXPECT_FALSE(ui.app().ui().desk.in_front(PanelId::memory));
  ASSERT_TRUE(ui.click("gs.row.g2"));
  EXPECT_TRUE(ui.app().ui().selected_g.is_nil());
}

TEST(Gs, at_any_width_what_is_shown_is_shown_whole) {
  for (const ImVec2 size : {ImVec2(1280, 800), ImVec2(1600, 1000), ImVec2(2600, 1200)}) {
    Offscreen ui(default_run(), size);
    ui.app().ui().desk.bring_forward(PanelId::gs);
    ui.go(CommandId::run_to, "1700");
    DrawnTexts texts;
    ui.draw_only();
    for (const DrawnText& text : texts.all()) {
      if (panel_of(text, ui.app()) != "goroutines") continue;
      EXPECT_EQ(text.words.find("…"), std::string::npos) << text.words << " at " << size.x;
    }
  }
}

}  // namespace
}  // namespace gogoscope
