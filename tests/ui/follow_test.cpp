// What the executed step changed is seen, or said at the edge of the panel that would show it; a goroutine
// that was chosen stays until it is let go of.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "emu/layout/stacks.h"
#include "tests/ui/offscreen.h"
#include "ui/changes.h"

namespace gogoscope {
namespace {

using imgui_api::Key;

/// Whether a rectangle's middle is within the content of a panel.
bool in_sight(const Rect& rect, const std::optional<Rect>& panel) {
  return panel && rect.center().y > panel->min.y && rect.center().y < panel->max.y;
}

bool any_in_sight(const App& app, const std::string& prefix, PanelId panel) {
  for (const auto& [name, rect] : app.widgets().all()) {
    if (name.rfind(prefix, 0) == 0 && in_sight(rect, app.panel_rect(panel))) return true;
  }
  return false;
}

/// What is neither seen nor announced of the step that led here; empty if all of it is.
std::string missed(App& app) {
  const View& view = app.view();
  const WidgetRegistry& widgets = app.widgets();
  for (const Store& store : view.executed->stores) {
    const bool on_stack = view.names->stack_with_word(store.addr).has_value();
    char name[40];
    std::snprintf(name, sizeof name, "stack.changed.0x%llx",
                  static_cast<unsigned long long>(store.addr.value() & ~std::uint64_t{7}));
    const std::optional<Rect> word = widgets.find(name);
    const bool seen = word && in_sight(*word, app.panel_rect(PanelId::stacks));
    // What is in no stack is a field; the memory panel behind the structs shows every word.
    const bool announced = on_stack ? widgets.find("stacks.news").has_value()
                                    : widgets.find("structs.news") || widgets.find("tab.memory.news");
    if (!seen && !announced) return view.names->describe(store.addr, store.size);
  }
  for (const RegChange& change : view.executed->regs) {
    if (change.reg == Reg::rip || change.reg == Reg::rflags) continue;
    if (!any_in_sight(app, "registers.changed." + std::string(name(change.reg)), PanelId::registers))
      return std::string(name(change.reg));
  }
  return "";
}

/// All scenario files but those broken on purpose, as names for run_of.
std::vector<std::string> all_scenarios() {
  std::vector<std::string> names;
  for (const char* folder : {"", "lessons/", "explore/"}) {
    for (const auto& entry :
         std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/" + std::string(folder))) {
      if (entry.path().extension() == ".yaml") names.push_back(folder + entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// What a step did, as far as it matters here: where, how many words it stored, which registers it changed.
std::string kind_of(const Cursor& before) {
  const Step step = before.next();
  std::string kind = before.trace().guest().code.symbolize(step.pc);
  kind += " " + std::to_string(step.stores.size());
  for (const RegChange& change : step.regs) kind += std::string(" ").append(name(change.reg));
  return kind;
}

// Every step of one scenario; of the others each that is the first of its kind, and each five-hundredth.
TEST(Changes, of_the_steps_of_all_scenarios_are_in_sight_or_announced) {
  std::set<std::string> seen;
  std::size_t looked_at = 0;
  for (const std::string& scenario : all_scenarios()) {
    auto opened = open_run(GOGOSCOPE_SOURCE "/scenarios/" + scenario + ".yaml");
    if (opened.index() == 1) continue;
    Offscreen ui(std::get<0>(std::move(opened)), {1280, 800});
    const bool each = scenario == "01-one-exit";
    Cursor cursor(ui.session().trace());
    std::vector<std::uint64_t> states;
    while (!cursor.at_end()) {
      const bool unseen = seen.insert(kind_of(cursor)).second;
      cursor.forward();
      if (each || unseen || cursor.position() % 500 == 0) states.push_back(cursor.position());
    }
    looked_at += states.size();
    for (const std::uint64_t state : states) {
      ui.app().queue(Command{CommandId::run_to, Where::at_state(state)});
      for (int i = 0; i < 3; ++i) ui.frame();
      ASSERT_EQ(missed(ui.app()), "") << scenario << " " << state;
    }
  }
  RecordProperty("states", std::to_string(looked_at));
  EXPECT_GT(looked_at, 1000U);
}

TEST(Changes, on_the_stack_of_a_goroutine_that_is_not_shown_lead_to_it) {
  Offscreen ui;
  // newproc1 writes the first frame of a new goroutine while main is shown.
  const std::uint64_t steps = ui.session().trace().steps();
  for (std::uint64_t state = 1; state <= steps; ++state) {
    ui.app().queue(Command{CommandId::run_to, Where::at_state(state)});
    ui.frame();
    ui.draw_only();
    const View& view = ui.app().view();
    bool elsewhere = false;
    for (const Store& store : view.executed ? view.executed->stores : std::vector<Store>()) {
      const auto stack = view.names->stack_with_word(store.addr);
      elsewhere = elsewhere ||
                  (stack && stack->owner->short_name == "g2" && view.goroutine(Addr())->short_name == "g1");
    }
    if (!elsewhere) continue;
    ASSERT_TRUE(ui.click("stacks.news")) << state;
    EXPECT_EQ(ui.app().view().g_at(ui.app().ui().selected_g)->short_name, "g2");
    return;
  }
  FAIL() << "no step of the run writes to the stack of a goroutine that is not shown";
}

TEST(Pin, is_a_chip_that_lets_go_and_so_does_escape) {
  Offscreen ui;
  ASSERT_TRUE(ui.go(CommandId::run_to, "runtime.goexit0").ok());
  EXPECT_FALSE(ui.app().widgets().find("pin.status").has_value());
  ASSERT_TRUE(ui.click("states.select.g1"));
  EXPECT_EQ(ui.app().view().g_at(ui.app().ui().selected_g)->short_name, "g1");
  ASSERT_TRUE(ui.click("pin.status"));
  EXPECT_TRUE(ui.app().ui().selected_g.is_nil());
  ASSERT_TRUE(ui.click("states.select.g1"));
  ui.press(Key::escape);
  EXPECT_TRUE(ui.app().ui().selected_g.is_nil());
}

}  // namespace
}  // namespace gogoscope
