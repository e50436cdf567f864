// What single panels show at moments that are hard to grasp.
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "asm/text/utf8.h"
#include "emu/session/views/panel_names.h"
#include "tests/ui/offscreen.h"
#include "ui/desk.h"
#include "ui/draw.h"
#include "ui/opening_size.h"
#include "ui/panels/disassembly.h"
#include "ui/panels/gs.h"
#include "ui/panels/registers.h"
#include "ui/panels/stacks.h"
#include "ui/panels/story.h"
#include "ui/panels/timeline.h"
#include "ui/presenter.h"
#include "ui/wrap.h"

namespace gogoscope {
namespace {

const StackTag* tag(const StackColumn& column, StackTag::Kind kind) {
  for (const StackTag& t : column.tags) {
    if (t.kind == kind) return &t;
  }
  return nullptr;
}

TEST(Desk, has_a_panel_of_every_name_that_files_may_use) {
  for (const std::string_view name : kPanelNames) EXPECT_NE(panel_by_name(name), nullptr) << name;
}

TEST(Stacks, at_goexit0_bp_still_points_into_the_stack_of_the_goroutine_that_is_gone) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const StacksPanel& stacks = ui.app().panel<StacksPanel>();
  EXPECT_TRUE(stacks.system().here);
  EXPECT_FALSE(stacks.goroutine().here);
  EXPECT_NE(tag(stacks.system(), StackTag::Kind::sp), nullptr);
  EXPECT_EQ(tag(stacks.system(), StackTag::Kind::bp), nullptr);
  EXPECT_NE(tag(stacks.goroutine(), StackTag::Kind::bp), nullptr);
  EXPECT_NE(tag(stacks.goroutine(), StackTag::Kind::saved_sp), nullptr);
}

TEST(Stacks, gogo_moves_sp_from_one_column_to_the_other_in_one_step) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23").ok());
  EXPECT_TRUE(ui.app().panel<StacksPanel>().system().here);
  ASSERT_TRUE(ui.click("command.step"));
  EXPECT_FALSE(ui.app().panel<StacksPanel>().system().here);
  EXPECT_TRUE(ui.app().panel<StacksPanel>().goroutine().here);
  ASSERT_TRUE(ui.click("command.back"));
  EXPECT_TRUE(ui.app().panel<StacksPanel>().system().here);
}

TEST(Stacks, after_dropg_the_goroutine_that_just_left_stays_in_sight) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const std::string gone = ui.app().panel<StacksPanel>().goroutine().name;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gfput").ok());
  EXPECT_EQ(ui.app().panel<StacksPanel>().goroutine().name, gone);
}

TEST(Stacks, words_below_sp_are_listed_and_free) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  int free = 0;
  for (const StackCell& word : ui.app().panel<StacksPanel>().system().words) free += word.free ? 1 : 0;
  EXPECT_GE(free, 4);
}

TEST(Goroutines, the_step_that_makes_one_dead_marks_its_status) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const std::string name = ui.app().panel<StacksPanel>().goroutine().name;
  ASSERT_EQ(ui.app().panel<GsPanel>().row(name)->status.text, "running");
  for (int i = 0; i < 200 && ui.app().panel<GsPanel>().row(name)->status.text != "dead"; ++i) {
    ASSERT_FALSE(ui.app().panel<GsPanel>().row(name)->status.changed);
    ASSERT_TRUE(ui.click("command.step"));
  }
  EXPECT_EQ(ui.app().panel<GsPanel>().row(name)->status.text, "dead");
  EXPECT_TRUE(ui.app().panel<GsPanel>().row(name)->status.changed);
}

TEST(Goroutines, gfput_puts_the_dead_one_into_the_free_list_of_its_p) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const std::string name = ui.app().panel<StacksPanel>().goroutine().name;
  EXPECT_EQ(ui.app().panel<GsPanel>().row(name)->named_by, "m0.curg");
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.schedule").ok());
  EXPECT_EQ(ui.app().panel<GsPanel>().row(name)->named_by, "p0.gFree");
}

TEST(Goroutines, on_g0_the_tls_slot_and_curg_name_different_ones) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  EXPECT_EQ(ui.app().panel<GsPanel>().row("g0")->named_by, "TLS");
  EXPECT_TRUE(ui.app().panel<GsPanel>().row("g0")->current);
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23").ok());
  EXPECT_EQ(ui.app().panel<GsPanel>().row("g0")->named_by, "");
}

TEST(Goroutines, a_click_selects_whose_stack_is_shown_and_a_second_one_lets_go) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  const std::string current = ui.app().panel<StacksPanel>().goroutine().name;
  const std::uint64_t position = ui.cursor().position();
  ASSERT_NE(current, "g1");
  ASSERT_TRUE(ui.click("tab.goroutines"));
  ASSERT_TRUE(ui.click("gs.row.g1"));
  EXPECT_EQ(ui.app().panel<StacksPanel>().goroutine().name, "g1");
  ASSERT_TRUE(ui.click("gs.row.g1"));
  EXPECT_EQ(ui.app().panel<StacksPanel>().goroutine().name, current);
  EXPECT_EQ(ui.cursor().position(), position);
}

TEST(Registers, a_pointer_is_called_by_its_name) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x17").ok());
  EXPECT_NE(ui.app().panel<RegistersPanel>().row("rbx")->meaning.find(".sched"), std::string::npos);
  EXPECT_FALSE(ui.app().panel<RegistersPanel>().row("tls g")->meaning.empty());
}

TEST(Disassembly, the_bytes_of_gogo_are_listed_whole) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo").ok());
  const auto& rows = ui.app().panel<DisassemblyPanel>().rows();
  ASSERT_EQ(rows.size(), 17U);
  EXPECT_EQ(rows.front().bytes, "48 83 ec 18");
  EXPECT_EQ(rows.back().bytes, "ff e3");
  EXPECT_EQ(rows.back().offset, "+0x55");
}

TEST(Languages, a_click_switches_every_text_and_the_sentence) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x26").ok());
  const std::string english = ui.app().panel<StoryPanel>().sentence();
  ASSERT_FALSE(english.empty());
  ASSERT_TRUE(ui.click("toggle.language"));
  EXPECT_EQ(ui.app().ui().language, Language::zh);
  EXPECT_NE(ui.app().panel<StoryPanel>().sentence(), english);
  ASSERT_TRUE(ui.click("toggle.language"));
  EXPECT_EQ(ui.app().panel<StoryPanel>().sentence(), english);
}

TEST(Languages, the_fonts_hold_every_character_that_can_be_shown) {
  Offscreen ui;
  const std::string characters = ui.app().characters();
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  if (ImGui::GetIO().Fonts->ConfigData.Size <= ImGui::GetIO().Fonts->Fonts.Size) {
    GTEST_SKIP() << "no Chinese font on this machine";
  }
  std::size_t at = 0;
  while (at < characters.size()) {
    const auto lead = static_cast<unsigned char>(characters[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
      code = (code << 6) | (static_cast<unsigned char>(characters[at + i]) & 0x3F);
    at += length;
    if (code < 0x20) continue;
    EXPECT_NE(font->FindGlyphNoFallback(static_cast<ImWchar>(code)), nullptr) << "U+" << std::hex << code;
  }
}

TEST(Wrapping, no_line_is_too_wide_and_no_word_is_lost) {
  Offscreen ui;
  ImFont* font = ImGui::GetIO().Fonts->Fonts[0];
  for (const std::string text :
       {"SP now points into g2's stack: everything before it ran on g0.",
        "SP 现在指向 g2 的栈：在它之前的一切都运行在 g0 上，下一条指令已经运行在 g2 上。", "", "one"}) {
    for (const float width : {60.0F, 120.0F, 300.0F}) {
      std::size_t told = 0;
      for (const std::string_view line : wrap(font, text, width)) {
        const auto begin = static_cast<std::size_t>(line.data() - text.data());
        const std::string between = text.substr(told, begin - told);
        EXPECT_TRUE(between.empty() || between == " ") << "lost: " << between;
        EXPECT_FALSE(line.starts_with(' ') || line.ends_with(' ')) << line;
        EXPECT_LE(draw::measure(font, line).x, width + font->FontSize) << line;
        told = begin + line.size();
      }
      EXPECT_EQ(told, text.size());
    }
  }
}

void expect_apart(std::vector<Rect> all, const Places& places, Rect within) {
  for (std::size_t i = 0; i < places.slots.size(); ++i) {
    if (places.shows(static_cast<Slot>(i))) all.push_back(places.slots[i]);
  }
  ASSERT_GE(all.size(), 5U);
  for (const Rect& a : all) {
    EXPECT_GE(a.min.x, within.min.x);
    EXPECT_GE(a.min.y, within.min.y);
    EXPECT_LE(a.max.x, within.max.x);
    EXPECT_LE(a.max.y, within.max.y);
    for (const Rect& b : all) {
      const bool apart = a.max.x <= b.min.x || b.max.x <= a.min.x || a.max.y <= b.min.y || b.max.y <= a.min.y;
      EXPECT_TRUE(&a == &b || apart);
    }
  }
}

TEST(Layout, panels_do_not_overlap_at_any_size) {
  for (const ImVec2 size : {ImVec2(1600, 1000), ImVec2(1280, 800), ImVec2(1024, 700), ImVec2(3840, 2160)}) {
    const float scale = size.x > 3000 ? 2.0F : 1.0F;
    const Rect window{{0, 0}, size};
    const Bars bars = arrange_bars(window, scale);
    expect_apart({bars.toolbar, bars.status}, arrange(bars.below, LayoutShares(), scale), window);
    const float large = scale_of_presenter(size, scale);
    expect_apart({}, arrange_presenter({{0, 0}, size}, large), window);
  }
}

TEST(Layout, every_panel_of_a_window_of_1024x700_has_room_for_rows) {
  const Bars bars = arrange_bars({{0, 0}, {1024, 700}}, 1);
  const ImVec2 least = least_room(1);
  EXPECT_LE(least.x, bars.below.width());
  EXPECT_LE(least.y, bars.below.height());
  const Places places = arrange(bars.below, LayoutShares(), 1);
  for (std::size_t i = 0; i < places.slots.size(); ++i) {
    if (static_cast<Slot>(i) == Slot::lesson) continue;  // it has a place only while a lesson is played
    EXPECT_GE(places.slots[i].height(), 96) << i;
    EXPECT_GE(places.slots[i].width(), 200) << i;
  }
}

TEST(Layout, panels_keep_their_room_in_a_window_too_small_for_them_and_scroll) {
  Offscreen roomy(default_run(), {2048, 1400}, 2);
  const std::optional<Rect> expected = roomy.app().panel_rect(PanelId::registers);
  ASSERT_TRUE(expected.has_value());
  EXPECT_FALSE(roomy.app().widgets().find("ground").has_value());
  Offscreen small(default_run(), {1000, 700}, 2);
  ASSERT_TRUE(small.app().widgets().find("ground").has_value());
  EXPECT_NEAR(small.app().panel_rect(PanelId::registers)->width(), expected->width(), 1);
  EXPECT_NEAR(small.app().panel_rect(PanelId::registers)->height(), expected->height(), 1);
  // A panel that is asked for comes into sight.
  EXPECT_GT(small.app().panel_rect(PanelId::structs)->min.x, 1000);
  small.app().ui().desk.bring_forward(PanelId::memory);
  for (int i = 0; i < 3; ++i) small.frame();
  const Rect memory = *small.app().panel_rect(PanelId::memory);
  EXPECT_GE(memory.min.x, 0);
  EXPECT_LE(memory.max.x, 1000);
  EXPECT_GE(memory.min.y, 0);
  EXPECT_LE(memory.max.y, 700);
}

TEST(Layout, a_window_opens_no_larger_than_its_screen_has_room) {
  const auto expect = [](ImVec2 size, float x, float y) {
    EXPECT_EQ(size.x, x);
    EXPECT_EQ(size.y, y);
  };
  expect(opening_size({1600, 1000}, 1, {1920, 1040}, {2, 30}), 1600, 1000);
  expect(opening_size({1600, 1000}, 2, {3840, 2080}, {2, 30}), 3200, 2000);
  expect(opening_size({1600, 1000}, 2, {1920, 1040}, {2, 30}), 1918, 1010);
  expect(opening_size({1600, 1000}, 0.75F, {1920, 1040}, {0, 0}), 1200, 750);
  expect(opening_size({1600, 1000}, 1, {0, 0}, {0, 0}), 1600, 1000);  // a screen that says nothing
}

TEST(Layout, shares_that_make_no_sense_are_brought_back) {
  LayoutShares wild;
  wild.source = 7;
  wild.disassembly = -3;
  wild.upper = std::numeric_limits<float>::quiet_NaN();
  const LayoutShares kept = within_limits(wild);
  EXPECT_EQ(kept, within_limits(kept));
  expect_apart({}, arrange({{0, 0}, {1600, 926}}, kept, 1), {{0, 0}, {1600, 926}});
}

TEST(Layout, dragging_a_splitter_widens_a_panel) {
  Offscreen ui;
  const float before = ui.app().widgets().find("panel.source")->width();
  const Rect gap = *ui.app().widgets().find("splitter.source");
  ImGuiIO& io = ImGui::GetIO();
  imgui_api::send_mouse_position(io, gap.center().x, gap.center().y);
  ui.frame();
  imgui_api::send_mouse_button(io, true);
  ui.frame();
  imgui_api::send_mouse_position(io, gap.center().x + 50, gap.center().y);
  ui.frame();
  imgui_api::send_mouse_button(io, false);
  ui.frame();
  ui.frame();
  EXPECT_NEAR(ui.app().widgets().find("panel.source")->width(), before + 50, 3);
  EXPECT_EQ(ui.cursor().position(), 0U);
}

TEST(Timeline, a_click_goes_to_a_recorded_moment) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run).ok());
  const std::uint64_t steps = ui.session().trace().steps();
  ASSERT_TRUE(ui.click("timeline.strip", 0.25F));
  EXPECT_NEAR(static_cast<double>(ui.cursor().position()), static_cast<double>(steps) * 0.25,
              static_cast<double>(steps) * 0.01);
  EXPECT_EQ(ui.session().trace().steps(), steps);
}

TEST(Breakpoints, a_click_beside_a_line_sets_one_and_run_stops_there) {
  Offscreen ui(default_run(), {1600, 1400});
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo").ok());
  const Instruction* load = ui.code().instruction_at(ui.code().function("runtime.gogo")->entry + 0x23);
  ASSERT_NE(load, nullptr);
  ASSERT_TRUE(ui.click("source.line." + std::to_string(load->line)));
  ASSERT_EQ(ui.session().breakpoints().size(), 1U);
  ASSERT_TRUE(ui.click("command.run"));
  EXPECT_EQ(ui.cursor().state().pc(), load->pc);
  EXPECT_NE(ui.app().ui().notice.find("breakpoint"), std::string::npos) << ui.app().ui().notice;
}

TEST(Breakpoints, the_key_sets_one_where_the_pc_is) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.gogo+0x23").ok());
  ui.press(CommandId::toggle_break);
  ASSERT_EQ(ui.session().breakpoints().size(), 1U);
  EXPECT_EQ(ui.session().breakpoints().front().addresses.front(), ui.cursor().state().pc());
  ui.press(CommandId::toggle_break);
  EXPECT_TRUE(ui.session().breakpoints().empty());
}

TEST(Keys, a_command_that_needs_words_opens_the_palette_with_its_name) {
  Offscreen ui;
  ui.press(CommandId::edit);
  EXPECT_TRUE(ui.app().ui().palette);
  EXPECT_TRUE(ui.app().queued().empty());
  EXPECT_EQ(ui.cursor().position(), 0U);
}

TEST(Notices, going_on_from_the_past_says_what_was_cut_off) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "100").ok());
  ASSERT_TRUE(ui.go(CommandId::run_to, "60").ok());
  const std::string cut_off = std::to_string(ui.session().trace().steps() - 60) + " steps";
  ui.app().queue({CommandId::edit, Assignment{Reg::rax, std::uint64_t{5}}});
  ui.frame();
  ui.frame();
  EXPECT_EQ(ui.app().panel<RegistersPanel>().row("rax")->value, 5U);
  EXPECT_NE(ui.app().ui().notice.find(cut_off), std::string::npos) << ui.app().ui().notice;
  EXPECT_EQ(ui.app().view().steps, 61U);
}

TEST(Notices, a_command_that_cannot_be_carried_out_says_why) {
  Offscreen ui;
  ui.app().queue({CommandId::run_to, Where::at_place({.function = "runtime.gogoo"})});
  ui.frame();
  EXPECT_TRUE(ui.app().ui().notice_is_error);
  EXPECT_NE(ui.app().ui().notice.find("run-to"), std::string::npos);
  EXPECT_EQ(ui.cursor().position(), 0U);
}

TEST(Notices, an_error_is_in_the_language_in_force_and_its_characters_are_there) {
  Offscreen ui;
  ui.app().ui().language = Language::zh;
  ui.frame();
  ui.app().queue({CommandId::edit, Assignment{Reg::rflags, std::uint64_t{3}}});
  ui.frame();
  ui.frame();
  EXPECT_NE(ui.app().ui().notice.find("只能修改标志位"), std::string::npos) << ui.app().ui().notice;
  for (const auto& [at, rune] : Runes(ui.app().ui().notice)) {
    EXPECT_NE(ui.app().characters().find(ui.app().ui().notice.substr(at, rune.size)), std::string::npos);
  }
  EXPECT_GT(ui.session().trace().steps(), 1000U) << "the future is still there";
}

}  // namespace
}  // namespace gogoscope
