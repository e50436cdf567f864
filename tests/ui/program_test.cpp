// A Go program in the window: its source, its goroutines, its release.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "scenarios/go/run_tool.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/open_program.h"
#include "tests/ui/offscreen.h"
#include "ui/panels/disassembly.h"
#include "ui/panels/gs.h"
#include "ui/panels/source.h"
#include "ui/panels/timeline.h"

namespace gogoscope {
namespace {

constexpr const char* kSource = R"(package main

func worker(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v + 1
	}
}

func main() {
	ping, pong := make(chan int), make(chan int)
	go worker(ping, pong)
	ping <- 1
	println(<-pong)
}
)";

class ProgramInWindow : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (find_tool("go").empty()) return;
    std::string folder = std::filesystem::temp_directory_path() / "gogoscope-ui-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    const std::filesystem::path file = std::filesystem::path(folder) / "pingpong.go";
    std::ofstream(file) << kSource;
    RunSource source;
    source.path = file;
    auto opened = open_source(source);
    std::filesystem::remove_all(folder);
    ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).printed;
    ui_ = std::make_unique<Offscreen>(std::get<0>(std::move(opened)), ImVec2(1600, 1400));
    for (const PanelId id : {PanelId::source, PanelId::disassembly, PanelId::gs, PanelId::timeline})
      ui_->app().ui().desk.bring_forward(id);
    ui_->frame();
    opened_from_ = ui_->app().panel<TimelinePanel>().scale().first;
  }
  static void TearDownTestSuite() { ui_.reset(); }
  void SetUp() override {
    if (!ui_) GTEST_SKIP() << "go is not installed: nothing to build";
    ui_->go(CommandId::go_start);
  }
  template <class P>
  const P& panel() {
    return ui_->app().panel<P>();
  }
  static std::unique_ptr<Offscreen> ui_;
  static double opened_from_;  ///< where its timeline began, at the end of the run
};
std::unique_ptr<Offscreen> ProgramInWindow::ui_;
double ProgramInWindow::opened_from_ = -1;

TEST_F(ProgramInWindow, opens_with_a_timeline_from_main_on_which_grows_when_the_boot_is_looked_at) {
  const std::optional<std::uint64_t> main = start_of_main(ui_->session().trace());
  ASSERT_TRUE(main);
  EXPECT_EQ(opened_from_, static_cast<double>(*main));
  ui_->frame();  // at the first instruction
  EXPECT_EQ(panel<TimelinePanel>().scale().first, 0);
  ui_->go(CommandId::go_end);
  ui_->frame();
  EXPECT_EQ(panel<TimelinePanel>().scale().first, 0) << "what has been looked at stays in sight";
}

TEST_F(ProgramInWindow, shows_the_line_that_pc_is_in_and_its_instructions) {
  ui_->go(CommandId::run_to, "main.main:\"ping <- 1\"");
  ui_->frame();
  const auto& source = panel<SourcePanel>();
  EXPECT_EQ(source.file(), "pingpong.go");
  EXPECT_EQ(source.current_line(), 12U);
  const auto& rows = panel<DisassemblyPanel>().rows();
  const auto marked = std::count_if(rows.begin(), rows.end(), [](const auto& row) { return row.of_line; });
  EXPECT_GT(marked, 1);
  EXPECT_LT(marked, 12);
  ui_->press(CommandId::step_line);
  ui_->frame();
  EXPECT_NE(source.file() + std::to_string(source.current_line()), "pingpong.go12");
}

TEST_F(ProgramInWindow, leaves_out_the_goroutines_of_the_runtime_when_asked) {
  ui_->go(CommandId::run_to, "main.worker");
  ui_->frame();
  const auto names = [&] {
    std::string out;
    for (const GsPanel::Row& row : panel<GsPanel>().rows()) out += row.name + " " + row.runs + "\n";
    return out;
  };
  const std::string all = names();
  EXPECT_NE(all.find("forcegchelper"), std::string::npos) << all;
  ui_->press(ActionId::goroutines);
  ui_->frame();
  const std::string user = names();
  EXPECT_EQ(user.find("forcegchelper"), std::string::npos) << user;
  // What a go statement with arguments runs is a closure that the compiler makes.
  EXPECT_NE(user.find("main.main.func1"), std::string::npos) << user;
  ui_->press(ActionId::goroutines);
  ui_->frame();
  EXPECT_EQ(names(), all);
}

TEST_F(ProgramInWindow, breaks_at_a_line_that_is_pressed) {
  ui_->go(CommandId::run_to, "main.main");
  ui_->frame();
  ui_->frame();  // the line has come into sight
  ASSERT_TRUE(ui_->click("source.line.13"));
  EXPECT_EQ(ui_->session().breakpoints().size(), 1U);
  ui_->press(CommandId::run);
  ui_->frame();
  EXPECT_EQ(panel<SourcePanel>().current_line(), 13U);
  ASSERT_TRUE(ui_->click("source.line.13"));
}

}  // namespace
}  // namespace gogoscope
