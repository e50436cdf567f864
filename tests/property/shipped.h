// The scenarios that ship with the program, as guests.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "emu/runtime/program.h"
#include "scenarios/format/loader.h"

namespace gogoscope {

/// Under sanitizers, some: exits, several Ms, a lock, system calls, preemption, stacks that grow, a thread
/// that ends. The others bring no new code of ours.
inline std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> paths;
#if defined(__SANITIZE_ADDRESS__)
  for (const char* name : {"02-two-exits", "15-steal-half", "21-locked-exit", "33-syscall-retaken",
                           "34-preempted", "35-grown-stack", "51-thread-ends"}) {
    paths.push_back(GOGOSCOPE_SOURCE "/scenarios/" + std::string(name) + ".yaml");
  }
#else
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() == ".yaml") paths.push_back(entry.path().string());
  }
#endif
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// One that is not shipped: its tasks use SSE registers, on two threads.
inline const std::string kSseScenario = GOGOSCOPE_SOURCE "/tests/property/sse-on-two-ps.yaml";

/// How far a test follows a run: some need a million steps, with pokes left out even forever.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr std::uint64_t kMostSteps = 3'000;  // each takes several times as long
#else
inline constexpr std::uint64_t kMostSteps = 20'000;
#endif

inline Program program_of(const std::string& path) {
  auto loaded = load_scenario(path);
  EXPECT_TRUE(std::holds_alternative<LoadedScenario>(loaded)) << path;
  return std::get<LoadedScenario>(loaded).program;
}

inline std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = std::filesystem::path(info.param).stem().string();
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

}  // namespace gogoscope
