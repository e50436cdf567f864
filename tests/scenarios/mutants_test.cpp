// Each invariant is worth its place: a shipped mutant breaks it.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "emu/check/invariant.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/mutation.h"
#include "scenarios/format/loader.h"
#include "scenarios/format/reader.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

/// The names that the `breaks:` of all mutants ask for.
std::set<std::string> broken_by_mutants() {
  std::set<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios/mutants")) {
    const std::string path = entry.path().string();
    const auto read = read_scenario(path, std::get<std::string>(read_scenario_file(path)));
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

/// Every mutation of the mutants, those that only some order shows included, as "function: line: with".
std::set<std::string> mutations_of_mutants() {
  std::set<std::string> out;
  for (const char* folder : {"/scenarios/mutants", "/scenarios/explore"}) {
    for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE + std::string(folder))) {
      const std::string path = entry.path().string();
      const auto read = read_scenario(path, std::get<std::string>(read_scenario_file(path)));
      const auto* scenario = std::get_if<Scenario>(&read);
      if (scenario == nullptr) continue;
      for (const ListingChange& change : scenario->listings) {
        const Mutation& m = change.mutation;
        out.insert(m.function + ": " + m.line + ": " + m.with);
      }
    }
  }
  return out;
}

TEST(Mutants, use_every_wrong_variant_and_the_documents_list_it) {
  std::ostringstream document;
  document << std::ifstream(GOGOSCOPE_SOURCE "/docs/scenarios.md").rdbuf();
  const std::set<std::string> used = mutations_of_mutants();
  int variants = 0;
  for (const auto& function : runtime::modelled_functions(runtime::Go(release_named("1.16")->layout))) {
    const std::string& name = function.signature().name;
    for (const CodeLine& line : lines_with_code(default_lesson_release(), name)) {
      for (const std::string& wrong : line.wrong_variants) {
        ++variants;
        EXPECT_TRUE(used.contains(name + ": " + line.text + ": " + wrong)) << name << ": " << wrong;
        EXPECT_NE(document.str().find("| `" + name + "` | `" + line.text + "` | `" + wrong + "` |"),
                  std::string::npos)
            << name << ": " << wrong;
      }
    }
  }
  EXPECT_GE(variants, 3);
}

TEST(Mutants, name_the_wrong_variants_that_a_line_has) {
  const auto with = [](std::string_view line, std::string_view variant) {
    return testing::problems_of(testing::sample_with("listings:\n  - {function: runtime.execute, line: \"" +
                                                     std::string(line) + "\", with: " + std::string(variant) +
                                                     "}\n"));
  };
  EXPECT_EQ(with("if !inheritTime {", "always"), "");
  EXPECT_NE(with("if !inheritTime {", "mostly")
                .find("runtime.execute is modelled: this line can be left out, or be wrong as always, never"),
            std::string::npos);
  EXPECT_NE(with("gp.m = _g_.m", "never")
                .find("runtime.execute is modelled: this line can be left out, or be wrong as wrong-value"),
            std::string::npos);
  EXPECT_NE(with("casgstatus(gp, _Grunnable, _Grunning)", "never")
                .find("runtime.execute is modelled: this line can be left out, and has no wrong variant"),
            std::string::npos);
}

}  // namespace
}  // namespace gogoscope
