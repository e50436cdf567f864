// The words of the scheduler, explained: one entry for each term, in both languages (told/glossary.yaml). The
// window shows an entry where a text mentions its term, `gogoscope glossary` prints them, and
// docs/glossary.md is made of them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

struct GlossaryEntry {
  Text section;
  Text term;
  std::vector<std::string> also_en, also_zh;  ///< other forms under which texts mention it
  Text text;
  std::vector<std::string> see;  ///< the English terms of other entries

  const std::vector<std::string>& also(Language language) const {
    return language == Language::zh ? also_zh : also_en;
  }
};

/// In the order of the page. Read once; that takes about a millisecond.
const std::vector<GlossaryEntry>& glossary();

/// The entry with a term or another form of it in either language, spelled exactly so, else but for its case;
/// null if there is none.
const GlossaryEntry* glossary_entry(std::string_view word);

/// Where a text mentions an entry.
struct Mention {
  std::size_t at = 0, size = 0;  ///< bytes
  const GlossaryEntry* entry = nullptr;
};

/// In the order of the text, the longest form at each place, each entry once: where it comes first. A form of
/// letters and digits is mentioned where no identifier goes on: the "g" of "g2.sched" is no mention.
std::vector<Mention> mentions(std::string_view text, Language language);

/// The page of all entries, in Markdown.
std::string glossary_page(Language language);

}  // namespace gogoscope
