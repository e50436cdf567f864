// The state machine of a g: what it says, and how it is laid out.
#include "ui/panels/states.h"

#include <gtest/gtest.h>

#include "emu/layout/program_release.h"
#include "emu/layout/status.h"
#include "tests/ui/offscreen.h"
#include "ui/panels/transition_words.h"

namespace gogoscope {
namespace {

const StatesPanel& states(Offscreen& ui) { return ui.app().panel<StatesPanel>(); }

/// To just after the first change of a g to a status.
void go_to_change(Offscreen& ui, std::string_view g, std::string_view to) {
  for (const Event& event : ui.session().events()) {
    const auto* change = event.as<StatusChange>();
    if (change == nullptr || name(change->g) != g || g_status_word(change->to) != to) continue;
    ui.go(CommandId::run_to, std::to_string(event.step + 1));
    return;
  }
  FAIL() << "no such change";
}

TEST(States, the_step_that_makes_a_g_dead_is_shown_with_the_function_that_did_it) {
  Offscreen ui;
  go_to_change(ui, "g3", "dead");
  EXPECT_EQ(states(ui).shown().name, "g3");
  ASSERT_TRUE(states(ui).taken());
  EXPECT_EQ(states(ui).taken()->from, kGrunning);
  EXPECT_EQ(states(ui).taken()->to, kGdead);
  EXPECT_EQ(states(ui).taken()->who, "goexit0");
  EXPECT_TRUE(states(ui).taken()->executed);
  ui.go(CommandId::step);
  EXPECT_FALSE(states(ui).taken()->executed);
  EXPECT_EQ(states(ui).status(), kGdead);
}

TEST(States, between_two_goroutines_the_one_that_changed_last_is_shown) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule#3").ok());
  EXPECT_EQ(states(ui).shown().name, "g3");
}

TEST(States, a_chip_selects_another_g_and_lets_go_of_it) {
  Offscreen ui;
  go_to_change(ui, "g3", "dead");
  ASSERT_TRUE(ui.click("states.select.g1"));
  EXPECT_EQ(states(ui).shown().name, "g1");
  EXPECT_EQ(states(ui).status(), kGrunnable);
  EXPECT_EQ(states(ui).taken()->from, kGrunning);
  EXPECT_FALSE(states(ui).taken()->executed);
  ASSERT_TRUE(ui.click("states.select.g1"));
  EXPECT_EQ(states(ui).shown().name, "g3");
}

TEST(States, a_system_goroutine_stays_idle) {
  Offscreen ui;
  ui.go(CommandId::go_end);
  ASSERT_TRUE(ui.click("states.select.g0"));
  EXPECT_TRUE(states(ui).shown().system);
  EXPECT_EQ(states(ui).status(), kGidle);
  EXPECT_FALSE(states(ui).taken());
}

TEST(States, the_moment_of_the_change_is_a_link) {
  Offscreen ui;
  ui.go(CommandId::go_end);
  ASSERT_TRUE(ui.click("states.select.g3"));
  const std::uint64_t moment = states(ui).taken()->state;
  ASSERT_TRUE(ui.click("states.moment"));
  EXPECT_EQ(ui.cursor().position(), moment);
  EXPECT_TRUE(states(ui).taken()->executed);
}

TEST(States, a_status_that_the_user_wrote_is_no_functions_work) {
  Offscreen ui;
  ui.go(CommandId::run_to, "1700");
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g1.atomicstatus"}, std::uint64_t{9}}});
  ui.frame();
  ui.frame();
  ASSERT_TRUE(ui.click("states.select.g1"));
  ASSERT_TRUE(states(ui).taken());
  EXPECT_TRUE(states(ui).taken()->edited);
  EXPECT_TRUE(states(ui).taken()->who.empty());
  ASSERT_TRUE(states(ui).graph());
  EXPECT_NE(states(ui).graph()->box(kGpreempted), nullptr);
}

TEST(States, the_scan_bit_does_not_hide_the_status) {
  Offscreen ui;
  ui.go(CommandId::run_to, "1700");
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g1.atomicstatus"}, std::uint64_t{0x1001}}});
  ui.frame();
  ui.frame();
  ASSERT_TRUE(ui.click("states.select.g1"));
  EXPECT_EQ(states(ui).status(), kGrunnable | kGscan);
  EXPECT_NE(states(ui).graph()->box(states(ui).status() & ~kGscan), nullptr);
}

struct Size {
  float width;
  float height;
};

/// Boxes are inside the area and apart; no arrow passes through one.
void check(Size size, std::optional<std::uint32_t> extra) {
  const std::string what = std::to_string(static_cast<int>(size.width)) + "x" +
                           std::to_string(static_cast<int>(size.height)) + (extra ? " with one more" : "");
  const ImVec2 box{std::min(110.0F, (size.width - 44) / 2), size.height > 150 ? 36.0F : 20.0F};
  const StateGraph graph(*release_named("1.16"), {{0, 0}, {size.width, size.height}}, box, extra, 1);
  for (const StateBox& a : graph.boxes()) {
    EXPECT_GE(a.rect.min.x, 0) << what;
    EXPECT_LE(a.rect.max.x, size.width) << what;
    EXPECT_GE(a.rect.min.y, 0) << what;
    EXPECT_LE(a.rect.max.y, size.height + 0.5F) << what;
    for (const StateBox& b : graph.boxes()) {
      const bool apart = a.rect.max.x <= b.rect.min.x || b.rect.max.x <= a.rect.min.x ||
                         a.rect.max.y <= b.rect.min.y || b.rect.max.y <= a.rect.min.y;
      EXPECT_TRUE(&a == &b || apart) << what;
    }
  }
  EXPECT_GE(graph.arrows().size(), extra ? 9U : 11U) << what;
  for (const StateArrow& arrow : graph.arrows()) {
    for (int i = 1; i < 100; ++i) {
      const ImVec2 at = arrow.at(static_cast<float>(i) / 100);
      EXPECT_GE(at.x, 0) << what;
      EXPECT_LE(at.x, size.width) << what;
      for (const StateBox& b : graph.boxes()) {
        const bool through = at.x > b.rect.min.x + 1 && at.x < b.rect.max.x - 1 && at.y > b.rect.min.y + 1 &&
                             at.y < b.rect.max.y - 1;
        ASSERT_FALSE(through) << what << ": " << g_status_word(arrow.from) << " -> "
                              << g_status_word(arrow.to) << " through " << g_status_word(b.status);
      }
    }
  }
}

TEST(States, who_changes_a_status_is_said_in_chinese_in_every_release) {
  std::vector<std::shared_ptr<const Release>> releases{release_named(kDefaultRelease)};
  for (const char* name : {"1.15", "1.19", "1.24", "1.26", "1.27"})
    releases.push_back(release_of_program(Layout(name, "a test", {})));
  for (const auto& release : releases) {
    for (const GTransition& transition : release->g_transitions) {
      const std::string zh = transition_words(transition.who, Language::zh);
      EXPECT_EQ(transition_words(transition.who, Language::en), transition.who);
      // Names have no spaces around them but beside a Chinese word.
      for (const std::string_view english : {" of ", " and ", " for ", " when ", " the ", " a ", ", ", "; "})
        EXPECT_EQ((" " + zh).find(english), std::string::npos) << zh;
    }
  }
}

TEST(States, no_arrow_passes_through_a_box_at_any_size) {
  for (const Size size : {Size{228, 110}, Size{300, 140}, Size{380, 200}, Size{520, 300}, Size{800, 420}}) {
    check(size, std::nullopt);
    check(size, kGcopystack);
    check(size, kGpreempted);
  }
}

}  // namespace
}  // namespace gogoscope
