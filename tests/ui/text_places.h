// Whether each text of a frame is within what shows it, and apart from the others.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/ui/drawn_texts.h"

namespace gogoscope {

/// What is wrong and where, by the panel and the words; empty if nothing is.
std::map<std::string, std::string> misplaced_texts(const std::vector<DrawnText>& texts, const App& app);

}  // namespace gogoscope
