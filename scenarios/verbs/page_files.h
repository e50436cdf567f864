// Pages as files: one, or those of a site. Private to this folder.
#pragma once

#include <string>

#include "scenarios/page/page.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

/// The whole run, as a page in that language; refers to the run.
PageOptions page_options(const OpenedRun& run, Language language);

/// False, and a complaint, if the file could not be written.
bool wrote_page(const std::string& path, const std::string& text, Language language);

/// A page of each scenario and each lesson in a folder and the folders below, in folders of the same names,
/// and an index in either language. Runs that are too long for a page are cut, which is said. Answers the
/// exit code.
int write_site(const std::string& from, const std::string& to, Language language);

}  // namespace gogoscope
