// The timeline: its lanes, and how one gets about with it.
#include "ui/panels/timeline.h"

#include <gtest/gtest.h>

#include <set>

#include "emu/layout/status.h"
#include "emu/layout/views.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

void move_to(Offscreen& ui, float share, float y) {
  const Rect strip = *ui.app().widgets().find("timeline.strip");
  imgui_api::send_mouse_position(ImGui::GetIO(), strip.min.x + strip.width() * share, y);
  ui.frame();
}

void wheel(Offscreen& ui, float lines, bool ctrl, bool shift) {
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_modifiers(io, ctrl, shift, false);
  imgui_api::send_wheel(io, lines);
  ui.frame();
  imgui_api::send_modifiers(io, false, false, false);
  ui.frame();
}

/// In the middle of the lanes, where no mark attracts the mouse.
float among_lanes(Offscreen& ui) { return ui.app().widgets().find("timeline.strip")->center().y; }

TEST(Timeline, segments_of_each_lane_cover_the_record_without_gaps) {
  Offscreen ui;
  const auto lanes = ui.app().panel<TimelinePanel>().lanes().all();
  ASSERT_EQ(lanes.size(), 4U);  // m0, g1, g2, g3
  for (const Lane* lane : lanes) {
    std::uint64_t at = 0;
    for (const Segment& segment : lane->segments) {
      EXPECT_EQ(segment.from, at) << lane->name;
      at = segment.to;
    }
    EXPECT_EQ(at, ui.session().trace().steps()) << lane->name;
  }
}

TEST(Timeline, lanes_say_what_the_states_say) {
  Offscreen ui;
  const Lanes& lanes = ui.app().panel<TimelinePanel>().lanes();
  Cursor cursor(ui.session().trace());
  const Guest& guest = ui.session().guest();
  std::set<std::uint32_t> seen;
  do {
    if (cursor.position() % 7 != 0) continue;
    const Entities entities(guest, cursor.state());
    for (const Entity& entity : entities.all()) {
      if (entity.kind != Entity::Kind::g || entity.system) continue;
      const std::uint32_t told = lanes.find(entity.name)->at(cursor.position())->what;
      if (told == Lane::kAbsent) continue;  // between allgadd and its first change of status
      EXPECT_EQ(told, GView(guest.release->layout, cursor.state(), {entity.addr}).status())
          << entity.name << " in state " << cursor.position();
      seen.insert(told);
    }
  } while (cursor.forward());
  EXPECT_EQ(seen.size(), 3U);  // runnable, running, dead
}

TEST(Timeline, moving_through_a_record_works_out_no_new_picture) {
  Offscreen ui;
  const std::uint64_t before = ui.app().panel<TimelinePanel>().pictures_made();
  ASSERT_GE(before, 1U);
  ui.go(CommandId::run_to, "700");
  ui.go(CommandId::back);
  EXPECT_EQ(ui.app().panel<TimelinePanel>().pictures_made(), before);
}

TEST(Timeline, an_edit_that_cuts_the_record_cuts_the_lanes) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());  // g2 runs
  const std::uint64_t edited = ui.cursor().position() + 1;
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g1.atomicstatus"}, std::uint64_t{4}}});
  ui.frame();
  ui.frame();
  const Lanes& lanes = ui.app().panel<TimelinePanel>().lanes();
  EXPECT_EQ(lanes.steps(), edited);
  EXPECT_EQ(lanes.find("g1")->at(edited)->what, kGwaiting);
  EXPECT_EQ(lanes.find("g2")->segments.back().what, kGrunning);
}

TEST(Timeline, a_fork_leads_back_to_the_future_that_was_cut_off) {
  Offscreen ui;
  const std::uint64_t steps = ui.session().trace().steps();
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  const std::uint64_t fork = ui.cursor().position();
  EXPECT_FALSE(ui.app().widgets().find("timeline.branch.1"));
  ASSERT_TRUE(ui.go(CommandId::edit, "rax = 5").ok());
  ui.frame();
  ASSERT_TRUE(ui.click("timeline.branch.1"));
  ui.frame();
  EXPECT_EQ(ui.session().trace().steps(), steps);
  EXPECT_EQ(ui.cursor().position(), fork);
  EXPECT_EQ(ui.app().panel<TimelinePanel>().lanes().steps(), steps);
  // The keys make the edit again, and take it back.
  ui.press(CommandId::redo);
  EXPECT_EQ(ui.session().trace().steps(), fork + 1);
  EXPECT_EQ(ui.cursor().position(), fork + 1);
  ui.press(CommandId::undo);
  EXPECT_EQ(ui.session().trace().steps(), steps);
  EXPECT_EQ(ui.cursor().position(), fork);
}

TEST(Timeline, a_pencil_marks_an_edit_and_leads_to_it) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  const std::uint64_t at = ui.cursor().position();
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g2.param"}, std::uint64_t{5}}});
  ui.frame();
  ui.go(CommandId::go_start);
  ui.frame();
  ASSERT_TRUE(ui.click("timeline.edit." + std::to_string(at)));
  ui.frame();
  EXPECT_EQ(ui.cursor().position(), at + 1);
}

TEST(Timeline, has_a_lane_for_each_of_several_ps_that_says_which_m_has_it) {
  Offscreen ui(run_of("20-second-p"));
  ui.frame();
  PLanes lanes;
  lanes.follow(ui.app().view());
  ASSERT_EQ(lanes.all().size(), 2U);
  EXPECT_EQ(lanes.all()[1]->name, "p1");
  // At every state the lane says what the P itself says.
  Cursor cursor(ui.session().trace());
  int with_m1 = 0;
  do {
    const Names names(ui.session().guest(), cursor.state());
    if (names.entities().find("p1") == nullptr || names.entities().find("m1") == nullptr) continue;
    const auto field = names.find_field("p1.m");
    const std::uint64_t m = cursor.state().load_or_zero(field->addr);
    const Segment* segment = lanes.all()[1]->at(cursor.position());
    ASSERT_NE(segment, nullptr);
    if (segment->what == PLanes::kSyscall || segment->what == PLanes::kStopped) continue;
    const std::uint64_t m1 = names.entities().find("m1")->addr.value();
    EXPECT_EQ(segment->what == 1, m == m1) << cursor.position();
    with_m1 += m == m1 ? 1 : 0;
  } while (cursor.forward() && cursor.position() < 4000);
  EXPECT_GT(with_m1, 0);
  EXPECT_TRUE(PLanes().all().empty());
}

TEST(Timeline, the_lane_of_a_second_m_begins_with_its_thread_and_shows_when_it_sleeps) {
  Offscreen ui(run_of("20-second-p"));
  const Lanes& lanes = ui.app().panel<TimelinePanel>().lanes();
  std::vector<std::string> told;
  for (const Segment& segment : lanes.find("m1")->segments) {
    told.push_back(segment.what == Lane::kAbsent   ? "absent"
                   : segment.what == Lane::kAsleep ? "asleep"
                                                   : lanes.owner(segment.what));
  }
  EXPECT_EQ(told, (std::vector<std::string>{"absent", "m1.g0", "asleep", "m1.g0", "g2", "m1.g0"}));
}

TEST(Timeline, a_click_near_a_mark_goes_to_just_after_its_event) {
  Offscreen ui;
  const TimelinePanel& timeline = ui.app().panel<TimelinePanel>();
  const Mark mark = timeline.marks().back();
  const Rect strip = *ui.app().widgets().find("timeline.strip");
  const float x = timeline.scale().x_of(mark.step + 1) - 3;
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_mouse_position(io, x, strip.max.y - 8);
  ui.frame();
  imgui_api::send_mouse_button(io, true);
  ui.frame();
  imgui_api::send_mouse_button(io, false);
  ui.frame();
  EXPECT_EQ(ui.cursor().position(), mark.step + 1);
}

TEST(Timeline, a_drag_scrubs) {
  Offscreen ui;
  const std::uint64_t steps = ui.session().trace().steps();
  const float y = among_lanes(ui);
  move_to(ui, 0.2F, y);
  imgui_api::send_mouse_button(ImGui::GetIO(), true);
  ui.frame();
  move_to(ui, 0.7F, y);
  ui.frame();
  EXPECT_NEAR(static_cast<double>(ui.cursor().position()), static_cast<double>(steps) * 0.7, 5);
  move_to(ui, 2.0F, y);
  ui.frame();
  imgui_api::send_mouse_button(ImGui::GetIO(), false);
  ui.frame();
  EXPECT_EQ(ui.cursor().position(), steps);
  EXPECT_EQ(ui.session().trace().steps(), steps);
}

TEST(Timeline, ctrl_and_the_wheel_zoom_about_the_mouse_and_one_click_shows_all_again) {
  Offscreen ui;
  const TimelinePanel& timeline = ui.app().panel<TimelinePanel>();
  const TimeScale whole = timeline.scale();
  EXPECT_FALSE(ui.app().widgets().find("timeline.whole"));
  move_to(ui, 0.5F, among_lanes(ui));
  wheel(ui, 3, true, false);
  const TimeScale closer = timeline.scale();
  EXPECT_LT(closer.states(), whole.states() * 0.6);
  EXPECT_NEAR((closer.first + closer.last) / 2, (whole.first + whole.last) / 2, 2);
  wheel(ui, 1, false, true);
  EXPECT_LT(timeline.scale().first, closer.first);
  EXPECT_NEAR(timeline.scale().states(), closer.states(), 0.001);
  ASSERT_TRUE(ui.click("timeline.whole"));
  EXPECT_EQ(timeline.scale().states(), whole.states());
}

TEST(Timeline, a_moment_outside_the_part_in_sight_is_brought_into_it) {
  Offscreen ui;
  move_to(ui, 0.1F, among_lanes(ui));
  wheel(ui, 8, true, false);
  ui.go(CommandId::go_end);
  const TimelinePanel& timeline = ui.app().panel<TimelinePanel>();
  ui.frame();
  EXPECT_TRUE(timeline.scale().shows(ui.cursor().position()));
  EXPECT_LT(timeline.scale().states(), 1000);
}

TEST(Timeline, a_lane_names_a_g_that_can_be_looked_at) {
  Offscreen ui;
  ui.go(CommandId::go_end);
  ASSERT_TRUE(ui.click("timeline.lane.g3"));
  const Entity* g3 = ui.app().view().names->entities().find("g3");
  ASSERT_NE(g3, nullptr);
  EXPECT_EQ(ui.app().ui().selected_g, g3->addr);
}

/// A lane with a change at every second state.
Lane busy_lane(std::uint64_t steps) {
  Lane lane;
  for (std::uint64_t at = 0; at < steps; at += 2)
    lane.segments.push_back({at, at + 2, at % 4 == 0 ? kGrunning : kGrunnable});
  return lane;
}

TEST(Timeline, segments_too_short_for_a_pixel_become_one_run) {
  const Lane lane = busy_lane(1'000'000);
  const TimeScale scale{0, 1500, 0, 1'000'000};
  const auto all = runs(lane, scale);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_TRUE(all.front().merged);
  EXPECT_FLOAT_EQ(all.front().left, 0);
  EXPECT_FLOAT_EQ(all.front().right, 1500);
  EXPECT_EQ(runs(lane, {0, 1500, 500'000, 500'100}).size(), 50U);
}

TEST(Timeline, marks_never_outnumber_the_places_for_them) {
  std::vector<Mark> marks;
  for (std::uint64_t step = 0; step < 100'000; ++step) {
    marks.push_back({step * 10, step == 50'000 ? EventType::invariant : EventType::tls});
  }
  const TimeScale scale{0, 1500, 0, 1'000'000};
  const std::vector<Mark> shown = marks_in_sight(marks, scale, 7);
  EXPECT_LE(shown.size(), 1500U / 7 + 1);
  // A broken invariant is never hidden by lesser events.
  EXPECT_TRUE(std::any_of(shown.begin(), shown.end(),
                          [](const Mark& mark) { return mark.type == EventType::invariant; }));
}

TEST(Timeline, round_states_are_round_and_apart) {
  const TimeScale scale{0, 1500, 0, 1963};
  const std::vector<std::uint64_t> states = scale.round_states(90);
  ASSERT_EQ(states.size(), 10U);
  EXPECT_EQ(states[1], 200U);
  EXPECT_EQ(states.back(), 1800U);
}

}  // namespace
}  // namespace gogoscope
