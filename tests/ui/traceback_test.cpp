// The traceback panel: whose stacks it shows and in which order, what it says in the middle of a switch, why
// a return address minus one is in goexit, and where its lines lead.
#include "ui/panels/traceback.h"

#include <gtest/gtest.h>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/draw.h"

namespace gogoscope {
namespace {

using Found = ReturnLookup::Found;

const TracebackPanel& at(Offscreen& ui, const std::string& moment) {
  go_to_moment(ui.app(), moment);
  ui.frame();
  return ui.app().panel<TracebackPanel>();
}

std::string names(const TracebackPanel& panel) {
  std::string out;
  for (const auto& goroutine : panel.goroutines()) out += (out.empty() ? "" : " ") + goroutine.name();
  return out;
}

/// "runtime.goexit1 runtime.goexit"
std::string functions(const TracebackPanel& panel, std::string_view g) {
  std::string out;
  for (const TraceCall& call : panel.goroutine(g)->told->calls)
    out += (out.empty() ? "" : " ") + call.function;
  return out;
}

bool says(const std::vector<TraceRemark>& remarks, std::string_view words) {
  for (const TraceRemark& remark : remarks) {
    if (remark.text.find(words) != std::string::npos) return true;
  }
  return false;
}

/// What is on the screen, line by line.
bool drawn(const DrawnTexts& texts, std::string_view words) {
  for (const DrawnText& text : texts.all()) {
    if (text.words.find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(TracebackPanel, at_goexit0_g0_comes_first_with_a_modelled_frame_over_a_real_one) {
  Offscreen ui;
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  EXPECT_EQ(names(panel), "g0 g1 g2 g3");
  const ToldTraceback& g0 = *panel.goroutine("g0")->told;
  EXPECT_TRUE(says(g0.whence, "from the registers of m0"));
  EXPECT_EQ(functions(panel, "g0"), "runtime.goexit0 runtime.mcall");
  const TraceCall& goexit0 = g0.calls[0];
  EXPECT_TRUE(goexit0.here);
  EXPECT_TRUE(goexit0.pushed);
  EXPECT_EQ(goexit0.kind, FunctionKind::modelled);
  ASSERT_TRUE(goexit0.arguments);
  ASSERT_EQ(goexit0.arguments->size(), 1U);
  EXPECT_EQ((*goexit0.arguments)[0].target.text, "g3");
  EXPECT_EQ(goexit0.stack.addr, ui.cursor().state().sp());
  EXPECT_EQ(g0.calls[1].kind, FunctionKind::real);
  EXPECT_FALSE(g0.calls[1].here || g0.calls[1].pushed);
  ASSERT_EQ(g0.end.size(), 1U);
  EXPECT_EQ(g0.end[0].target.text, "g3");
  EXPECT_FALSE(g0.creator);

  EXPECT_TRUE(says(panel.goroutine("g3")->told->whence, "from g3.sched"));
  EXPECT_EQ(functions(panel, "g3"), "runtime.goexit1 runtime.goexit");
  ASSERT_TRUE(panel.goroutine("g3")->told->creator);
  EXPECT_EQ(panel.goroutine("g3")->told->creator->function, "main.main");
}

TEST(TracebackPanel, goexits_frame_shows_why_its_address_minus_one_is_in_it) {
  Offscreen ui;
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  // g2 has not run yet: its return address is the forged one.
  const ReturnLookup& forged = *panel.goroutine("g2")->told->calls[1].lookup;
  EXPECT_EQ(forged.pc, "goexit+0x1");
  EXPECT_EQ(forged.minus_one, "goexit+0x0");
  EXPECT_EQ(forged.found, Found::inside);
  ASSERT_TRUE(forged.instead);
  EXPECT_NE(forged.instead->sentence.find("goexit+0x0"), std::string::npos);
  EXPECT_NE(forged.instead->found, Found::inside);
  // g3 has reached goexit and called goexit1: a real CALL, and a NOP after it.
  const ReturnLookup& called = *panel.goroutine("g3")->told->calls[1].lookup;
  EXPECT_EQ(called.pc, "goexit+0x6");
  EXPECT_EQ(called.minus_one, "goexit+0x5");
  EXPECT_FALSE(called.instead);
  // Elsewhere it needs no word.
  EXPECT_FALSE(panel.goroutine("g3")->told->calls[0].lookup);
}

TEST(TracebackPanel, with_goexit_plus_0_forged_the_look_up_finds_another_function) {
  Offscreen ui;
  at(ui, "main.worker");
  const std::string sp = draw::hex_short(ui.cursor().state().sp().value());
  const std::string goexit = draw::hex_short(ui.code().function("runtime.goexit")->entry.value());
  ASSERT_TRUE(ui.go(CommandId::edit, sp + "=" + goexit).ok());
  ui.frame();
  const TraceCall& call = ui.app().panel<TracebackPanel>().goroutine("g3")->told->calls[1];
  ASSERT_TRUE(call.lookup);
  EXPECT_EQ(call.lookup->pc, "goexit+0x0");
  EXPECT_NE(call.lookup->found, Found::inside);
  EXPECT_NE(call.function, "runtime.goexit");
}

TEST(TracebackPanel, inside_gogo_it_shows_the_switch_and_then_what_gogo_is_about_to_find) {
  Offscreen ui;
  // TLS is written, SP is not.
  const TracebackPanel& panel = at(ui, "runtime.gogo+0x23#2");
  EXPECT_EQ(panel.goroutines()[0].name(), "g0");
  EXPECT_EQ(panel.goroutine("g0")->told->calls[0].function, "runtime.gogo");
  const std::vector<TraceRemark>& whence = panel.goroutine("g0")->told->whence;
  ASSERT_EQ(whence.size(), 2U);
  EXPECT_EQ(whence[1].tone, TraceRemark::Tone::switching);
  EXPECT_EQ(whence[1].text, "TLS names g3, SP is on g0's stack: in the middle of a switch");
  EXPECT_EQ(whence[1].target.text, "g3");
  // SP is loaded, PC is still gogo's.
  at(ui, "runtime.gogo+0x26#2");
  EXPECT_EQ(panel.goroutines()[0].name(), "g3");
  EXPECT_EQ(functions(panel, "g3"), "runtime.gogo main.worker runtime.goexit");
  const std::vector<TraceCall>& calls = panel.goroutine("g3")->told->calls;
  EXPECT_FALSE(calls[0].promised);
  EXPECT_TRUE(calls[1].promised && calls[2].promised);
  ASSERT_TRUE(calls[1].before);
  EXPECT_NE(calls[1].before->text.find("g3.sched.pc"), std::string::npos);
  EXPECT_FALSE(calls[2].before);
  EXPECT_EQ(panel.goroutine("g3")->told->whence.size(), 1U);
}

TEST(TracebackPanel, on_systemstack_g0_ends_at_the_planted_mstart_and_the_caller_waits) {
  Offscreen ui;
  const TracebackPanel& panel = at(ui, "runtime.newproc1#2");
  EXPECT_EQ(panel.goroutines()[0].name(), "g0");
  const std::string found = functions(panel, "g0");
  EXPECT_NE(found.find("runtime.newproc1 runtime.newproc.func1 runtime.systemstack runtime.mstart"),
            std::string::npos)
      << found;
  EXPECT_TRUE(says(panel.goroutine("g0")->told->end, "planted mstart"));
  EXPECT_EQ(panel.goroutine("g0")->told->end[0].target.text, "g1");
  const std::string caller = functions(panel, "g1");
  EXPECT_NE(caller.find("runtime.newproc main.main runtime.main runtime.goexit"), std::string::npos)
      << caller;
}

TEST(TracebackPanel, a_dead_g_is_left_out_and_named) {
  Offscreen ui;
  DrawnTexts texts;
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  EXPECT_NE(panel.goroutine("g3"), nullptr);
  EXPECT_EQ(panel.dead(), "");
  at(ui, "runtime.goexit0:\"gp.m = nil\"");
  EXPECT_EQ(panel.goroutine("g3"), nullptr);
  EXPECT_EQ(names(panel), "g0 g1 g2");
  EXPECT_NE(panel.dead().find("g3"), std::string::npos);
  // Selecting it leads to that sentence.
  ui.app().ui().desk.bring_forward(PanelId::traceback);
  ui.frame();
  EXPECT_FALSE(drawn(texts, panel.dead()));
  ui.app().ui().selected_g = ui.app().view().names->entities().find("g3")->addr;
  ui.frame();
  ui.frame();
  EXPECT_TRUE(drawn(texts, panel.dead()));
}

TEST(TracebackPanel, before_any_g_there_is_the_stack_of_the_system) {
  Offscreen ui;
  const TracebackPanel& panel = at(ui, "0");
  ASSERT_EQ(names(panel), "system");
  EXPECT_EQ(functions(panel, "system"), "runtime.rt0_go");
}

TEST(TracebackPanel, a_click_on_a_header_folds_and_unfolds_it) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::traceback);
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  ASSERT_TRUE(ui.app().widgets().find("traceback.g0.0.function"));
  ASSERT_TRUE(ui.click("traceback.g0"));
  EXPECT_FALSE(panel.goroutine("g0")->open);
  EXPECT_FALSE(ui.app().widgets().find("traceback.g0.0.function"));
  // It stays so at the next moment.
  at(ui, "runtime.schedule#3");
  EXPECT_FALSE(panel.goroutine("g0")->open);
  ASSERT_TRUE(ui.click("traceback.g0"));
  EXPECT_TRUE(panel.goroutine("g0")->told);
}

TEST(TracebackPanel, function_stack_and_goroutine_are_links) {
  Offscreen ui;
  UiState& state = ui.app().ui();
  state.desk.bring_forward(PanelId::traceback);
  state.desk.bring_forward(PanelId::scenario);
  at(ui, "runtime.goexit0");
  ASSERT_TRUE(ui.click("traceback.g0.1.function"));
  EXPECT_TRUE(state.desk.in_front(PanelId::source));
  EXPECT_EQ(ui.code().function_at(state.code_at)->name, "runtime.mcall");
  ASSERT_TRUE(ui.click("traceback.g0.1.sp"));
  EXPECT_TRUE(state.desk.in_front(PanelId::memory));
  ASSERT_TRUE(ui.click("traceback.g0.0.arg0"));
  EXPECT_TRUE(state.desk.in_front(PanelId::structs));
  EXPECT_EQ(state.selected_g, ui.app().view().names->entities().find("g3")->addr);
}

TEST(TracebackPanel, the_selected_goroutine_is_brought_into_sight) {
  Offscreen ui;
  ui.app().ui().desk.bring_forward(PanelId::traceback);
  at(ui, "runtime.goexit0");
  EXPECT_FALSE(ui.app().widgets().find("traceback.g2.0.function"));
  ui.app().ui().selected_g = ui.app().view().names->entities().find("g2")->addr;
  ui.frame();
  ui.frame();
  EXPECT_TRUE(ui.app().widgets().find("traceback.g2.0.function"));
}

TEST(TracebackPanel, where_many_gs_live_only_what_is_looked_at_is_walked) {
  Offscreen ui(run_of("14-free-list-of-64"));
  ui.app().ui().desk.bring_forward(PanelId::traceback);
  // Before the first of them ends, all workers wait for their turn.
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  ASSERT_GT(panel.goroutines().size(), 60U);
  const auto told = [&] {
    std::string out;
    for (const auto& goroutine : panel.goroutines()) {
      if (goroutine.told) out += (out.empty() ? "" : " ") + goroutine.name();
    }
    return out;
  };
  EXPECT_EQ(told(), "g0");
  ui.app().ui().selected_g = ui.app().view().names->entities().find("g40")->addr;
  ui.frame();
  EXPECT_EQ(told(), "g0 g40");
}

TEST(TracebackPanel, says_the_same_in_chinese) {
  Offscreen ui;
  ui.app().ui().language = Language::zh;
  const TracebackPanel& panel = at(ui, "runtime.goexit0");
  EXPECT_TRUE(says(panel.goroutine("g0")->told->whence, "取自 m0 的寄存器"));
  EXPECT_TRUE(says(panel.goroutine("g2")->told->end, "到 goexit 为止"));
}

}  // namespace
}  // namespace gogoscope
