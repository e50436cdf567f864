// A goroutine's exit, clicked through: forwards by button and by key, and back; what the panels show is
// compared with the session at each step.
#include <gtest/gtest.h>

#include <cstring>
#include <vector>

#include "tests/ui/offscreen.h"
#include "ui/panels/disassembly.h"
#include "ui/panels/registers.h"
#include "ui/panels/source.h"
#include "ui/panels/stacks.h"
#include "ui/panels/which_g.h"

namespace gogoscope {
namespace {

/// Where the walk begins and ends: where a task's RET led, and the jump to the next task.
constexpr const char* kFrom = "runtime.goexit+0x1";
constexpr const char* kTo = "runtime.gogo+0x55";

class Exit : public testing::Test {
 protected:
  /// What the window shows is what the session says.
  void expect_shown() {
    const Cursor& cursor = ui.cursor();
    const Image& state = cursor.state();
    const View& view = ui.app().view();
    ASSERT_EQ(view.position, cursor.position());
    ASSERT_EQ(view.steps, ui.session().trace().steps());

    for (int i = 0; i < kRegCount; ++i) {
      const Reg reg = static_cast<Reg>(i);
      if (reg == Reg::rflags) continue;
      const RegistersPanel::Row* row = ui.app().panel<RegistersPanel>().row(name(reg));
      ASSERT_NE(row, nullptr) << name(reg);
      EXPECT_EQ(row->value, state.reg(reg)) << name(reg);
    }
    if (const Instruction* instruction = ui.code().instruction_at(state.pc())) {
      EXPECT_EQ(ui.app().panel<SourcePanel>().current_line(), instruction->line);
    }
    EXPECT_EQ(ui.app().panel<DisassemblyPanel>().current(), state.pc());
    EXPECT_TRUE(ui.app().widgets().find("disassembly.current").has_value());
    if (cursor.position() > 0) expect_changes(cursor.last());
  }

  /// Exactly what the step changed is marked, with its old value.
  void expect_changes(const Step& step) {
    for (const RegistersPanel::Row& row : ui.app().panel<RegistersPanel>().rows()) {
      const auto reg = reg_by_name(row.name);
      if (!reg) continue;
      const RegChange* change = nullptr;
      for (const RegChange& c : step.regs) {
        if (c.reg == *reg) change = &c;
      }
      EXPECT_EQ(row.changed, change != nullptr) << row.name << " at " << step.index;
      if (change != nullptr) {
        EXPECT_EQ(row.old_value, change->old_value);
      }
    }
    for (const StackColumn* column :
         {&ui.app().panel<StacksPanel>().system(), &ui.app().panel<StacksPanel>().goroutine()}) {
      for (const StackCell& word : column->words) {
        bool stored = false;
        for (const Store& store : step.stores) {
          stored = stored || (store.addr + store.size > word.addr && word.addr + 8 > store.addr);
        }
        EXPECT_EQ(word.changed, stored) << column->name << " at " << step.index;
        EXPECT_EQ(word.value, ui.cursor().state().load_or_zero(word.addr));
        EXPECT_EQ(word.free, word.addr < column->sp);
      }
    }
  }

  std::uint64_t hash() const { return ui.cursor().state().hash(); }

  Offscreen ui;
};

TEST_F(Exit, clicking_step_walks_it_and_clicking_back_undoes_it) {
  ASSERT_TRUE(ui.go(CommandId::run_to, kFrom).ok());
  const std::uint64_t first = ui.cursor().position();
  while (ui.code().symbolize(ui.cursor().state().pc()) != kTo) {
    ASSERT_FALSE(ui.session().execute({CommandId::step}).stop.has_value());
  }
  const std::uint64_t last = ui.cursor().position();
  ASSERT_GT(last, first + 50);
  ASSERT_TRUE(ui.go(CommandId::run_to, std::to_string(first)).ok());

  std::vector<std::uint64_t> hashes{hash()};
  while (ui.cursor().position() < last) {
    const std::uint64_t before = ui.cursor().position();
    ASSERT_TRUE(ui.click("command.step"));
    ASSERT_EQ(ui.cursor().position(), before + 1);
    expect_shown();
    hashes.push_back(hash());
  }
  EXPECT_EQ(ui.code().symbolize(ui.cursor().state().pc()), kTo);
  while (ui.cursor().position() > first) {
    ASSERT_EQ(hash(), hashes[ui.cursor().position() - first]);
    ASSERT_TRUE(ui.click("command.back"));
    expect_shown();
  }
  EXPECT_EQ(hash(), hashes.front());
}

TEST_F(Exit, keys_do_the_same_as_buttons) {
  ASSERT_TRUE(ui.go(CommandId::run_to, kFrom).ok());
  const std::uint64_t start = ui.cursor().position();
  const std::uint64_t start_hash = hash();
  for (int i = 1; i <= 40; ++i) {
    ui.press(CommandId::step);
    ASSERT_EQ(ui.cursor().position(), start + static_cast<std::uint64_t>(i));
    expect_shown();
  }
  for (int i = 0; i < 20; ++i) ui.press(CommandId::back);
  for (int i = 0; i < 20; ++i) ui.press(imgui_api::Key::left);
  EXPECT_EQ(ui.cursor().position(), start);
  EXPECT_EQ(hash(), start_hash);
  ui.press(imgui_api::Key::right);
  EXPECT_EQ(ui.cursor().position(), start + 1);
}

TEST_F(Exit, a_line_at_a_time_passes_through_the_modelled_functions) {
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  std::uint32_t lines = 0;
  bool schedule = false;
  for (int i = 0; i < 400 && !schedule; ++i) {
    const std::uint64_t before = ui.cursor().position();
    ASSERT_TRUE(ui.click("command.step-line"));
    ASSERT_GT(ui.cursor().position(), before);
    expect_shown();
    ++lines;
    schedule = ui.code().function_at(ui.cursor().state().pc())->name == "runtime.schedule";
  }
  EXPECT_TRUE(schedule);
  EXPECT_GT(lines, 20U);
}

TEST_F(Exit, drawing_moves_nothing) {
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const std::uint64_t position = ui.cursor().position();
  const std::uint64_t steps = ui.session().trace().steps();
  const std::uint64_t before = hash();
  for (const Language language : {Language::en, Language::zh}) {
    for (const ThemeId theme : {ThemeId::dark, ThemeId::light}) {
      ui.app().ui().language = language;
      ui.app().ui().theme = theme;
      for (int i = 0; i < 5; ++i) ui.draw_only();
    }
  }
  EXPECT_TRUE(ui.app().queued().empty());
  EXPECT_EQ(ui.cursor().position(), position);
  EXPECT_EQ(ui.session().trace().steps(), steps);
  EXPECT_EQ(hash(), before);
}

TEST_F(Exit, at_the_stack_switch_the_cells_that_must_change_have_changed) {
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23#3").ok());
  ui.frame();  // scrolled to where SP is
  const WidgetRegistry before = ui.app().widgets();
  EXPECT_TRUE(before.find("stack.g0.SP"));
  EXPECT_FALSE(before.find("stack.g2.SP"));
  EXPECT_FALSE(before.find("registers.changed.rsp"));
  const auto owner_of_sp = [&] { return ui.app().panel<WhichGPanel>().shown().answers[WhichG::kSp]; };
  EXPECT_EQ(owner_of_sp().name, "g0");
  EXPECT_TRUE(owner_of_sp().lit);

  ASSERT_TRUE(ui.click("command.step"));
  ui.frame();
  const WidgetRegistry& after = ui.app().widgets();
  EXPECT_FALSE(after.find("stack.g0.SP"));
  EXPECT_TRUE(after.find("stack.g2.SP"));
  EXPECT_TRUE(after.find("registers.changed.rsp"));
  EXPECT_TRUE(after.find("registers.changed.rip"));
  EXPECT_FALSE(after.find("registers.changed.rbp"));
  EXPECT_EQ(owner_of_sp().name, "g2");
  EXPECT_EQ(owner_of_sp().old_name, "g0");
  EXPECT_TRUE(owner_of_sp().changed);
  EXPECT_FALSE(owner_of_sp().lit);
  EXPECT_TRUE(after.find("story.event.0"));
}

TEST_F(Exit, every_moment_of_the_run_can_be_drawn) {
  ASSERT_TRUE(ui.go(CommandId::run).ok());
  const std::uint64_t steps = ui.session().trace().steps();
  // From the end to the start, in strides that meet every kind of place; both languages in turn.
  for (std::uint64_t back = 0; back <= steps; back += 7) {
    ui.app().ui().language = back % 2 == 0 ? Language::en : Language::zh;
    ASSERT_TRUE(ui.go(CommandId::run_to, std::to_string(steps - back)).ok());
    expect_shown();
  }
}

TEST_F(Exit, a_click_waits_in_the_queue_until_the_frame_is_over) {
  const Rect step = *ui.app().widgets().find("command.step");
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_mouse_position(io, step.center().x, step.center().y);
  ui.draw_only();
  imgui_api::send_mouse_button(io, true);
  ui.draw_only();
  imgui_api::send_mouse_button(io, false);
  ui.draw_only();
  ASSERT_EQ(ui.app().queued().size(), 1U);
  EXPECT_EQ(ui.app().queued().front().id, CommandId::step);
  EXPECT_EQ(ui.cursor().position(), 0U);
  EXPECT_TRUE(ui.app().execute_queued());
  EXPECT_EQ(ui.cursor().position(), 1U);
}

}  // namespace
}  // namespace gogoscope
