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

}  // namespace gogoscope::oracle
