// The first page of a site: a list of links to pages of runs.
#pragma once

#include <string>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

struct SiteEntry {
  std::string file;  ///< "02-two-exits.html", beside the index
  std::string name;  ///< "02-two-exits"
  Text title, about;
};

/// The whole file, in one language; nothing in it is fetched and nothing runs.
std::string site_index(const std::vector<SiteEntry>& entries, Language language);

}  // namespace gogoscope
