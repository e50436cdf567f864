// Runs the cases of a suite in processes of their own, several at a time. One that kills its process, hangs
// or eats memory is broken; the others go on. Results come in the order of the cases, however many processes
// there are.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "asm/text/language.h"
#include "scenarios/results/result.h"
#include "scenarios/suite/cases.h"
#include "scenarios/suite/worker.h"

namespace gogoscope {

struct SuiteOptions {
  int jobs = 1;                                      ///< processes at a time
  std::optional<std::chrono::milliseconds> timeout;  ///< for a case, by the clock
  std::optional<std::uint64_t> memory;               ///< bytes that a process may occupy
  bool fail_fast = false;    ///< what comes after the first that does not pass is skipped
  bool times = false;        ///< results say how long they took
  bool show_hidden = false;  ///< in results of what students handed in, too
};

/// How far it is.
struct SuiteProgress {
  std::size_t done = 0, of = 0;
  std::size_t wrong = 0;          ///< of those done, failed or broken
  const Case* longest = nullptr;  ///< of those that run, the one that has run longest
};

struct SuiteWatcher {
  /// A result, in the order of the cases. False: no more are wanted.
  std::function<bool(const CaseResult&)> result;
  /// Called at most ten times a second; may be empty.
  std::function<void(const SuiteProgress&)> progress;
  /// Readable when the run is to end at once; -1 if there is no such thing.
  int stop = -1;
  /// Asked ten times a second and after each result; true ends the run at once. May be empty.
  std::function<bool()> enough = {};
};

/// All cases, those that were not run as skipped; `result` is not called for these. The process must have no
/// threads but one.
SuiteResult run_suite(const std::vector<Case>& cases, const SuiteOptions& options,
                      const SuiteWatcher& watcher, Language language);

/// The same where running a case is something else.
SuiteResult run_suite(const std::vector<Case>& cases, const Work& work, const SuiteOptions& options,
                      const SuiteWatcher& watcher, Language language);

}  // namespace gogoscope
