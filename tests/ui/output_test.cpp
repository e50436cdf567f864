// The output panel: what the program has written, and when.
#include "ui/panels/output.h"

#include <gtest/gtest.h>

#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

const OutputPanel& shown_output(Offscreen& ui) {
  ui.app().ui().desk.bring_forward(PanelId::output);
  ui.frame();
  ui.frame();
  return ui.app().panel<OutputPanel>();
}

TEST(OutputPanel, shows_what_is_written_at_each_moment) {
  Offscreen ui(run_of("93-println-on-two-ms"));
  EXPECT_EQ(shown_output(ui).past(), 0U);
  ASSERT_TRUE(ui.go(CommandId::go_end).ok());
  const OutputPanel& panel = shown_output(ui);
  ASSERT_EQ(panel.lines().lines().size(), 2U);
  EXPECT_EQ(panel.lines().lines()[0].text, "worker 6");
  EXPECT_EQ(panel.lines().lines()[1].text, "main 4");
  EXPECT_EQ(panel.past(), 2U);
}

TEST(OutputPanel, a_click_goes_to_the_write_that_began_the_line) {
  Offscreen ui(run_of("93-println-on-two-ms"));
  shown_output(ui);
  ASSERT_TRUE(ui.click("output.row.1"));
  const OutputPanel& panel = shown_output(ui);
  const OutputLine& line = panel.lines().lines()[1];
  EXPECT_EQ(ui.cursor().position(), line.pieces.front().step + 1);
  EXPECT_EQ(line.text.substr(0, line.written_before(ui.cursor().position())), "main");
}

TEST(OutputPanel, forgets_what_an_edit_cut_off) {
  Offscreen ui(run_of("92-println"));
  ASSERT_EQ(shown_output(ui).lines().lines().size(), 3U);
  ASSERT_TRUE(ui.go(CommandId::go_start).ok());
  ASSERT_TRUE(ui.go(CommandId::edit, "rbx = 1").ok());
  EXPECT_TRUE(shown_output(ui).lines().lines().empty());
}

}  // namespace
}  // namespace gogoscope
