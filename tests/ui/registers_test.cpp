// Registers: rows that arrows can find, values that are links, old values beside what changed.
#include "ui/panels/registers.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"
#include "ui/transfer_arrows.h"

namespace gogoscope {
namespace {

TEST(RegisterRows, every_row_is_noted_whether_it_changed_or_not) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  for (const RegistersPanel::Row& row : ui.app().panel<RegistersPanel>().rows()) {
    EXPECT_TRUE(ui.app().widgets().find("registers.row." + row.name).has_value()) << row.name;
    EXPECT_EQ(ui.app().widgets().find("registers.changed." + row.name).has_value(), row.changed) << row.name;
  }
}

TEST(RegisterRows, the_step_that_switches_stacks_changes_rsp_and_says_what_it_was) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23").ok());
  const std::uint64_t before = ui.app().panel<RegistersPanel>().row("rsp")->value;
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  const RegistersPanel::Row& rsp = *ui.app().panel<RegistersPanel>().row("rsp");
  EXPECT_TRUE(rsp.changed);
  EXPECT_EQ(rsp.old_value, before);
  EXPECT_FALSE(ui.app().panel<RegistersPanel>().row("rbx")->changed);
}

TEST(RegisterRows, value_and_meaning_lead_to_what_they_mean) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  const RegistersPanel::Row rdx = *ui.app().panel<RegistersPanel>().row("rdx");
  ASSERT_EQ(rdx.target.kind, Target::Kind::entity);
  for (const char* widget : {"registers.rdx.value", "registers.rdx.meaning"}) {
    ui.app().ui().struct_shown.clear();
    ASSERT_TRUE(ui.right_click(widget)) << widget;
    ASSERT_NE(ui.app().ui().menu, nullptr) << widget;
    EXPECT_EQ(ui.app().ui().menu->text, rdx.meaning);
    ui.press(ActionId::close);
  }
}

TEST(RegisterRows, a_plain_number_leads_nowhere) {
  Offscreen ui;
  const RegistersPanel::Row* r15 = ui.app().panel<RegistersPanel>().row("r15");
  ASSERT_NE(r15, nullptr);
  EXPECT_FALSE(r15->target);
  EXPECT_FALSE(ui.app().widgets().find("registers.r15.value").has_value());
}

TEST(RegisterRows, of_sse_registers_are_there_from_their_first_write_on) {
  Offscreen ui(run_of("../tests/property/sse-on-two-ps"));
  const auto rows = [&] { return ui.app().panel<RegistersPanel>().sse_rows(); };
  EXPECT_TRUE(rows().empty());
  ASSERT_TRUE(ui.go(CommandId::run_to, "main.main+0x33").ok());
  ASSERT_EQ(rows().size(), 1U) << "LDMXCSR";
  EXPECT_EQ(rows()[0].name, "mxcsr");
  EXPECT_EQ(rows()[0].value, "0x7f80");
  ASSERT_TRUE(ui.go(CommandId::step).ok());
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows()[0].name, "xmm15");
  EXPECT_EQ(rows()[0].value, "0x00000000000000004008000000000000") << "3.0";
  EXPECT_TRUE(rows()[0].changed);
  EXPECT_EQ(rows()[0].old_value, "0x00000000000000000000000000000000");
  EXPECT_FALSE(rows()[1].changed);
  EXPECT_TRUE(ui.app().widgets().find("registers.row.xmm15").has_value());
  EXPECT_TRUE(ui.app().widgets().find("registers.changed.xmm15").has_value());
  ASSERT_TRUE(ui.go(CommandId::back).ok());
  EXPECT_EQ(rows().size(), 1U);
}

TEST(RegisterRows, the_margin_of_the_arrows_holds_no_link) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  const float edge = ui.app().widgets().find("panel.registers")->min.x + kArrowMargin;
  for (const auto& [name, rect] : ui.app().widgets().all()) {
    if (name.rfind("registers.", 0) != 0 || name.rfind("registers.row.", 0) == 0) continue;
    if (name.rfind("registers.changed.", 0) == 0) continue;
    EXPECT_GE(rect.min.x, edge) << name;
  }
}

TEST(Registers, of_another_m_are_shown_by_a_click_on_it) {
  Offscreen ui(run_of("20-second-p"));
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  ui.frame();
  const auto here = static_cast<int>(ui.cursor().state().thread());
  const int other = here == 0 ? 1 : 0;
  const std::uint64_t own = ui.app().panel<RegistersPanel>().row("rsp")->value;
  EXPECT_EQ(own, ui.cursor().state().reg(Reg::rsp));
  ASSERT_TRUE(ui.click("registers.of.m" + std::to_string(other)));
  ui.frame();
  const RegistersPanel::Row& row = *ui.app().panel<RegistersPanel>().row("rsp");
  EXPECT_EQ(row.value, ui.cursor().state().reg(static_cast<ThreadId>(other), Reg::rsp));
  EXPECT_NE(row.value, own);
  EXPECT_FALSE(row.can_change) << "an edit is of the thread whose turn it is";
  ASSERT_TRUE(ui.click("registers.of.m" + std::to_string(other)));
  ui.frame();
  EXPECT_EQ(ui.app().panel<RegistersPanel>().row("rsp")->value, own);
}

}  // namespace
}  // namespace gogoscope
