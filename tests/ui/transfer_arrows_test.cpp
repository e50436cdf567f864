// The arrows between registers and gobuf fields: which there are, and where they end.
#include "ui/transfer_arrows.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

float middle(Offscreen& ui, const std::string& widget) {
  const std::optional<Rect> rect = ui.app().widgets().find(widget);
  EXPECT_TRUE(rect.has_value()) << widget;
  return rect ? rect->center().y : 0;
}

TEST(TransferArrows, gogo_s_load_of_sp_joins_the_field_to_the_register) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  ui.frame();
  const std::optional<Rect> arrow = ui.app().widgets().find("transfer.newest");
  ASSERT_TRUE(arrow.has_value());
  ASSERT_FALSE(ui.app().view().transfers.empty());
  const Transfer& load = ui.app().view().transfers.back();
  EXPECT_FALSE(load.to_memory);
  EXPECT_NEAR(arrow->min.y, middle(ui, "registers.row.rsp"), 3);
  EXPECT_NEAR(arrow->max.y, middle(ui, "structs.row." + ui.app().view().names->describe(load.addr)), 3);
}

TEST(TransferArrows, mcall_s_saves_stay_in_sight_dimmed_while_the_next_one_is_made) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x27").ok());
  ui.frame();
  ASSERT_GE(ui.app().view().transfers.size(), 4U);  // pc, sp, g, bp
  EXPECT_TRUE(ui.app().view().transfers.back().to_memory);
  EXPECT_TRUE(ui.app().widgets().find("transfer.newest").has_value());
  EXPECT_TRUE(ui.app().widgets().find("transfer.earlier").has_value());
}

TEST(TransferArrows, there_are_none_while_another_tab_hides_the_registers) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  ui.app().ui().desk.bring_forward(PanelId::threads);
  ui.frame();
  EXPECT_FALSE(ui.app().widgets().find("transfer.newest").has_value());
}

TEST(TransferArrows, they_keep_to_the_margin) {
  Offscreen ui;
  for (const char* place : {"runtime.gogo+0x51", "runtime.gogo+0x55", "runtime.mcall+0x52"}) {
    ASSERT_TRUE(ui.go(CommandId::run_to, place).ok());
    ui.frame();
    const Rect panel = *ui.app().widgets().find("panel.registers");
    for (const char* widget : {"transfer.newest", "transfer.earlier"}) {
      const std::optional<Rect> arrow = ui.app().widgets().find(widget);
      if (!arrow) continue;
      EXPECT_GE(arrow->min.x, panel.min.x) << place;
      EXPECT_LE(arrow->max.x, panel.min.x + kArrowMargin + 0.5F) << place;
    }
  }
}

TEST(TransferArrows, a_step_that_moves_nothing_leaves_only_dim_ones_and_a_go_line_none) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x39").ok());  // MOVQ $0, gobuf_sp(BX) has run
  ui.frame();
  EXPECT_FALSE(ui.app().widgets().find("transfer.newest").has_value());
  EXPECT_TRUE(ui.app().widgets().find("transfer.earlier").has_value());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule").ok());
  ui.frame();
  EXPECT_FALSE(ui.app().widgets().find("transfer.newest").has_value());
  EXPECT_FALSE(ui.app().widgets().find("transfer.earlier").has_value());
}

TEST(TransferArrows, with_another_tab_in_front_they_end_at_the_edge_of_its_panel) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  ui.app().ui().desk.bring_forward(PanelId::memory);
  ui.frame();
  const std::optional<Rect> arrow = ui.app().widgets().find("transfer.newest");
  ASSERT_TRUE(arrow.has_value());
  EXPECT_NEAR(arrow->max.y, ui.app().widgets().find("panel.memory")->min.y, 1);
}

}  // namespace
}  // namespace gogoscope
