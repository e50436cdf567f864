#include "scenarios/told/line_text.h"

namespace gogoscope {

std::string line_without_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t");
  if (first == std::string_view::npos) return "";
  line.remove_prefix(first);
  // A line that is nothing but a comment goes by it.
  if (line.substr(0, 2) == "//") return std::string(line);
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (!quoted && line.substr(i, 2) == "//") {
      line = line.substr(0, i);
      break;
    }
  }
  return std::string(line.substr(0, line.find_last_not_of(" \t") + 1));
}

}  // namespace gogoscope
