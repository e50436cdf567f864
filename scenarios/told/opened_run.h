// A run that can be looked at, and its narration: a scenario that was executed, or a saved trace. Code that
// looks (window, walk) needs no more than this; code that executes makes it (scenarios/run/opening.h).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "asm/text/diagnostic.h"
#include "asm/text/message.h"
#include "emu/session/session.h"
#include "scenarios/lesson/lesson.h"

namespace gogoscope {

/// How a program runs. Nothing of it is of use to a scenario.
struct ProgramRun {
  std::vector<std::string> arguments;  ///< without the program's own name
  int procs = 1;                       ///< CPUs that it sees
  std::uint64_t steps = 20'000'000;    ///< after so many its run stops
  std::string input;                   ///< the file that is its standard input; empty: there is nothing in it
  std::vector<std::string> environment;  ///< "NAME=VALUE"
  std::vector<std::string> files;        ///< "HOST=GUEST": a file of the host, and where the program finds it

  bool is_given() const {
    return !arguments.empty() || !input.empty() || !environment.empty() || !files.empty();
  }
};

/// What is to be opened.
struct RunSource {
  std::string path;       ///< scenario, saved trace or program; empty: the scenario built in
  std::string case_name;  ///< of its matrix; empty: the first
  std::string
      submission;  ///< what a student has handed in: file or folder; empty: the file beside the scenario
  ProgramRun program = {};
};

/// An expectation of the file, and how the run answered it.
struct ListedExpectation {
  std::string section;  ///< "events", "at", "always", "finally"
  std::string text;     ///< as the file says it
  int line = 0;         ///< of the file
  enum class State : std::uint8_t { met, failed, not_asked } state = State::met;
  std::uint64_t moment = 0;  ///< the state in which it is decided; before that it is pending
  Message why;               ///< of a failed one
};

struct OpenedRun {
  std::unique_ptr<Session>
      session;            ///< the whole run is recorded; its cursor is at its end, or at a trace's start
  RunSource source;       ///< as it was given
  std::string name;       ///< "02-two-exits"
  std::string case_name;  ///< of its matrix, "procs=2, seed=7", also where none was asked for; usually empty
  Text title;             ///< empty for a trace
  Text about;
  std::string text;                             ///< of the scenario file; empty for a trace
  Message warning;                              ///< a poke that could not be carried out; usually empty
  std::optional<std::uint64_t> start;           ///< the state that its file names as the one to open at
  std::vector<ListedExpectation> expectations;  ///< in the order of the file's sections; none for a trace
  std::optional<Lesson> lesson;                 ///< if the scenario is one
  Message lesson_problem;  ///< the first thing of the lesson that the run does not show; usually empty
};

/// Why a path could not be opened.
struct NotOpened {
  Message sentence;                     ///< for a file that is not a trace; empty where diagnostics say it
  std::vector<Diagnostic> diagnostics;  ///< of a scenario
  std::string text;          ///< the scenario's text that they point into, as far as it could be read
  std::string printed = {};  ///< what go said of a program's sources; lines fit for a terminal
};

/// A line of a listing or of a modelled function, as `listings` of a scenario names it.
struct LeftOutLine {
  std::string function;  ///< "runtime.goexit0"
  std::string line;      ///< "dropg()"
};

/// What a window asks for a run of the same source without a line of the runtime.
using RunWithout = std::function<std::variant<OpenedRun, NotOpened>(const RunSource&, const LeftOutLine&)>;

/// Opens a path; an empty one opens the scenario built in. What a window is given, so that it needs no
/// engine.
using RunOpener = std::function<std::variant<OpenedRun, NotOpened>(const std::string& path)>;

}  // namespace gogoscope
