// Run queues and free lists as they are shown.
#include "ui/panels/queues.h"

#include <gtest/gtest.h>

#include "emu/history/event_info.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

/// "g3 +g2 -g1": what is there, what has come, what has left.
std::string items(Offscreen& ui, std::string_view path) {
  const Queue* queue = ui.app().panel<QueuesPanel>().queue(path);
  if (queue == nullptr) return "no such queue";
  std::string out;
  for (const QueueItem& item : queue->items) {
    if (!out.empty()) out += ' ';
    out += (item.came ? "+" : item.left ? "-" : "") + item.name;
  }
  return out;
}

/// To just after the n-th event of a kind.
void go_to_event(Offscreen& ui, EventType type, std::string_view op, std::string_view g,
                 std::string_view where) {
  for (const Event& event : ui.session().events()) {
    const EventNaming naming{ui.session().guest()};
    if (event.type() != type || word_of(event, "op", naming) != op || word_of(event, "g", naming) != g)
      continue;
    if (word_of(event, "queue", naming) != where && word_of(event, "list", naming) != where) continue;
    ui.go(CommandId::run_to, std::to_string(event.step + 1));
    return;
  }
  FAIL() << "no such event";
}

TEST(Queues, who_is_pushed_out_of_runnext_leaves_a_ghost_and_joins_the_ring) {
  Offscreen ui;
  go_to_event(ui, EventType::runq, "put", "g3", "p0.runnext");
  EXPECT_EQ(items(ui, "p0.runnext"), "-g2 +g3");
  EXPECT_EQ(items(ui, "p0.runq"), "");
  go_to_event(ui, EventType::runq, "put", "g2", "p0.runq");
  EXPECT_EQ(items(ui, "p0.runnext"), "g3");
  EXPECT_EQ(items(ui, "p0.runq"), "+g2");
  ui.go(CommandId::step);
  EXPECT_EQ(items(ui, "p0.runq"), "g2");
}

TEST(Queues, the_ghost_of_one_that_was_taken_lasts_for_one_step) {
  Offscreen ui;
  go_to_event(ui, EventType::runq, "get", "g2", "p0.runq");
  EXPECT_EQ(items(ui, "p0.runq"), "-g2");
  EXPECT_EQ(ui.app().panel<QueuesPanel>().queue("p0.runq")->length, 0U);
  ui.go(CommandId::step);
  EXPECT_EQ(items(ui, "p0.runq"), "");
  ui.go(CommandId::back);
  EXPECT_EQ(items(ui, "p0.runq"), "-g2");
}

TEST(Queues, the_free_list_is_last_in_first_out) {
  Offscreen ui;
  ui.go(CommandId::go_end);
  EXPECT_EQ(items(ui, "p0.gFree"), "g2 g3");
  const Queue& list = *ui.app().panel<QueuesPanel>().queue("p0.gFree");
  ASSERT_EQ(list.counters.size(), 1U);
  EXPECT_EQ(list.counters.front().value, 2U);
}

TEST(Queues, between_two_stores_list_and_counter_may_disagree_and_both_are_shown) {
  Offscreen ui;
  go_to_event(ui, EventType::gfree, "put", "g3", "p0");
  const Queue& list = *ui.app().panel<QueuesPanel>().queue("p0.gFree");
  EXPECT_EQ(items(ui, "p0.gFree"), "+g3");
  EXPECT_EQ(list.counters.front().value, 0U);
  EXPECT_FALSE(list.counters.front().changed);
}

TEST(Queues, a_counter_that_the_step_wrote_is_marked) {
  Offscreen ui;
  go_to_event(ui, EventType::runq, "put", "g2", "p0.runq");
  const Queue& ring = *ui.app().panel<QueuesPanel>().queue("p0.runq");
  ASSERT_EQ(ring.counters.size(), 2U);
  EXPECT_FALSE(ring.counters[0].changed);
  EXPECT_TRUE(ring.counters[1].changed);
}

TEST(Queues, a_chip_is_a_link_to_its_g) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::queues);
  ui.go(CommandId::go_end);
  ui.frame();
  ASSERT_TRUE(ui.click("queues.p0.gFree.g3"));
  EXPECT_EQ(ui.app().ui().selected_g, ui.app().view().names->entities().find("g3")->addr);
}

TEST(Queues, a_list_that_runs_in_a_circle_ends_all_the_same) {
  Offscreen ui;
  ui.go(CommandId::go_end);
  ui.app().queue({CommandId::edit, Assignment{FieldPath{"g3.schedlink"}, std::string("g2")}});
  ui.frame();
  ui.frame();
  const Queue& list = *ui.app().panel<QueuesPanel>().queue("p0.gFree");
  EXPECT_LE(list.items.size(), Queue::kMostItems);
  EXPECT_GE(list.length, 3U);
}

}  // namespace
}  // namespace gogoscope
