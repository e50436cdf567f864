// The table of goroutines.
#include "ui/panels/gs.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/panels/states.h"

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

/// With 100 goroutines that main starts, on two Ps.
class AHundred : public testing::Test {
 protected:
  static OpenedRun run() {
    std::string pattern = (std::filesystem::temp_directory_path() / "gogoscope-hundred-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    std::string text =
        "title: {en: A hundred, zh: 一百个}\nabout: {en: a, zh: a}\nprocs: 2\nheap: 8MB\nbodies: |\n"
        "  TEXT main·main(SB), $16-0\n";
    for (int i = 0; i < 100; ++i) text += "      GO main·worker(SB)\n";
    text +=
        "      CALL runtime·Gosched(SB)\n      RET\n\n  TEXT main·worker(SB), NOSPLIT, $0-0\n      RET\n"
        "at: []\nfinally: {exit: 0}\n";
    std::ofstream(folder / "hundred.yaml") << text;
    auto opened = open_run((folder / "hundred.yaml").string());
    std::filesystem::remove_all(folder);
    OpenedRun out = std::get<OpenedRun>(std::move(opened));
    out.session->execute({CommandId::go_start});
    return out;
  }
  void settle() {
    for (int i = 0; i < 5; ++i) ui_.frame();
  }
  void go(const std::string& moment) {
    ASSERT_TRUE(ui_.go(CommandId::run_to, moment).ok()) << moment;
    settle();
  }
  /// Whether a widget is in sight within its panel.
  bool in_sight(const std::string& widget, PanelId panel) {
    const std::optional<Rect> one = ui_.app().widgets().find(widget), all = ui_.app().panel_rect(panel);
    return one && all && one->min.y >= all->min.y && one->max.y <= all->max.y;
  }
  std::string running() {
    const Entity* const g = ui_.app().view().goroutine(Addr());
    return g == nullptr ? "" : g->short_name;
  }
  Offscreen ui_{run()};
};

TEST_F(AHundred, the_table_follows_the_goroutine_that_runs) {
  ui_.app().ui().desk.bring_forward(PanelId::gs);
  std::set<std::string> seen;
  for (const char* moment : {"main.worker#1", "main.worker#37", "main.worker#80", "main.worker#100"}) {
    go(moment);
    seen.insert(running());
    EXPECT_TRUE(in_sight("gs.row." + running(), PanelId::gs)) << moment << " " << running();
    EXPECT_GE(ui_.app().panel<GsPanel>().rows().size(), 50U);
  }
  EXPECT_EQ(seen.size(), 4U);
}

TEST_F(AHundred, the_chips_of_states_are_of_those_that_live_and_the_rest_is_one_click_away) {
  go("runtime.Gosched#1");
  // Most are dead by now; those in sight are not, as long as there are others.
  std::set<std::string> living;
  for (const GsPanel::Row& row : ui_.app().panel<GsPanel>().rows())
    if (row.status.text != "dead" && row.status.text != "idle") living.insert(row.name);
  const StatesPanel& states = ui_.app().panel<StatesPanel>();
  std::size_t alive = 0, chips = 0;
  for (const auto& [name, rect] : ui_.app().widgets().all()) {
    if (!name.starts_with("states.select.")) continue;
    ++chips;
    alive += living.contains(name.substr(std::string_view("states.select.").size())) ? 1 : 0;
  }
  EXPECT_GE(chips, 4U);
  EXPECT_LT(chips, 30U);
  EXPECT_GE(alive, std::min(chips - 1, living.size() - 1)) << states.shown().name;
  ASSERT_TRUE(ui_.click("states.more"));
  EXPECT_TRUE(ui_.app().ui().desk.in_front(PanelId::gs));
}

TEST_F(AHundred, the_lane_of_the_goroutine_that_runs_is_in_sight) {
  for (const char* moment : {"main.worker#1", "main.worker#60", "main.worker#100"}) {
    go(moment);
    const DrawnTexts texts;
    ui_.draw_only();
    const bool seen = std::ranges::any_of(texts.all(), [&](const DrawnText& text) {
      return panel_of(text, ui_.app()) == "timeline" && text.words == running() &&
             text.where.min.y >= text.clip.min.y && text.where.max.y <= text.clip.max.y;
    });
    EXPECT_TRUE(seen) << moment << " " << running();
  }
}

}  // namespace
}  // namespace gogoscope
