// Runs a scenario to its end and compares the record with what the file expects.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "emu/session/session.h"
#include "scenarios/format/loader.h"

namespace gogoscope {

/// One expectation that was not met.
struct Failure {
  FileMark mark;                 ///< of the expectation in the scenario file
  Message message;               ///< what was expected and what was found
  std::vector<Message> context;  ///< the events around, one a line
  int grade = -1;                ///< of the scenario's grades, that of the expectation; -1: it has none
  bool hidden = false;           ///< not for students: neither message nor context
};

struct Points {
  std::uint32_t got = 0, of = 0;
};

struct Verdict {
  std::vector<Failure> failures;
  std::uint64_t steps = 0;
  Points points;
  std::vector<bool> earned;  ///< for each grade of the scenario
  bool passed() const { return failures.empty(); }
};

struct ScenarioRun {
  std::unique_ptr<Session> session;  ///< at the end of the run
  Message error;                     ///< a poke could not be carried out; empty if all were
  FileMark error_mark;
};

/// Executes from boot to the end of the program or of the budget, with the scenario's pokes on the way.
ScenarioRun run_scenario(const LoadedScenario& loaded);

/// Compares a finished run with the scenario's expectations.
Verdict judge(const LoadedScenario& loaded, const ScenarioRun& run);

/// "file:line:col: message", each followed by the events around. Ends with a newline; empty if all is well.
std::string report(const Scenario& scenario, const Verdict& verdict, Language language = Language::en);

}  // namespace gogoscope
