// As much of Markdown as the tests of the documents need: tables, code spans, links.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gogoscope::docs {

using Row = std::vector<std::string>;

/// The rows below the header of the first table whose header starts with `| first_cell |`. A row's cells are
/// trimmed and lose the backticks around them.
std::vector<Row> table(std::string_view markdown, std::string_view first_cell);

/// What is in single backticks outside of fenced blocks.
std::vector<std::string> code_spans(std::string_view markdown);

/// Targets of [text](target).
std::vector<std::string> links(std::string_view markdown);

}  // namespace gogoscope::docs
