// The first page of a site: its lessons and its scenarios, as links to their pages.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

struct SiteEntry {
  std::string folder;  ///< "", "lessons/": entries of a folder follow each other
  std::string file;    ///< "lessons/03-gogo.html", from the index
  std::string name;    ///< "03-gogo"
  Text title, about;
  Text goal;                         ///< of a lesson; of any other run empty
  std::uint64_t steps_left_out = 0;  ///< at the end of the run, which was too long for a page
};

/// The whole file, in one language, with a link to the file that says the same in the other; nothing in it is
/// fetched and nothing runs. Lessons come first.
std::string site_index(const std::vector<SiteEntry>& entries, Language language, const std::string& other);

}  // namespace gogoscope
