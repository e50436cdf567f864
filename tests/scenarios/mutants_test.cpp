// Each invariant is worth its place: a shipped mutant breaks it, or this file says why none does.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "emu/check/invariant.h"
#include "scenarios/loader.h"
#include "scenarios/reader.h"

namespace gogoscope {
namespace {

/// Invariants that no missing line breaks first; an edit breaks each of them in
/// tests/emu/check_breaks_test.cpp.
const std::map<std::string, std::string> kBrokenByEditsOnly = {
    {"curg-m", "an M that is told a wrong g is caught by tls-g-belongs-to-m first"},
    {"stacks-are-disjoint", "a g without a stack of its own faults first"},
    {"ring-bounds", "an overrun ring loses a g first"},
    {"allgs-only-grows", "a g that leaves allgs while it runs is caught by tls-g-belongs-to-m first"},
};

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

TEST(Mutants, break_every_invariant_but_those_that_only_an_edit_can) {
  const std::set<std::string> broken = broken_by_mutants();
  for (const InvariantInfo& invariant : invariants()) {
    const std::string name(invariant.name);
    EXPECT_NE(broken.contains(name), kBrokenByEditsOnly.contains(name)) << name;
  }
}

TEST(Mutants, are_more_than_two_dozen) {
  EXPECT_GE(std::distance(std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants"),
                          std::filesystem::directory_iterator()),
            25);
}

}  // namespace
}  // namespace gogoscope
