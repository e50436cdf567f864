// docs/scenarios.md lists every key that the reader takes, and no other.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "emu/layout/release.h"
#include "emu/layout/status.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/read_events.h"
#include "scenarios/format/shape.h"
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

/// The words of a table's first column that belong to one of two lists of statuses.
TEST(ScenarioReference, tells_every_status_word) {
  const std::string text = document("docs/scenarios.md");
  Names of_g, of_p;
  for (std::uint64_t status = 0; status <= kGpreempted; ++status) {
    if (const std::string word = g_status_word(status); g_status_by_word(word)) of_g.push_back(word);
    if (const std::string word = p_status_word(status); p_status_by_word(word)) of_p.push_back(word);
  }
  EXPECT_EQ(differences(first_cells(text, "status of a g"), of_g), Names{});
  EXPECT_EQ(differences(first_cells(text, "status of a P"), of_p), Names{});
}

TEST(ScenarioReference, tells_every_relation_of_expectations) {
  const Layout& layout = release_named(kDefaultRelease)->layout;
  const Names told = first_cells(document("docs/scenarios.md"), "relation");
  EXPECT_EQ(told.size(), 8U);
  for (const std::string& relation : told) {
    const std::string right = relation.ends_with("in") ? "p0.runq" : "0";
    EXPECT_EQ(parse_comparison("g2 " + relation + " " + right, layout).index(), 0U) << relation;
  }
}

}  // namespace
}  // namespace gogoscope::docs
