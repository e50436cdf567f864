// glossary: what a word of the scheduler means.
#include "scenarios/told/glossary.h"

#include <iostream>
#include <nlohmann/json.hpp>

#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "asm/text/wrap.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kEntryWidth = 100;  // columns

Json in_both(const Text& text) { return {{"en", text.en}, {"zh", text.zh}}; }

Json in_json(const GlossaryEntry& entry) {
  return {{"term", in_both(entry.term)},
          {"also", {{"en", entry.also_en}, {"zh", entry.also_zh}}},
          {"section", in_both(entry.section)},
          {"text", in_both(entry.text)},
          {"see", entry.see}};
}

void print_entry(const GlossaryEntry& entry, Language language) {
  const auto& forms = entry.also(language);
  const std::string also = joined({forms.begin(), forms.end()});
  std::cout << entry.term.in(language) << (also.empty() ? "" : "  (" + also + ")") << "\n";
  for (const std::string_view line : wrap(entry.text.in(language), kEntryWidth - 4))
    std::cout << "    " << line << "\n";
  std::vector<std::string_view> see;
  for (const std::string& other : entry.see) see.emplace_back(glossary_entry(other)->term.in(language));
  if (!see.empty())
    std::cout << "    " << Message({"See {terms}.", "另见 {terms}。"}, {{"terms", joined(see)}}).in(language)
              << "\n";
}

}  // namespace

int glossary(const GlossaryOptions& options, Language language) {
  std::vector<const GlossaryEntry*> chosen;
  for (const GlossaryEntry& entry : glossary()) chosen.push_back(&entry);
  if (!options.term.empty()) {
    const GlossaryEntry* const found = glossary_entry(options.term);
    if (found == nullptr) {
      std::vector<std::string_view> known;
      for (const GlossaryEntry& entry : glossary()) known.push_back(entry.term.in(language));
      complain(Message({"the glossary has no entry {term}{hint}", "词汇表里没有 {term}{hint}"},
                       {{"term", in_quotes(options.term)}, {"hint", did_you_mean(options.term, known)}}),
               language);
      return kBadInput;
    }
    chosen = {found};
  }
  if (options.format == "markdown") {
    std::cout << glossary_page(language);
  } else if (options.format == "json") {
    Json all = Json::array();
    for (const GlossaryEntry* const entry : chosen) all.push_back(in_json(*entry));
    std::cout << all.dump(1) << "\n";
  } else {
    const GlossaryEntry* above = nullptr;
    for (const GlossaryEntry* const entry : chosen) {
      if (above != nullptr) std::cout << "\n";
      print_entry(*entry, language);
      above = entry;
    }
  }
  return kOk;
}

}  // namespace gogoscope
