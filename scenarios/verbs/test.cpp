#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "asm/text/printable.h"
#include "scenarios/run/runner.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// Scenario files of a folder and the folders below, in order of their names; or the file itself.
std::vector<std::string> scenario_files(const std::string& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {path};
  std::vector<std::string> out;
  if (!fs::is_directory(path, error)) return out;
  for (fs::recursive_directory_iterator it(path, fs::directory_options::skip_permission_denied, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code status;
    if (!it->is_regular_file(status) || it->path().extension() != ".yaml") continue;
    // The texts of scenarios/told are YAML too, but not scenarios.
    if (it->path().parent_path().filename() == "told") continue;
    out.push_back(it->path().string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace

int check(const std::vector<std::string>& paths) {
  bool ok = true;
  for (const std::string& path : paths) {
    const auto loaded = load_scenario(path);
    if (loaded.index() == 1) {
      print_diagnostics(std::get<1>(loaded));
      ok = false;
    } else {
      std::cout << printable(path) << ": ok\n";
    }
  }
  return ok ? kOk : kBadInput;
}

int test(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    const std::vector<std::string> found = scenario_files(path);
    if (found.empty()) {
      complain("no scenario at " + path);
      return kBadInput;
    }
    files.insert(files.end(), found.begin(), found.end());
  }
  int passed = 0, failed = 0;
  bool unreadable = false;
  for (const std::string& file : files) {
    auto loaded = load_scenario(file);
    if (loaded.index() == 1) {
      std::cout << fmt::format("FAIL {}: it cannot be read\n", printable(file)) << std::flush;
      print_diagnostics(std::get<1>(loaded));
      ++failed;
      unreadable = true;
      continue;
    }
    const LoadedScenario& scenario = std::get<0>(loaded);
    const ScenarioRun run = run_scenario(scenario);
    const Verdict verdict = judge(scenario, run);
    if (verdict.passed()) {
      std::cout << fmt::format("ok   {} ({} steps)\n", printable(file), verdict.steps);
      ++passed;
    } else {
      std::cout << fmt::format("FAIL {} ({} steps)\n", printable(file), verdict.steps) << std::flush;
      std::cerr << report(scenario.scenario, verdict);
      ++failed;
    }
  }
  std::cout << fmt::format("{} passed, {} failed\n", passed, failed);
  if (unreadable) return kBadInput;
  return failed == 0 ? kOk : kFailed;
}

}  // namespace gogoscope
