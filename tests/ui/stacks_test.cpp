// What the two stacks show: frames, saved BPs, the forged return address, and links on every word.
#include "ui/panels/stacks.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/ui/offscreen.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

std::vector<std::string> names_of(const std::vector<StackFrame>& frames) {
  std::vector<std::string> names;
  for (const StackFrame& frame : frames) names.push_back(frame.name);
  return names;
}

const StackCell* word_with(const StackColumn& column, WordRole role) {
  for (const StackCell& word : column.words) {
    if (word.role == role) return &word;
  }
  return nullptr;
}

TEST(StackFrames, at_goexit0_each_stack_names_its_frames_from_the_innermost) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StacksPanel& stacks = ui.app().panel<StacksPanel>();
  EXPECT_EQ(names_of(stacks.system().frames), (std::vector<std::string>{"goexit0", "mcall", "mstart"}));
  EXPECT_EQ(names_of(stacks.goroutine().frames), (std::vector<std::string>{"goexit1", "goexit"}));
}

TEST(StackFrames, the_name_is_above_the_word_that_holds_the_return_address) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StackColumn& column = ui.app().panel<StacksPanel>().goroutine();
  const StackCell& word = column.words.at(column.frames.front().first);
  EXPECT_EQ(word.role, WordRole::return_address);
  EXPECT_EQ(column.label(word).text, "→ goexit+0x6");
}

TEST(StackFrames, what_mcall_pushed_belongs_to_mcall_and_not_to_the_frame_above) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.mcall+0x53").ok());
  const StackColumn& column = ui.app().panel<StacksPanel>().system();
  EXPECT_EQ(names_of(column.frames), (std::vector<std::string>{"mcall", "mstart"}));
  EXPECT_EQ(column.words.at(column.frames.front().first).addr, column.sp);
}

TEST(ForgedFrame, a_fresh_goroutine_returns_to_goexit_though_no_call_pushed_it) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  const StackColumn& column = ui.app().panel<StacksPanel>().goroutine();
  const StackCell* word = word_with(column, WordRole::forged_return);
  ASSERT_NE(word, nullptr);
  EXPECT_EQ(word->addr, column.sp);
  EXPECT_EQ(column.label(*word).text, "→ goexit+0x1");
  EXPECT_NE(column.label(*word).note.find("no call pushed it"), std::string::npos);
  EXPECT_TRUE(ui.app().widgets().find("stack." + column.name + ".forged").has_value());
}

TEST(ForgedFrame, once_the_task_has_returned_the_word_is_free_and_no_longer_forged) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit+0x1").ok());
  const StackColumn& column = ui.app().panel<StacksPanel>().goroutine();
  EXPECT_EQ(word_with(column, WordRole::forged_return), nullptr);
  const auto below =
      std::find_if(column.words.begin(), column.words.end(), [](const StackCell& word) { return word.free; });
  ASSERT_NE(below, column.words.end());
  EXPECT_EQ(column.label(*below).text, "goexit+0x1");
}

TEST(SavedBp, an_arc_joins_each_saved_bp_of_a_parked_goroutine_to_the_one_it_points_to) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule#2").ok());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo#2").ok());
  ui.app().ui().selected_g = ui.app().view().names->entities().find("g1")->addr;
  const StackColumn& column = ui.app().panel<StacksPanel>().goroutine();
  ASSERT_EQ(column.name, "g1");
  ASSERT_GE(column.arcs.size(), 2U);
  EXPECT_TRUE(column.arcs.front().innermost);
  for (std::size_t i = 0; i < column.arcs.size(); ++i) {
    const StackArc& arc = column.arcs[i];
    EXPECT_EQ(column.words[arc.from].value, column.words[arc.to].addr.value());
    EXPECT_LT(arc.to, arc.from);
    // A chain: the next one starts where this one ends.
    if (i + 1 < column.arcs.size()) {
      EXPECT_EQ(column.arcs[i + 1].from, arc.to);
    }
  }
}

TEST(SavedBp, where_the_chain_ends_or_leaves_the_stack_the_label_says_so) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StackColumn& goroutine = ui.app().panel<StacksPanel>().goroutine();
  const StackCell* last = word_with(goroutine, WordRole::saved_bp);
  ASSERT_NE(last, nullptr);
  EXPECT_EQ(last->value, 0U);
  EXPECT_EQ(goroutine.label(*last).text, "saved BP: none");
  // goexit0's prologue saves the BP that it found, which points into the goroutine's stack.
  const std::string gone = ui.app().panel<StacksPanel>().goroutine().name;
  const StackCell* away = nullptr;
  for (int i = 0; i < 20 && away == nullptr; ++i) {
    ASSERT_TRUE(ui.go(CommandId::step).ok());
    const StackColumn& system = ui.app().panel<StacksPanel>().system();
    for (const StackCell& word : system.words) {
      if (word.role == WordRole::saved_bp && system.label(word).text.find(gone) != std::string::npos)
        away = &word;
    }
  }
  ASSERT_NE(away, nullptr);
  EXPECT_EQ(ui.app().panel<StacksPanel>().system().label(*away).text, "saved BP → " + gone);
}

TEST(StackWords, an_argument_names_its_function_and_its_value) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StacksPanel& stacks = ui.app().panel<StacksPanel>();
  const auto& words = stacks.system().words;
  const auto argument = std::find_if(words.begin(), words.end(), [&](const StackCell& word) {
    return word.role == WordRole::frame_var && stacks.system().label(word).scope == "goexit0.";
  });
  ASSERT_NE(argument, words.end());
  EXPECT_EQ(stacks.system().label(*argument).text, "gp = " + stacks.goroutine().name);
}

TEST(StackWords, an_address_and_a_value_are_links_with_a_menu) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StackColumn& column = ui.app().panel<StacksPanel>().system();
  const std::string at = draw::hex_short(column.sp.value());
  ui.frame();  // the scrolling to SP has come to rest
  ASSERT_TRUE(ui.right_click("stack.value." + at));
  ASSERT_NE(ui.app().ui().menu, nullptr);
  EXPECT_EQ(ui.app().ui().menu->text, "runtime.mcall+0x5b");
  ui.press(ActionId::close);
  ASSERT_TRUE(ui.click("stack.addr." + at));
  EXPECT_EQ(ui.app().ui().memory_at, column.sp);
}

TEST(StackWords, chinese_names_are_chinese) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const auto label = [&] {
    const StackColumn& column = ui.app().panel<StacksPanel>().goroutine();
    return column.label(*word_with(column, WordRole::saved_bp)).text;
  };
  const std::string english = label();
  ui.app().ui().language = Language::zh;
  EXPECT_NE(label(), english);
}

TEST(SpTag, it_slides_while_the_transition_lasts_and_only_on_its_own_stack) {
  Offscreen ui;
  ui.app().ui().motion = true;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x9").ok());
  EXPECT_FALSE(ui.app().widgets().find("stack.g0.SP.sliding").has_value());  // MOVQ BP, 16(SP) moves no SP
  ASSERT_TRUE(ui.go(CommandId::back).ok());
  ui.app().advance(0.01F);
  ui.draw_only();
  EXPECT_TRUE(ui.app().widgets().find("stack.g0.SP.sliding").has_value());
  ui.app().advance(1);
  ui.draw_only();
  EXPECT_FALSE(ui.app().widgets().find("stack.g0.SP.sliding").has_value());
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  ui.draw_only();
  const StacksPanel& stacks = ui.app().panel<StacksPanel>();
  EXPECT_FALSE(stacks.system().old_sp.has_value());
  EXPECT_FALSE(stacks.goroutine().old_sp.has_value());
}

TEST(Stacks, with_motion_off_nothing_moves) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x4").ok());
  EXPECT_TRUE(ui.app().panel<StacksPanel>().system().old_sp.has_value());
  EXPECT_FALSE(ui.app().widgets().find("stack.g0.SP.sliding").has_value());
}

}  // namespace
}  // namespace gogoscope
