// The structs panel: the gobuf in focus, trees, old values.
#include "ui/panels/structs.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"
#include "ui/panels/story.h"

namespace gogoscope {
namespace {

const StructsPanel& structs(Offscreen& ui) { return ui.app().panel<StructsPanel>(); }

TEST(Structs, mcall_puts_the_gobuf_that_it_saves_in_focus_with_the_old_value_beside_the_new) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x1b").ok());
  const std::string g = structs(ui).focus().g->short_name;
  EXPECT_NE(g, "g0");
  EXPECT_TRUE(ui.click("command.step"));
  EXPECT_EQ(structs(ui).focus().why, FocusGobuf::Why::stored);
  EXPECT_EQ(structs(ui).focus().g->short_name, g);
  const StructRow* sp = structs(ui).row(g + ".sched.sp");
  ASSERT_NE(sp, nullptr);
  EXPECT_TRUE(sp->changed);
  EXPECT_EQ(sp->value.number, ui.cursor().state().reg(Reg::rbx));
  EXPECT_EQ(sp->value.word.rfind("in " + g + "'s stack, hi-", 0), 0U) << sp->value.word;
  EXPECT_EQ(sp->news, "0x0");
}

TEST(Structs, mcall_then_loads_from_the_gobuf_of_g0) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x4e").ok());
  EXPECT_NE(structs(ui).focus().g->short_name, "g0");
  EXPECT_TRUE(ui.click("command.step"));
  EXPECT_EQ(structs(ui).focus().g->short_name, "g0");
  EXPECT_EQ(structs(ui).focus().why, FocusGobuf::Why::loaded);
}

TEST(Structs, an_edit_of_a_gobuf_is_not_written_by_the_function_that_it_was_made_in) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x13").ok());
  const std::string g = structs(ui).focus().g->short_name;
  ASSERT_TRUE(ui.go(CommandId::edit, g + ".sched.sp = 0xc000002000").ok());
  EXPECT_EQ(structs(ui).focus().why, FocusGobuf::Why::edited);
  EXPECT_EQ(structs(ui).focus_note(Language::en), "edited by hand");
  EXPECT_EQ(structs(ui).focus_note(Language::zh), "手工修改");
  EXPECT_EQ(ui.app().panel<StoryPanel>().executed(), "Set by hand");
  // The next instruction speaks for gogo again.
  EXPECT_TRUE(ui.click("command.step"));
  EXPECT_EQ(structs(ui).focus_note(Language::en), "loaded by gogo");
  EXPECT_EQ(ui.app().panel<StoryPanel>().executed(), "runtime.gogo+0x13   MOVQ gobuf_g(BX), DX");
}

TEST(Structs, a_store_of_an_equal_value_is_news_too) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x39").ok());
  EXPECT_TRUE(ui.click("command.step"));
  const StructRow* ret = structs(ui).row(structs(ui).focus().g->short_name + ".sched.ret");
  ASSERT_NE(ret, nullptr);
  EXPECT_TRUE(ret->changed);
  EXPECT_EQ(ret->news, "0x0");
}

TEST(Structs, a_closed_tree_names_the_field_that_changed_in_it) {
  Offscreen ui;
  // gfput links the dead g into p0's free list; the first tree is that of g0.
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gfput").ok());
  while (ui.app().view().events.empty() || ui.app().view().events[0].type() != EventType::gfree) {
    ASSERT_TRUE(ui.click("command.step"));
  }
  const StructRow* p = structs(ui).row("p0");
  ASSERT_NE(p, nullptr);
  EXPECT_FALSE(p->open);
  EXPECT_TRUE(p->changed);
  EXPECT_EQ(p->news, "gFree.gList.head");
}

TEST(Structs, a_link_opens_a_tree_and_it_stays_open) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule").ok());
  ui.app().ui().struct_shown = "p0";
  ui.frame();
  ui.frame();
  ui.frame();
  EXPECT_TRUE(ui.app().ui().struct_shown.empty());
  EXPECT_TRUE(ui.app().widgets().find("structs.row.p0").has_value());
  EXPECT_NE(structs(ui).row("p0.runqhead"), nullptr);
  ui.press(CommandId::step);
  EXPECT_NE(structs(ui).row("p0.runqhead"), nullptr);
  EXPECT_TRUE(ui.click("structs.row.p0", 0.9F));
  EXPECT_EQ(structs(ui).row("p0.runqhead"), nullptr);
}

TEST(Structs, of_the_ring_only_what_is_between_head_and_tail_is_listed) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule").ok());
  ui.app().ui().struct_shown = "p0";
  ui.frame();
  const auto put_into_the_ring = [&] {
    const auto& events = ui.app().view().events;
    const auto* move = events.empty() ? nullptr : events[0].as<QueueMove>();
    return move != nullptr && move->op == PutGet::put && move->queue.kind == QueueId::Kind::ring;
  };
  while (!put_into_the_ring()) {
    const std::uint64_t before = ui.cursor().position();
    ui.press(CommandId::next_event);
    ASSERT_NE(ui.cursor().position(), before) << "no g was ever put into p0.runq";
  }
  const StructRow* head = structs(ui).row("p0.runqhead");
  const StructRow* tail = structs(ui).row("p0.runqtail");
  ASSERT_TRUE(head != nullptr && tail != nullptr);
  ASSERT_GT(tail->value.number, head->value.number);
  for (std::uint64_t i = 0; i < 256; ++i) {
    const bool queued = i >= head->value.number && i < tail->value.number;
    const StructRow* slot = structs(ui).row("p0.runq[" + std::to_string(i) + "]");
    // The slot just stored to is listed before the tail has been moved past it.
    EXPECT_EQ(slot != nullptr, queued || (slot != nullptr && slot->changed)) << i;
  }
}

TEST(Structs, every_row_is_named_as_describe_names_its_address) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#3").ok());
  for (const char* tree : {"m0", "p0", "sched"}) {
    ui.app().ui().struct_shown = tree;
    ui.frame();
  }
  int fields = 0;
  for (const StructRow& row : structs(ui).rows()) {
    if (row.kind != StructRow::Kind::field) continue;
    ++fields;
    EXPECT_EQ(ui.app().view().names->describe(row.place.addr, static_cast<int>(row.place.size)), row.path);
  }
  EXPECT_GT(fields, 60);
}

TEST(Structs, a_field_leads_to_its_memory_and_a_pointer_to_what_it_names) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x1a").ok());
  const std::string g = structs(ui).focus().g->short_name;
  EXPECT_TRUE(ui.click("structs.value." + g + ".sched.g"));
  EXPECT_EQ(ui.app().ui().selected_g, structs(ui).focus().g->addr);
  const Addr sp = structs(ui).row(g + ".sched.sp")->place.addr;
  // The tree of g was brought into sight; with the next step the gobuf comes back to the top.
  ui.press(CommandId::step);
  ui.frame();
  EXPECT_TRUE(ui.click("structs.row." + g + ".sched.sp", 0.05F));
  EXPECT_EQ(ui.app().ui().memory_at, sp);
  EXPECT_TRUE(ui.app().ui().desk.in_front(PanelId::memory));
}

}  // namespace
}  // namespace gogoscope
