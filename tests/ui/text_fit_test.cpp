// No text leaves the place that shows it: at the sizes of usual screens and at those that are too small, in
// both languages, all tabs in turn.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"

namespace gogoscope {
namespace {

struct Screen {
  int width;
  int height;
  float scale;
};

void PrintTo(const Screen& screen, std::ostream* out) {
  *out << screen.width << "x" << screen.height << "@" << screen.scale;
}

/// Glyphs are on whole pixels; a rectangle may be off by the rest.
constexpr float kSlack = 1.0F;

std::string place(const Rect& rect) {
  char text[96];
  std::snprintf(text, sizeof text, "x %.0f..%.0f y %.0f..%.0f", static_cast<double>(rect.min.x),
                static_cast<double>(rect.max.x), static_cast<double>(rect.min.y),
                static_cast<double>(rect.max.y));
  return text;
}

/// What is wrong with the place of a text; empty if nothing is.
std::string misplaced(const DrawnText& text, const App& app) {
  // What has been scrolled away with its panel is seen when one scrolls to it.
  if (off_ground(text, app)) return {};
  const bool above = text.where.max.y <= text.clip.min.y;
  const bool below = text.where.min.y >= text.clip.max.y;
  if ((above || below) && text.scrolls) return {};
  if (text.where.min.x < text.clip.min.x - kSlack || text.where.max.x > text.clip.max.x + kSlack) {
    return "is cut at the side: " + place(text.where) + " shown within " + place(text.clip);
  }
  const bool cut = text.where.min.y < text.clip.min.y - kSlack || text.where.max.y > text.clip.max.y + kSlack;
  if (cut && !text.scrolls) {
    return "is cut and its panel does not scroll: " + place(text.where) + " shown within " + place(text.clip);
  }
  // A panel's header belongs to the whole window, where nothing would clip it.
  const std::optional<Rect> panel = panel_rect(text, app);
  if (panel && text.where.max.x > panel->max.x + kSlack) {
    return "leaves its panel: " + place(text.where) + " of " + place(*panel);
  }
  return {};
}

/// The part that is not clipped away; its size is negative where nothing is left.
Rect seen(const DrawnText& text) {
  return {{std::max(text.where.min.x, text.clip.min.x), std::max(text.where.min.y, text.clip.min.y)},
          {std::min(text.where.max.x, text.clip.max.x), std::min(text.where.max.y, text.clip.max.y)}};
}

/// Two texts of a window that overlap, by more than the air above and below letters.
bool collide(const DrawnText& a, const DrawnText& b) {
  if (a.window != b.window) return false;
  const Rect in_a = seen(a);
  const Rect in_b = seen(b);
  const float air = 0.25F * std::min(a.size, b.size);
  const float across = std::min(in_a.max.x, in_b.max.x) - std::max(in_a.min.x, in_b.min.x);
  const float down = std::min(in_a.max.y, in_b.max.y) - std::max(in_a.min.y, in_b.min.y);
  return across > 2 && down > 2 * air;
}

class TextFit : public testing::TestWithParam<Screen> {
 protected:
  TextFit()
      : ui_(default_run(), {static_cast<float>(GetParam().width), static_cast<float>(GetParam().height)},
            GetParam().scale) {}
  void TearDown() override {
    for (const auto& [what, where] : found_) ADD_FAILURE() << what << "\n  first " << where;
  }

  /// Draws until sizes have settled and looks at the last frame.
  void look(const std::string& moment) {
    for (int i = 0; i < 3; ++i) {
      ui_.app().ui().scroll_to_now = true;
      ui_.draw_only();
    }
    ui_.draw_only();
    const std::string where = "at " + moment + (ui_.app().ui().presenter ? ", presenter" : "") +
                              (ui_.app().ui().language == Language::zh ? ", zh" : ", en");
    const std::vector<DrawnText>& texts = texts_.all();
    ASSERT_FALSE(texts.empty()) << where;
    for (const DrawnText& text : texts) {
      if (const std::string wrong = misplaced(text, ui_.app()); !wrong.empty()) {
        found_.emplace(panel_of(text, ui_.app()) + ": \"" + text.words + "\"", wrong + "\n  " + where);
      }
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
      for (std::size_t k = i + 1; k < texts.size(); ++k) {
        if (!collide(texts[i], texts[k])) continue;
        found_.emplace(panel_of(texts[i], ui_.app()) + ": \"" + texts[i].words + "\" and \"" +
                           texts[k].words + "\" overlap",
                       place(texts[i].where) + " and " + place(texts[k].where) + "\n  " + where);
      }
    }
  }

  /// The same in both languages.
  void look_in_both(const std::string& moment) {
    for (const Language language : {Language::en, Language::zh}) {
      ui_.app().ui().language = language;
      look(moment);
    }
  }

  Offscreen ui_;
  DrawnTexts texts_;
  std::map<std::string, std::string> found_;  ///< text -> where it was found first
};

/// All moments on usual screens; where only sizes are unusual, three.
std::vector<std::string> moments_for(const Screen& screen) {
  if (screen.width / screen.scale >= 1280) return telling_moments();
  return {"0", "runtime.gogo+0x26#2", "end"};
}

TEST_P(TextFit, every_text_of_every_tab_is_within_what_shows_it) {
  for (const std::string& moment : moments_for(GetParam())) {
    go_to_moment(ui_.app(), moment);
    for (int n = 0; n < kTabRounds; ++n) {
      bring_tabs_forward(ui_.app(), n);
      look_in_both(moment);
    }
  }
}

TEST_P(TextFit, every_text_of_presenter_mode_is_within_what_shows_it) {
  ui_.app().ui().presenter = true;
  for (const std::string& moment : moments_for(GetParam())) {
    go_to_moment(ui_.app(), moment);
    look_in_both(moment);
  }
}

TEST_P(TextFit, every_text_of_the_overlays_is_within_what_shows_it) {
  go_to_moment(ui_.app(), "runtime.goexit0");
  ui_.app().ui().help = true;
  look_in_both("help");
  ui_.app().ui().help = false;
  ui_.app().ui().window_menu = true;
  look_in_both("menu");
  ui_.app().ui().window_menu = false;
  ui_.app().ui().start = StartMode::page;
  look_in_both("start page");
  ui_.app().ui().start = StartMode::files;
  look_in_both("files");
  ui_.app().ui().start = StartMode::none;
  for (const char* text : {"", "g2", "run"}) {
    ui_.app().ui().palette = true;
    ui_.app().ui().palette_text = text;
    look_in_both(std::string("palette ") + text);
  }
}

TEST_P(TextFit, every_text_about_a_broken_scenario_is_within_what_shows_it) {
  ui_.app().open(std::string(GOGOSCOPE_SOURCE) + "/tests/cli/cases/check_mistakes/mistakes.yaml");
  ui_.frame();
  look_in_both("a scenario with mistakes");
}

INSTANTIATE_TEST_SUITE_P(Screens, TextFit,
                         testing::Values(Screen{1280, 800, 1}, Screen{1600, 1000, 1}, Screen{1920, 1080, 1},
                                         Screen{1920, 1080, 1.25F}, Screen{3840, 2160, 2},
                                         Screen{1024, 700, 1}, Screen{768, 525, 0.75F},
                                         Screen{1600, 1000, 0.75F}, Screen{1600, 1000, 2},
                                         Screen{1366, 768, 1.5F}, Screen{1600, 1000, 4}, Screen{640, 480, 1},
                                         Screen{1280, 720, 1}),
                         [](const testing::TestParamInfo<Screen>& of) {
                           return std::to_string(of.param.width) + "x" + std::to_string(of.param.height) +
                                  "_at_" + std::to_string(static_cast<int>(of.param.scale * 100)) +
                                  "_percent";
                         });

}  // namespace
}  // namespace gogoscope
