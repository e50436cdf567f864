// docs/mutants.md: which scenario notices each variant, or why none does. Written by a test, and read back by
// it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gogoscope {

struct MutantRow {
  std::string place;     ///< "gogo.s:8"
  std::string text;      ///< of the line, as a mutation names it
  std::string what;      ///< "left out"
  std::string noticed;   ///< by what; "nothing: " and the reason
  std::string scenario;  ///< "-" where nothing notices
  bool is_noticed() const { return scenario != "-"; }
};

struct MutantSection {
  std::string function;
  std::vector<MutantRow> rows;
};

/// The document of some sections.
std::string mutants_document(const std::vector<MutantSection>& sections);
/// The sections of a document.
std::vector<MutantSection> read_mutants(const std::string& document);

}  // namespace gogoscope
