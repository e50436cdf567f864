// Each line of the runtime is held by a scenario: docs/mutants.md says by which, and its witnesses are heard
// again here.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "mutants_table.h"
#include "survivors.h"
#include "variants.h"
#include "witness.h"

namespace gogoscope {
namespace {

constexpr const char* kPath = GOGOSCOPE_SOURCE "/docs/mutants.md";

constexpr const char* kUpdate = "GOGOSCOPE_UPDATE";  ///< a regular expression of functions; "." for all

bool renewed() { return std::getenv(kUpdate) != nullptr; }

std::string recorded_document() {
  std::ostringstream text;
  text << std::ifstream(kPath, std::ios::binary).rdbuf();
  return text.str();
}

std::string place_of(const Variant& variant) {
  return variant.line.file + ":" + std::to_string(variant.line.line);
}

// What the search itself has found of a line that nothing notices.
constexpr std::string_view kUnreached = "nothing: no scenario reaches the line";
constexpr std::string_view kSame = "nothing: every scenario runs as before, to the same state";
constexpr std::string_view kOpen = "nothing: open";
/// How many rows have neither a witness nor a reason. Every change of a line of the runtime may make them
/// fewer, and none may make them more.
constexpr std::size_t kOpenRows = 0;

std::string reason_of(const Variant& variant) {
  const Survivor* known = survivor(variant.mutation.function, variant.line.text, variant.what);
  if (known != nullptr) return std::string(known->reason);
  return variant.lets_pass ? "no scenario breaks the rule that this checks" : "";
}

std::vector<MutantRow> recorded_rows(const std::string& function) {
  for (MutantSection& section : read_mutants(recorded_document())) {
    if (section.function == function) return std::move(section.rows);
  }
  return {};
}

/// A row without its witness.
MutantRow row_of(const Variant& variant) {
  return {place_of(variant), variant.line.text, variant.what, "nothing: " + reason_of(variant), "-"};
}

/// The scenario of that name; each runs once.
const Whole& whole_named(const std::string& name) {
  static std::map<std::string, Whole> known;
  const auto found = known.find(name);
  return found != known.end() ? found->second : known.emplace(name, whole_scenario(name)).first->second;
}

class EachLine : public testing::TestWithParam<std::string> {};

TEST_P(EachLine, has_its_witness_or_a_reason) {
  if (renewed()) GTEST_SKIP() << "the table is being renewed";
  const std::vector<Variant> variants = variants_of(GetParam());
  const std::vector<MutantRow> rows = recorded_rows(GetParam());
  ASSERT_EQ(rows.size(), variants.size()) << "docs/mutants.md has other rows: set GOGOSCOPE_UPDATE=.";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const MutantRow &row = rows[i], expected = row_of(variants[i]);
    const std::string what = GetParam() + ": " + expected.text + ": " + expected.what;
    EXPECT_EQ(row.place, expected.place) << what;
    EXPECT_EQ(row.text, expected.text) << what;
    EXPECT_EQ(row.what, expected.what) << what;
    if (!row.is_noticed()) {
      const bool reasoned = !reason_of(variants[i]).empty();
      EXPECT_TRUE(reasoned || row.noticed == kUnreached || row.noticed == kSame || row.noticed == kOpen)
          << what << " has neither a witness nor a reason";
      if (reasoned) {
        EXPECT_EQ(row.noticed, expected.noticed) << what;
      }
      continue;
    }
    const Whole& whole = whole_named(row.scenario);
    ASSERT_FALSE(whole.scenario.name.empty()) << "there is no scenario " << row.scenario;
    EXPECT_EQ(told_with(whole, variants[i]).by, row.noticed) << what << " in " << row.scenario;
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(of, EachLine, testing::ValuesIn(functions_with_lines()), test_name);

const std::vector<Whole>& all_scenarios() {
  static const std::vector<Whole> all = whole_scenarios();
  return all;
}

/// The witness that the table has, if it still notices.
Noticed recorded_witness(const Variant& variant, const std::vector<MutantRow>& rows) {
  for (const MutantRow& row : rows) {
    if (!row.is_noticed() || row.text != variant.line.text || row.what != variant.what) continue;
    const Whole& whole = whole_named(row.scenario);
    if (!whole.scenario.name.empty()) return told_with(whole, variant);
  }
  return {};
}

/// With the witness of the table, or else the first of all scenarios.
MutantRow renewed_row(const Variant& variant, const std::vector<MutantRow>& rows) {
  MutantRow row = row_of(variant);
  WitnessSearch search{recorded_witness(variant, rows)};
  if (search.told.by.empty()) search = first_witness(all_scenarios(), variant);
  if (!search.told.by.empty()) {
    row.noticed = search.told.by;
    row.scenario = search.told.scenario;
  } else if (reason_of(variant).empty() && !search.reached) {
    row.noticed = kUnreached;
  } else if (reason_of(variant).empty() && search.same) {
    row.noticed = kSame;
  } else if (reason_of(variant).empty()) {
    row.noticed = kOpen;
  }
  return row;
}

MutantSection renewed_section(const std::string& function, const std::vector<MutantRow>& recorded) {
  MutantSection section{function, {}};
  for (const Variant& variant : variants_of(function)) section.rows.push_back(renewed_row(variant, recorded));
  return section;
}

/// Writes the table anew, or the sections of some functions; after each function, so that little is lost when
/// this is interrupted.
void renew() {
  const std::regex which(std::getenv(kUpdate));
  std::vector<MutantSection> sections;
  for (const std::string& function : functions_with_lines())
    sections.push_back({function, recorded_rows(function)});
  for (MutantSection& section : sections) {
    if (!std::regex_search(section.function, which)) continue;
    section = renewed_section(section.function, section.rows);
    std::ofstream(kPath, std::ios::binary) << mutants_document(sections);
  }
}

TEST(MutantsTable, has_a_row_for_each_variant) {
  if (renewed()) renew();
  const std::string document = recorded_document();
  const std::vector<MutantSection> sections = read_mutants(document);
  EXPECT_EQ(mutants_document(sections), document) << "set GOGOSCOPE_UPDATE=. to write docs/mutants.md again";

  std::vector<std::string> named;
  for (const MutantSection& section : sections) named.push_back(section.function);
  std::vector<std::string> functions = functions_with_lines();
  std::erase_if(functions, [](const std::string& function) { return variants_of(function).empty(); });
  EXPECT_EQ(named, functions) << "set GOGOSCOPE_UPDATE=. to write docs/mutants.md again";

  std::set<const Survivor*> silent;
  std::size_t open = 0;
  for (const MutantSection& section : sections) {
    for (const MutantRow& row : section.rows) {
      if (!row.is_noticed()) silent.insert(survivor(section.function, row.text, row.what));
      open += row.noticed == kOpen ? 1 : 0;
    }
  }
  EXPECT_LE(open, kOpenRows);
  for (const Survivor& one : survivors()) {
    EXPECT_TRUE(silent.contains(&one)) << "a reason for silence where something notices: " << one.function
                                       << ": " << one.line << ": " << one.what;
  }
}

}  // namespace
}  // namespace gogoscope
