// Another program, run to its end: what it printed, how it ended. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gogoscope {

struct Tool {
  std::string file;                    ///< a path
  std::vector<std::string> arguments;  ///< without the name
  std::string folder;                  ///< where it runs
  /// On top of the environment of this process.
  std::vector<std::pair<std::string, std::string>> environment;
  int seconds = 120;
};

struct ToolEnding {
  enum class Kind { exited, killed, too_long, interrupted, not_started };
  Kind kind = Kind::not_started;
  int code = 0;         ///< of exited; the signal of killed; errno of not_started
  std::string printed;  ///< both outputs, as far as they are shown
};

/// Ctrl-C ends it as well. This process must have one thread.
ToolEnding run_tool(const Tool& tool);

/// The path of a program, by PATH; empty if there is none.
std::string find_tool(std::string_view name);

}  // namespace gogoscope
