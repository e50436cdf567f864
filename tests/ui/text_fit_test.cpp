// No text leaves the place that shows it: at the sizes of usual screens and at those that are too small, in
// both languages, all tabs in turn.
#include <gtest/gtest.h>

#include <map>

#include "asm/text/utf8.h"
#include "tests/ui/drawn_texts.h"
#include "tests/ui/offscreen.h"
#include "tests/ui/text_places.h"

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

/// Whether the font has a picture of each character; without a Chinese font on the machine it has none of
/// those.
bool has_glyphs(std::string_view words) {
  const ImFontAtlas& fonts = *ImGui::GetIO().Fonts;
  if (fonts.ConfigData.Size <= fonts.Fonts.Size) return true;
  for (const auto& [at, rune] : Runes(words)) {
    if (fonts.Fonts[0]->FindGlyphNoFallback(static_cast<ImWchar>(rune.value)) == nullptr) return false;
  }
  return true;
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
    for (const auto& [what, place] : misplaced_texts(texts, ui_.app()))
      found_.emplace(what, place + "\n  " + where);
    for (const DrawnText& text : texts) {
      if (!has_glyphs(text.words)) found_.emplace(text.words, "a character has no glyph\n  " + where);
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
