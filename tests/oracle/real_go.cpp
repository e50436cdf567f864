#include "tests/oracle/real_go.h"

#include <fstream>
#include <sstream>

namespace gogoscope::oracle {

const std::vector<std::string>& real_go_programs() {
  static const std::vector<std::string> programs = {"two_exits", "ping_pong", "reused_g", "goexit", "park"};
  return programs;
}

std::string real_go_file(const std::string& name) {
  return std::string(GOGOSCOPE_SOURCE) + "/tests/oracle/real_go/" + name;
}

std::string file_text(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> table_in(const std::string& document, const std::string& first_line) {
  std::ifstream file(std::string(GOGOSCOPE_SOURCE) + "/" + document);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (lines.empty() ? line == first_line : line.starts_with('|')) {
      lines.push_back(line);
    } else if (!lines.empty()) {
      break;
    }
  }
  return lines;
}

}  // namespace gogoscope::oracle
