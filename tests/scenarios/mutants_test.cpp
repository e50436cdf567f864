// Each invariant is worth its place: a shipped mutant breaks it.
#include <gtest/gtest.h>

#include <filesystem>
#include <set>
#include <string>

#include "emu/check/invariant.h"
#include "scenarios/format/loader.h"
#include "scenarios/format/reader.h"

namespace gogoscope {
namespace {

/// The names that the `breaks:` of all mutants ask for.
std::set<std::string> broken_by_mutants() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants")) {
    const std::string path = entry.path().string();
    const auto text = read_scenario_file(path);
    if (!text) continue;
    const auto read = read_scenario(path, *text);
    const auto* scenario = std::get_if<Scenario>(&read);
    EXPECT_NE(scenario, nullptr) << path;
    if (scenario != nullptr && scenario->breaks) names.insert(scenario->breaks->invariant);
  }
  return names;
}

TEST(Mutants, break_every_invariant) {
  const std::set<std::string> broken = broken_by_mutants();
  for (const InvariantInfo& invariant : invariants()) {
    EXPECT_TRUE(broken.contains(std::string(invariant.name))) << invariant.name;
  }
}

TEST(Mutants, are_more_than_two_dozen) {
  EXPECT_GE(std::distance(std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants"),
                          std::filesystem::directory_iterator()),
            25);
}

}  // namespace
}  // namespace gogoscope
