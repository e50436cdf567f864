#include "scenarios/verbs/terminal.h"

#include <unistd.h>

#include <cstdlib>
#include <string_view>

namespace gogoscope {

bool is_terminal(int fd) {
  const char* term = std::getenv("TERM");
  return isatty(fd) != 0 && term != nullptr && std::string_view(term) != "dumb";
}

bool wants_colours(int fd) {
  const char* no_color = std::getenv("NO_COLOR");
  return is_terminal(fd) && (no_color == nullptr || *no_color == '\0');
}

}  // namespace gogoscope
