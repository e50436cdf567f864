// The examples of a document: what is in its fences marked `yaml`, run as scenarios.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gogoscope::docs {

/// A fenced block: the words after its opening fence, its text, its first line in the document.
struct Fence {
  std::string info;
  std::string text;
  int line = 0;
};
std::vector<Fence> fences(std::string_view markdown);

/// What is wrong with a document's examples; empty if all pass. A block with a title is a scenario. One
/// without is sections of the scenario above it, in whose place they come. A block marked `asm NAME` or `yaml
/// NAME` is a file beside them, for includes.
std::vector<std::string> wrong_examples(std::string_view markdown);

/// How many scenarios they are.
std::size_t count_examples(std::string_view markdown);

}  // namespace gogoscope::docs
