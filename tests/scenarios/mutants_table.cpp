#include "mutants_table.h"

#include <fmt/format.h>

#include <sstream>

namespace gogoscope {
namespace {

constexpr const char* kHead =
    "# Lines that are wrong, one at a time\n\n"
    "Each line of the listings and of the modelled functions is wrong in turn, in every way that follows "
    "from "
    "what it does: it is left out; what it asks comes out `always` or `never`, or one of its tests `true` or "
    "`false`; what it stores has its lowest bit flipped, a `wrong-value`. The scenarios that reach the line "
    "run "
    "on that runtime, the shortest first and mutants last, for at most five times their steps. The table "
    "names "
    "the first that notices, and by what: the assembler, which refuses the line; an invariant of "
    "[invariants.md](invariants.md); a run that ends otherwise, by a fault, a throw, a deadlock or never; an "
    "expectation of the scenario that is not met. What nothing notices has its reason; where "
    "there is neither, it says `open`.\n\n"
    "The tests `EachLine.has_its_witness_or_a_reason/*` run the witnesses again. Where a row is missing or "
    "no "
    "longer true, `MutantsTable.has_a_row_for_each_variant` writes the table anew when `GOGOSCOPE_UPDATE=.` "
    "is "
    "in its environment (a regular expression of the functions meant): a witness that still notices stays, "
    "for "
    "any other all scenarios are asked. What has a story is a scenario of its own, in "
    "`scenarios/mutants/`.\n";

constexpr std::string_view kColumns = "| line | | is | noticed by | in |\n|---|---|---|---|---|\n";

std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

/// The cells of "| a | b \| c |".
std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::string text;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      text += line[++i];
    } else if (line[i] == '|') {
      out.push_back(text.size() < 2 ? "" : text.substr(1, text.size() - 2));
      text.clear();
    } else {
      text += line[i];
    }
  }
  return out;
}

}  // namespace

std::string mutants_document(const std::vector<MutantSection>& sections) {
  std::string document = kHead;
  for (const MutantSection& section : sections) {
    if (section.rows.empty()) continue;
    document += fmt::format("\n## {}\n\n{}", section.function, kColumns);
    for (const MutantRow& row : section.rows) {
      document += fmt::format("| {} | `{}` | {} | {} | {} |\n", row.place, cell(row.text), row.what,
                              cell(row.noticed), row.scenario);
    }
  }
  return document;
}

std::vector<MutantSection> read_mutants(const std::string& document) {
  std::vector<MutantSection> sections;
  std::istringstream lines(document);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) sections.push_back({line.substr(3), {}});
    if (!line.starts_with("| ") || sections.empty()) continue;
    const std::vector<std::string> c = cells(line);
    if (c.size() != 5 || c[0] == "line" || c[1].size() < 2) continue;
    sections.back().rows.push_back({c[0], c[1].substr(1, c[1].size() - 2), c[2], c[3], c[4]});
  }
  return sections;
}

}  // namespace gogoscope
