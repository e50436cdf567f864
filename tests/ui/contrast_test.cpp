// Every text can be read on what is behind it: WCAG's contrast for normal text (AA, 4.5:1), measured in the
// picture of the frame, in both themes and both languages.
//
// Excluded: leading zeros of hex values (Color::text_zero). They are there to keep columns aligned and are
// dimmed so that the digits which matter stand out; they need not be read.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <unordered_map>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "ui/picture/studio.h"

namespace gogoscope {
namespace {

constexpr double kLeastContrast = 4.5;

std::uint32_t rgb_at(const Picture& picture, int x, int y) {
  const std::uint8_t* pixel = picture.at(x, y);
  return static_cast<std::uint32_t>(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
}

/// What is behind a text: the most frequent colour of its rectangle, of which letters cover less than half.
/// Nothing where too little of it is in sight to be read at all.
std::optional<std::uint32_t> ground(const DrawnText& text, const Picture& picture) {
  const int left = static_cast<int>(std::max({text.where.min.x, text.clip.min.x, 0.0F}));
  const int top = static_cast<int>(std::max({text.where.min.y, text.clip.min.y, 0.0F}));
  const int right = std::min(static_cast<int>(std::min(text.where.max.x, text.clip.max.x)), picture.width);
  const int bottom = std::min(static_cast<int>(std::min(text.where.max.y, text.clip.max.y)), picture.height);
  if (right <= left || static_cast<float>(bottom - top) < 0.6F * text.where.height()) return std::nullopt;
  std::unordered_map<std::uint32_t, int> count;
  std::uint32_t most = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const std::uint32_t rgb = rgb_at(picture, x, y);
      if (++count[rgb] > count[most]) most = rgb;
    }
  }
  return most;
}

/// A colour of ImGui laid over an opaque one, 0xRRGGBB.
std::uint32_t blended(ImU32 color, std::uint32_t under) {
  const std::uint32_t alpha = color >> IM_COL32_A_SHIFT & 0xFF;
  std::uint32_t out = 0;
  const int from[] = {IM_COL32_R_SHIFT, IM_COL32_G_SHIFT, IM_COL32_B_SHIFT};
  for (int i = 0; i < 3; ++i) {
    const std::uint32_t over = color >> from[i] & 0xFF;
    const std::uint32_t below = under >> (16 - 8 * i) & 0xFF;
    out = out << 8 | (over * alpha + below * (255 - alpha) + 127) / 255;
  }
  return out;
}

struct Look {
  ThemeId theme;
  Language language;
};

void PrintTo(const Look& look, std::ostream* out) {
  *out << (look.theme == ThemeId::dark ? "dark" : "light")
       << (look.language == Language::zh ? ", zh" : ", en");
}

class Contrast : public testing::TestWithParam<Look> {
 protected:
  void SetUp() override {
    auto opened = Studio::open(default_run(), open_run, 1600, 1000, 1.0F);
    ASSERT_EQ(opened.index(), 0U) << std::get<1>(opened).in(Language::en);
    studio_ = std::get<0>(std::move(opened));
    app().ui().theme = GetParam().theme;
    app().ui().language = GetParam().language;
  }
  void TearDown() override {
    for (const auto& [what, where] : found_) ADD_FAILURE() << what << "\n  first " << where;
  }

  App& app() { return studio_->app(); }

  void look(const std::string& moment, bool overlay = false) {
    const Picture picture = studio_->picture();
    const std::uint32_t zero = theme(GetParam().theme)[Color::text_zero];
    for (const DrawnText& text : texts_.all()) {
      // Below an overlay the window is dimmed on purpose.
      if (text.color == zero || (overlay && in_root(text))) continue;
      const std::optional<std::uint32_t> behind = ground(text, picture);
      if (!behind) continue;
      const std::uint32_t ink = blended(text.color, *behind);
      const double reached = contrast(ink, *behind);
      if (reached >= kLeastContrast) continue;
      char words[96];
      std::snprintf(words, sizeof words, "#%06X on #%06X is %.2f:1", static_cast<unsigned>(ink),
                    static_cast<unsigned>(*behind), reached);
      found_.emplace(panel_of(text, app()) + ": " + words, "\"" + text.words + "\" at " + moment);
    }
  }

  std::unique_ptr<Studio> studio_;
  DrawnTexts texts_;
  std::map<std::string, std::string> found_;  ///< pair of colours -> where it was found first
};

TEST_P(Contrast, every_text_of_every_tab_can_be_read_on_its_ground) {
  for (const char* moment : {"0", "runtime.mcall+0x27", "runtime.goexit0", "runtime.gogo+0x26#2", "end"}) {
    go_to_moment(app(), moment);
    for (int n = 0; n < kTabRounds; ++n) {
      bring_tabs_forward(app(), n);
      look(moment);
    }
  }
}

TEST_P(Contrast, every_text_of_presenter_mode_can_be_read_on_its_ground) {
  app().ui().presenter = true;
  for (const char* moment : {"runtime.goexit0", "runtime.gogo+0x26#2"}) {
    go_to_moment(app(), moment);
    look(moment);
  }
}

TEST_P(Contrast, every_text_of_the_overlays_can_be_read_on_its_ground) {
  app().ui().help = true;
  look("help", true);
  app().ui().help = false;
  app().ui().palette = true;
  app().ui().palette_text = "g";
  look("palette", true);
}

TEST_P(Contrast, every_text_about_a_broken_scenario_can_be_read_on_its_ground) {
  app().open(std::string(GOGOSCOPE_SOURCE) + "/tests/cli/cases/check_mistakes/mistakes.yaml");
  look("a scenario with mistakes");
}

INSTANTIATE_TEST_SUITE_P(Looks, Contrast,
                         testing::Values(Look{ThemeId::dark, Language::en}, Look{ThemeId::dark, Language::zh},
                                         Look{ThemeId::light, Language::en},
                                         Look{ThemeId::light, Language::zh}),
                         [](const testing::TestParamInfo<Look>& of) {
                           return std::string(of.param.theme == ThemeId::dark ? "dark" : "light") +
                                  (of.param.language == Language::zh ? "_zh" : "_en");
                         });

}  // namespace
}  // namespace gogoscope
