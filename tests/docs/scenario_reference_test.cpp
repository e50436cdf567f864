// docs/scenarios.md lists every key that the reader takes, and no other.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "scenarios/format/read_events.h"
#include "scenarios/format/reader.h"
#include "tests/docs/lesson_code.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

using Names = std::vector<std::string>;

/// What is in only one list, each with the list that it is in.
Names differences(Names told, Names taken) {
  std::sort(told.begin(), told.end());
  std::sort(taken.begin(), taken.end());
  Names out, more;
  std::set_difference(told.begin(), told.end(), taken.begin(), taken.end(), std::back_inserter(out));
  for (std::string& name : out) name = "only documented: " + name;
  std::set_difference(taken.begin(), taken.end(), told.begin(), told.end(), std::back_inserter(more));
  for (const std::string& name : more) out.push_back("only taken: " + name);
  return out;
}

Names first_cells(const std::string& text, std::string_view header) {
  Names out;
  for (const Row& row : table(text, header)) out.push_back(row.at(0));
  return out;
}

Names names(const std::vector<std::string_view>& views) { return {views.begin(), views.end()}; }

TEST(ScenarioReference, tells_every_key_of_the_reader) {
  const Names told = first_cells(document("docs/scenarios.md"), "key");
  EXPECT_EQ(differences(told, names(shapes().scenario.key_names())), Names{});
  EXPECT_EQ(differences({"title", "titel"}, {"title", "about"}),
            (Names{"only documented: titel", "only taken: about"}));
}

TEST(ScenarioReference, tells_every_event_of_the_reader) {
  const Names told = first_cells(document("docs/scenarios.md"), "event");
  EXPECT_EQ(differences(told, names(event_keys())), Names{});
}

/// The examples are YAML that the reader takes.
TEST(ScenarioReference, examples_are_scenarios) {
  const std::string text = document("docs/scenarios.md");  // the third example has NAME and PLACE in it
  const std::string fence = "```yaml\n";
  const auto start = text.find(fence) + fence.size();
  const std::string first = text.substr(start, text.find("```", start) - start);
  const auto second_start = text.find(fence, start) + fence.size();
  const std::string second = text.substr(second_start, text.find("```", second_start) - second_start);
  for (const std::string& example : {first, first + second}) {
    const auto read = read_scenario("example.yaml", example);
    if (read.index() == 0) continue;
    for (const Diagnostic& d : std::get<1>(read)) ADD_FAILURE() << format(d);
  }
}

}  // namespace
}  // namespace gogoscope::docs
