#include "emu/guest/line_essence.h"

namespace gogoscope {

std::string line_essence(std::string_view line) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') quoted = !quoted;
    if (!quoted && !out.empty() && line.substr(i, 2) == "//") {
      // A line that is nothing but a comment goes by it.
      if (!out.starts_with("//")) break;
    }
    if (c != ' ' && c != '\t' && c != '\r') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace gogoscope
