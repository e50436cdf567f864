// The program's verbs: walk, check, test, record, new, explore, trace, state, traceback, page, shot, listing,
// layout, functions, fields, glossary, scenarios, completion, schema, lesson, and opening the window. One
// table of CLI11 subcommands; the window's program and the one without it share it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/told/opened_run.h"

namespace gogoscope {

/// What a picture of the window shows.
struct ShotOptions {
  RunSource source;
  std::string at;           ///< or, of a lesson:
  int stop = 0;             ///< its stop, from 1, with the lesson's panel; 0: none
  std::string answers;      ///< a file of answers that were given there; empty: none
  std::string from, to;     ///< instead of `at`: a picture of each moment between these
  std::string by = "step";  ///< "step", "line", "event" or "handoff": which moments
  std::string output;       ///< the PNG file
  bool sized = false;       ///< a size was asked for; a panel alone then has it
  int width = 1600;         ///< pixels
  int height = 1000;
  double scale = 1;  ///< pixels for each unit of size
  Language language = Language::en;
  std::string theme = "dark";
  bool presenter = false;
  std::vector<std::string> front;  ///< panels to bring forward
  std::string panel;               ///< only this panel instead of the whole window
  std::string select;              ///< the g to select: "g3"
  std::string palette;             ///< opens the palette with this text
  bool help = false;               ///< opens the overlay with all commands
};

/// How the window opens.
struct WindowOptions {
  bool named = false;   ///< a file was named; without one there is a start page
  bool placed = false;  ///< at a moment that was asked for
  bool presenter = false;
  bool lesson = false;  ///< its lesson is played, in presenter mode
  std::optional<Language> language;
  std::string broken;  ///< a scenario that cannot be run: its errors are shown in place
};

/// What the program's main offers beyond the terminal.
struct Front {
  /// Opens the window and returns the exit code. Absent in a build without the window.
  std::function<int(OpenedRun, const WindowOptions&)> open_window;
  /// Writes a picture of the window, without a display, and returns the exit code. Absent like the window.
  std::function<int(OpenedRun, const ShotOptions&)> shoot;
};

// Exit codes.
inline constexpr int kOk = 0;
inline constexpr int kFailed = 1;    ///< the scenario failed its expectations or broke an invariant
inline constexpr int kBadInput = 2;  ///< the input or the environment is wrong

/// The language that a user's environment asks for: LC_ALL, LC_MESSAGES, LANG, the first that is set.
Language language_of_environment();

/// Runs the command line. Results go to stdout, diagnostics to stderr.
int run_command_line(int argc, char** argv, const Front& front);

}  // namespace gogoscope
