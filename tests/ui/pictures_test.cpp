// Each panel looks as it did when it was last looked at: golden pictures in tests/ui/pictures, one a
// panel, with a tolerance. `tests/ui/update PROGRAM` takes the present look; look at the pictures then.
//
// Fonts and ImGui draw letters a little differently from release to release. Where they are not those that
// the golden pictures were made with, the pictures are compared in coarse squares.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "tests/ui/picture_difference.h"
#include "ui/picture/png.h"
#include "ui/picture/studio.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(GOGOSCOPE_TESTS) / "pictures";
// The state right after gogo has loaded SP: the stack switch.
constexpr const char* kMoment = "runtime.gogo+0x26#2";
/// A panel that says little then, and where it says more.
struct Elsewhere {
  PanelId panel;
  const char* scenario;
  const char* moment;
};
constexpr Elsewhere kElsewhere[] = {
    {PanelId::threads, "20-second-p", "main.worker#2"},            // two Ms, one button
    {PanelId::invariants, "02-two-exits", "runtime.gogo+0x23#2"},  // one in its window
};

constexpr double kMostPixels = 0.015;
constexpr double kMostMean = 1.5;
constexpr int kSquare = 16;
constexpr double kMostSquares = 0.03;

bool updating() { return std::getenv("GOGOSCOPE_UPDATE_PICTURES") != nullptr; }

/// What letters depend on.
std::string made_with() {
  std::string out = std::string("imgui ") + IMGUI_VERSION + "\n";
  for (const char* font :
       {"opentype/inter/Inter-Regular.otf", "opentype/inter/Inter-SemiBold.otf",
        "truetype/jetbrains-mono/JetBrainsMono-Regular.ttf", "truetype/wqy/wqy-microhei.ttc"}) {
    std::error_code error;
    const auto size = fs::file_size(fs::path("/usr/share/fonts") / font, error);
    out += std::string(font) + " " + (error ? "missing" : std::to_string(size)) + "\n";
  }
  return out;
}

std::string golden_made_with() {
  std::ifstream in(kGolden / "made-with");
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

enum class Letters { same, other };

/// Whether the tolerance forgives what is different.
bool alike(const Picture& got, const Picture& expected, Letters letters) {
  if (got.width != expected.width || got.height != expected.height) return false;
  const Difference squares = difference(coarse(got, kSquare), coarse(expected, kSquare));
  if (squares.pixels > kMostSquares) return false;
  if (letters == Letters::other) return true;
  const Difference fine = difference(got, expected);
  return fine.pixels <= kMostPixels && fine.mean <= kMostMean;
}

class Pictures : public testing::Test {
 protected:
  void SetUp() override { show(default_run(), kMoment); }

  void show(OpenedRun run, const char* moment) {
    studio_.reset();
    auto opened = Studio::open(std::move(run), open_run, 1280, 900, 1.0F);
    ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
    studio_ = std::get<0>(std::move(opened));
    go_to_moment(studio_->app(), moment);
  }

  Picture picture_of(const PanelInfo& panel) {
    studio_->app().ui().desk.bring_forward(panel.id);
    std::optional<Picture> part = studio_->panel(studio_->picture(), panel.id);
    EXPECT_TRUE(part.has_value()) << panel.name;
    return part ? *std::move(part) : Picture();
  }

  std::unique_ptr<Studio> studio_;
};

TEST_F(Pictures, every_panel_looks_as_its_golden_picture) {
  std::map<PanelId, Picture> pictures;
  for (const PanelInfo& panel : panels()) {
    if (panel.id != PanelId::lesson) pictures[panel.id] = picture_of(panel);
  }
  for (const Elsewhere& other : kElsewhere) {
    show(run_of(other.scenario), other.moment);
    pictures[other.panel] = picture_of(info(other.panel));
  }
  show(run_of("lessons/03-gogo"), "0");
  studio_->app().begin_lesson();
  pictures[PanelId::lesson] = picture_of(info(PanelId::lesson));

  if (updating()) {
    fs::create_directories(kGolden);
    std::ofstream(kGolden / "made-with") << made_with();
  }
  const Letters letters = golden_made_with() == made_with() ? Letters::same : Letters::other;
  const fs::path failed = fs::current_path() / "pictures-that-differ";
  for (const PanelInfo& panel : panels()) {
    const Picture& got = pictures[panel.id];
    const std::string name = std::string(panel.name) + ".png";
    if (updating()) {
      EXPECT_EQ(write_png(kGolden / name, got), Message());
      continue;
    }
    const auto golden = read_png(kGolden / name);
    if (golden.index() == 1) {
      ADD_FAILURE() << std::get<1>(golden).in(Language::en) << "; run tests/ui/update to make it";
      continue;
    }
    const Picture& expected = std::get<0>(golden);
    if (alike(got, expected, letters)) continue;
    fs::create_directories(failed);
    EXPECT_EQ(write_png(failed / name, got), Message());
    const fs::path diff = failed / (std::string(panel.name) + ".diff.png");
    EXPECT_EQ(write_png(diff, marked(got, expected)), Message());
    const bool same_size = got.width == expected.width && got.height == expected.height;
    ADD_FAILURE() << "the panel " << panel.name << " looks different: "
                  << (same_size ? std::to_string(100 * difference(got, expected).pixels) + " % of its pixels"
                                : "its size")  //
                  << "\n  expected " << (kGolden / name).string() << "\n  got      "
                  << (failed / name).string() << "\n  in red   " << diff.string()
                  << "\n  If it is meant to look so: tests/ui/update PROGRAM, and look at what changed.";
  }
}

TEST_F(Pictures, there_is_no_golden_picture_without_a_panel) {
  std::error_code error;
  for (const fs::directory_entry& file : fs::directory_iterator(kGolden, error)) {
    if (file.path().extension() != ".png") continue;
    EXPECT_NE(panel_by_name(file.path().stem().string()), nullptr) << file.path();
  }
  EXPECT_FALSE(error) << kGolden << " cannot be read";
}

TEST_F(Pictures, the_same_moment_gives_the_same_bytes) {
  const Picture first = studio_->picture();
  go_to_moment(studio_->app(), "0");
  studio_->picture();
  go_to_moment(studio_->app(), kMoment);
  EXPECT_EQ(difference(first, studio_->picture()).mean, 0);
}

// The comparison above is able to fail: one step, and what it changed is too much for the tolerance.
// Even without letters: a panel that goes blank is noticed with whatever fonts.
TEST_F(Pictures, a_blank_panel_is_noticed_even_in_coarse_squares) {
  for (const PanelId id : {PanelId::stacks, PanelId::disassembly, PanelId::source}) {
    const Picture picture = picture_of(info(id));
    Picture blank = picture;
    for (std::size_t i = 0; i < blank.rgba.size(); ++i) blank.rgba[i] = picture.rgba[i % 4];
    EXPECT_FALSE(alike(blank, picture, Letters::other)) << info(id).name;
  }
}

TEST_F(Pictures, the_step_that_switches_stacks_is_noticed) {
  for (const PanelId id : {PanelId::stacks, PanelId::disassembly, PanelId::story}) {
    const Picture after = picture_of(info(id));
    go_to_moment(studio_->app(), "runtime.gogo+0x23#2");
    const Picture before = picture_of(info(id));
    go_to_moment(studio_->app(), kMoment);
    EXPECT_FALSE(alike(before, after, Letters::same)) << info(id).name;
  }
}

}  // namespace
}  // namespace gogoscope
