// Scenarios from their text to their verdict, for tests.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope::testing {

struct Judged {
  std::string report;
  std::size_t failures = 0;
};

inline Judged judged(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return {told(std::get<1>(loaded)), 999};
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  return {report(scenario.scenario, verdict), verdict.failures.size()};
}

inline bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

/// Two goroutines of one function; the second runs first, and a third gets the g of the one that died last.
inline constexpr std::string_view kThreeGoroutines = R"(      GO   main·worker(SB)
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
      RET
)";
inline constexpr std::string_view kNames =
    "goroutines: {elder: main.worker#1, younger: main.worker#2, heir: main.worker#3}\n";

inline Judged with_goroutines(const std::string& sections) {
  const std::string text = replaced(std::string(kSample),
                                    "      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n",
                                    std::string(kThreeGoroutines));
  return judged(text + sections);
}

}  // namespace gogoscope::testing
