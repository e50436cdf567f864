// What came with the program to be opened: lessons in their order, examples by topic.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "asm/text/language.h"

namespace gogoscope {

struct Example {
  std::string path;
  std::string name;  ///< "02-two-exits", "mutants/wakep"
  Text title;
  Text topic;  ///< those of one topic follow each other
};

struct Library {
  std::vector<Example> lessons;
  std::vector<Example> examples;
};

/// Finds and reads them; asked when they are to be shown.
using LibraryMaker = std::function<Library()>;

}  // namespace gogoscope
