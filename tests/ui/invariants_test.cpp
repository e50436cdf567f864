// The invariants panel: all of them at every moment, those that do not hold first.
#include "ui/panels/invariants.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

TEST(InvariantsPanel, lists_every_invariant_and_a_window_before_those_that_hold) {
  Offscreen ui;
  // gogo has written TLS, and SP is still on g0's stack.
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23#2").ok());
  const auto& reports = ui.app().panel<InvariantsPanel>().reports();
  ASSERT_EQ(reports.size(), static_cast<std::size_t>(kInvariants));
  EXPECT_EQ(reports.front().id, Invariant::sp_in_tls_g);
  EXPECT_EQ(reports.front().state, InvariantState::window);
  EXPECT_FALSE(reports.front().detail.en.empty());
  EXPECT_EQ(reports.back().state, InvariantState::holds);
}

TEST(InvariantsPanel, its_tab_brings_it_forward) {
  Offscreen ui;
  ui.frame();
  ASSERT_TRUE(ui.click("tab.invariants"));
  EXPECT_TRUE(ui.app().ui().desk.in_front(PanelId::invariants));
}

}  // namespace
}  // namespace gogoscope
