// A page looks like the window: the same colours, and the same words where both say the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "ui/desk.h"
#include "ui/panels/event_look.h"
#include "ui/theme.h"

namespace gogoscope {
namespace {

std::string player(const std::string& file) {
  std::ifstream in(std::string(GOGOSCOPE_SOURCE "/scenarios/page/player/") + file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(PageOfARun, has_the_colours_of_the_window) {
  static constexpr const char* kNames[] = {
      "background", "panel",     "header", "raised", "line",  "line-strong", "text",   "text-soft",
      "text-dim",   "text-zero", "blue",   "orange", "green", "purple",      "yellow", "red"};
  static_assert(std::size(kNames) == static_cast<std::size_t>(Color::count));
  const std::string css = player("page.css");
  ASSERT_FALSE(css.empty());
  const auto times = [&](ThemeId id) {
    std::size_t least = 99;
    for (std::size_t i = 0; i < std::size(kNames); ++i) {
      const std::string line = fmt::format("--{}: #{:06X};", kNames[i], theme(id).rgb(static_cast<Color>(i)));
      std::size_t n = 0;
      for (auto at = css.find(line); at != std::string::npos; at = css.find(line, at + 1)) ++n;
      EXPECT_GT(n, 0U) << line;
      least = std::min(least, n);
    }
    return least;
  };
  EXPECT_EQ(times(ThemeId::dark), 1U);
  EXPECT_EQ(times(ThemeId::light), 2U) << "by the system's wish, and by the button";
}

TEST(PageOfARun, calls_panels_and_events_what_the_window_calls_them) {
  const std::string words = player("words.mjs");
  const auto said = [&](TextView text) {
    return words.find(fmt::format("[\"{}\", \"{}\"]", text.en, text.zh)) != std::string::npos;
  };
  for (const PanelId id : {PanelId::story, PanelId::which_g, PanelId::source, PanelId::disassembly,
                           PanelId::registers, PanelId::threads, PanelId::gs, PanelId::queues,
                           PanelId::events, PanelId::structs, PanelId::timeline}) {
    EXPECT_TRUE(said(info(id).title)) << info(id).name;
  }
  for (std::size_t i = 0; i < kEventTypes; ++i) {
    EXPECT_TRUE(said(*look(static_cast<EventType>(i)).words)) << i;
  }
}

}  // namespace
}  // namespace gogoscope
