// docs/explore.md shows what the program prints, and names every scenario of its folder.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/docs/lesson_code.h"

namespace gogoscope::docs {
namespace {

TEST(ExplorePage, shows_what_the_program_prints) {
  const std::string expected = document("tests/cli/cases/explore_finds/expected");
  const std::string printed = expected.substr(0, expected.find("--- stderr"));
  const std::string command = "$ gogoscope explore scenarios/explore/wakep.yaml\n";
  EXPECT_NE(document("docs/explore.md").find(command + printed + "```"), std::string::npos) << printed;
}

TEST(ExplorePage, names_every_scenario_of_the_folder) {
  const std::string page = document("docs/explore.md");
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/explore")) {
    const std::string name = entry.path().stem().string();
    EXPECT_NE(page.find("| `" + name + "` |"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace gogoscope::docs
