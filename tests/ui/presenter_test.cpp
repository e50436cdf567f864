// Presenter mode for a back row: what is large, what is framed, what is seen.
#include "ui/presenter.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/run/moments.h"
#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

class Presenter : public testing::TestWithParam<ImVec2> {
 protected:
  Presenter() : ui_(default_run(), GetParam()) {
    ui_.app().ui().presenter = true;
    ui_.frame();
  }
  void settle() {
    for (int i = 0; i < 4; ++i) ui_.frame();
  }
  void go(const std::string& moment) {
    EXPECT_TRUE(ui_.go(CommandId::run_to, moment).ok()) << moment;
    settle();
  }
  /// The words of a stack of which the whole row is in sight.
  int rows_of(const std::string& stack) {
    const std::optional<Rect> panel = ui_.app().widgets().find("panel." + stack);
    if (!panel) return 0;
    int rows = 0;
    for (const auto& [name, rect] : ui_.app().widgets().all()) {
      if (name.rfind("stack.addr.", 0) != 0 || rect.min.x < panel->min.x || rect.max.x > panel->max.x)
        continue;
      if (rect.min.y >= panel->min.y && rect.max.y <= panel->max.y) ++rows;
    }
    return rows;
  }
  Offscreen ui_;
};

TEST_P(Presenter, type_grows_with_the_screen) {
  // A fortieth of the screen's height can be read from the last row.
  EXPECT_GE(ui_.app().ui().presenter ? ImGui::GetIO().Fonts->Fonts[0]->FontSize : 0, GetParam().y / 40);
}

TEST_P(Presenter, the_stacks_show_sp_and_at_least_eight_rows) {
  for (const char* moment : {"runtime.gogo+0x26#2", "runtime.gogo+0x26#3"}) {
    go(moment);
    ASSERT_EQ(focus_of(ui_.app().view()), PanelId::stacks) << moment;
    EXPECT_GE(rows_of("stack.g0"), 8) << moment;
    EXPECT_GE(rows_of("stack.g"), 8) << moment;
    int tags = 0;
    for (const auto& [name, rect] : ui_.app().widgets().all()) {
      if (name.rfind("stack.", 0) != 0 || name.size() < 3 || name.substr(name.size() - 3) != ".SP") continue;
      const Rect panel = *ui_.app().panel_rect(PanelId::stacks);
      EXPECT_GE(rect.min.y, panel.min.y + draw::kHeader) << moment;
      EXPECT_LE(rect.max.y, panel.max.y) << moment;
      ++tags;
    }
    EXPECT_EQ(tags, 1) << moment;
  }
}

TEST_P(Presenter, larger_and_smaller_type_hide_no_panel) {
  for (const float zoom : {0.7F, 1.6F, 2.5F}) {
    ui_.app().ui().zoom = zoom;
    settle();
    for (const PanelId id :
         {PanelId::source, PanelId::which_g, PanelId::stacks, PanelId::story, PanelId::timeline}) {
      const std::optional<Rect> panel = ui_.app().panel_rect(id);
      ASSERT_TRUE(panel.has_value()) << info(id).name;
      EXPECT_GT(panel->height(), 60) << info(id).name << " " << zoom;
    }
  }
}

TEST_P(Presenter, the_caption_is_hidden_until_it_is_asked_for) {
  go("runtime.gogo+0x26#3");
  const std::string sentence = ui_.app().view().sentence;
  ASSERT_NE(sentence, "");
  const DrawnTexts texts;
  const auto seen = [&](std::string_view words) {
    settle();
    return texts.say(words);
  };
  const std::string start = sentence.substr(0, sentence.find(' '));
  const std::string hidden = "What has happened? F6 shows it.";
  EXPECT_FALSE(seen(hidden));
  ui_.press(ActionId::caption);
  EXPECT_TRUE(seen(hidden));
  ui_.press(ActionId::caption);
  EXPECT_FALSE(seen(hidden));
  EXPECT_TRUE(seen(start));
  // At the next moment it is hidden again.
  ui_.press(CommandId::step);
  EXPECT_TRUE(seen(hidden));
  ui_.press(ActionId::caption);
  ui_.press(ActionId::caption);
  EXPECT_FALSE(seen(hidden));
  ui_.press(CommandId::step);
  EXPECT_FALSE(seen(hidden));
}

TEST_P(Presenter, the_pointer_is_large_and_at_the_mouse) {
  const auto size = [&]() -> ImVec2 {
    ImVec2 least{1e9F, 1e9F}, most{};
    for (const ImDrawVert& v : ImGui::GetForegroundDrawList()->VtxBuffer) {
      least = {std::min(least.x, v.pos.x), std::min(least.y, v.pos.y)};
      most = {std::max(most.x, v.pos.x), std::max(most.y, v.pos.y)};
    }
    return {most.x - least.x, most.y - least.y};
  };
  imgui_api::send_mouse_position(ImGui::GetIO(), 300, 200);
  settle();
  EXPECT_GE(size().y, GetParam().y / 20);
  EXPECT_EQ(ImGui::GetMouseCursor(), ImGuiMouseCursor_None);
  ui_.app().ui().presenter = false;
  settle();
  EXPECT_TRUE(ImGui::GetForegroundDrawList()->VtxBuffer.empty());
}

INSTANTIATE_TEST_SUITE_P(Screens, Presenter,
                         testing::Values(ImVec2(1280, 720), ImVec2(1920, 1080), ImVec2(3840, 2160)));

TEST(PresenterFrame, is_around_a_panel_that_is_there) {
  Offscreen ui(default_run(), {1280, 720});
  ui.app().ui().presenter = true;
  const std::uint64_t steps = ui.session().trace().steps();
  for (std::uint64_t state = 1; state <= steps; state += 13) {
    ui.app().queue(Command{CommandId::run_to, Where::at_state(state)});
    ui.frame();
    ui.draw_only();
    if (const std::optional<PanelId> focus = focus_of(ui.app().view())) {
      ASSERT_TRUE(ui.app().panel_rect(*focus).has_value()) << state << " " << info(*focus).name;
    }
  }
}

TEST(PresenterFrame, goes_to_which_g_when_tls_is_stored) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23#2").ok());
  EXPECT_EQ(focus_of(ui.app().view()), PanelId::which_g);
}

}  // namespace
}  // namespace gogoscope
