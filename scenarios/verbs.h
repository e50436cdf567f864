// The program's verbs: walk, check, test, trace, state, listing, layout, and opening the window.
// One table of CLI11 subcommands; the window's program and the one without it share it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "emu/session/session.h"
#include "scenarios/scenario.h"

namespace gogoscope {

/// What a window is opened with.
struct WindowRequest {
  std::unique_ptr<Session> session;  ///< the whole run is recorded; its cursor stands at the moment asked for
  std::string name;                  ///< of the scenario or the trace
  Text title;                        ///< empty for a trace
  Text about;
};

/// What the program's main offers beyond the terminal.
struct Front {
  /// Opens the window and returns the exit code. Absent in a build without the window.
  std::function<int(WindowRequest)> open_window;
};

// Exit codes.
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;    ///< the scenario failed its expectations or broke an invariant
inline constexpr int kBadInput = 2;  ///< the input or the environment is wrong

/// Runs the command line. Results go to stdout, diagnostics to stderr.
int run_command_line(int argc, char** argv, const Front& front);

}  // namespace gogoscope
