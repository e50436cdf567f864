// Runs a scenario to its end and compares the record with what the file expects.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emu/session/session.h"
#include "scenarios/format/loader.h"
#include "scenarios/results/result.h"

namespace gogoscope {

/// What a failure says, taken apart.
struct FailureParts {
  std::string key;    ///< the section of the file: "at", "events"
  std::string place;  ///< of `at`
  Message expected, got;
  std::optional<std::uint64_t> step;       ///< the first that differs
  std::optional<std::uint64_t> state;      ///< in which it was found, where no step is to blame
  const Comparison* comparison = nullptr;  ///< of the scenario, which does not hold in that state
};

/// One expectation that was not met.
struct Failure {
  FileMark mark;                 ///< of the expectation in the scenario file
  Message message;               ///< what was expected and what was found
  std::vector<Message> context;  ///< the events around, one a line
  FailureParts parts = {};
  std::vector<Message> steps = {};  ///< around the first that differs, see first_step.h
  int grade = -1;                   ///< of the scenario's grades, that of the expectation; -1: it has none
  bool hidden = false;              ///< not for students
};

/// An expectation of one moment that was met there.
struct Met {
  FileMark mark;
  std::uint64_t state = 0;
};

struct Verdict {
  std::vector<Failure> failures;
  std::vector<Met> met;  ///< events and what is said at places
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

/// The failures as results have them.
std::vector<CaseFailure> failures_of(const Scenario& scenario, const Verdict& verdict, Language language);

/// The same as text: "file:line:col: message", each followed by what is around. Ends with a newline; empty if
/// all is well.
std::string report(const Scenario& scenario, const Verdict& verdict, Language language = Language::en);

}  // namespace gogoscope
