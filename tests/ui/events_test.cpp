// The events panel: what has happened, what will, and how to get there.
#include "ui/panels/events.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

const EventsPanel& events(Offscreen& ui) { return ui.app().panel<EventsPanel>(); }

void show_events(Offscreen& ui) {
  ui.app().ui().desk.bring_forward(PanelId::events);
  ui.frame();
  ui.frame();
}

TEST(Events, now_divides_the_past_from_the_future) {
  Offscreen ui;
  EXPECT_EQ(events(ui).past(), 0U);
  EXPECT_EQ(events(ui).size(), ui.session().events().size());
  ASSERT_TRUE(ui.go(CommandId::next_event).ok());
  EXPECT_EQ(events(ui).past(), ui.app().view().events_so_far().size());
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  EXPECT_EQ(events(ui).past(), events(ui).size());
}

TEST(Events, a_click_goes_to_just_after_the_event) {
  Offscreen ui;
  show_events(ui);
  ASSERT_TRUE(ui.click("events.row.2"));
  EXPECT_EQ(ui.cursor().position(), ui.session().events()[2].step + 1);
}

TEST(Events, now_is_in_sight_when_the_moment_has_changed) {
  Offscreen ui;
  show_events(ui);
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  ui.frame();
  ui.frame();
  const std::string last = "events.row." + std::to_string(ui.session().events().size() - 1);
  const auto row = ui.app().widgets().find(last);
  const auto panel = ui.app().widgets().find("panel.events");
  ASSERT_TRUE(row && panel);
  EXPECT_LE(row->max.y, panel->max.y);
  EXPECT_GE(row->min.y, panel->min.y);
}

TEST(Events, a_filter_takes_its_type_out_and_brings_it_back) {
  Offscreen ui;
  show_events(ui);
  const std::size_t before = events(ui).size();
  ASSERT_TRUE(ui.click("events.filter.status"));
  ASSERT_LT(events(ui).size(), before);
  for (std::size_t i = 0; i < events(ui).size(); ++i) {
    EXPECT_NE(ui.session().events()[events(ui).event_of(i)].type(), EventType::status);
  }
  ASSERT_TRUE(ui.click("events.filter.status"));
  EXPECT_EQ(events(ui).size(), before);
}

TEST(Events, the_filter_follows_a_record_that_an_edit_has_cut) {
  Offscreen ui;
  show_events(ui);
  ASSERT_TRUE(ui.click("events.filter.tls"));
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "rax = 5").ok());
  const auto check = [&] {
    std::size_t expected = 0;
    for (const Event& event : ui.session().events()) expected += event.type() != EventType::tls;
    EXPECT_EQ(events(ui).size(), expected);
  };
  check();
  ASSERT_TRUE(ui.go(CommandId::next_event).ok());
  ASSERT_TRUE(ui.go(CommandId::next_event).ok());
  check();
}

}  // namespace
}  // namespace gogoscope
