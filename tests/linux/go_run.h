// The Go program of these tests in the machine.
#pragma once

#include <gtest/gtest.h>

#include "emu/check/run_events.h"
#include "emu/linux/process.h"
#include "emu/machine/machine.h"
#include "tests/linux/go_program.h"

namespace gogoscope {

class GoTest : public testing::Test {
 protected:
  void SetUp() override {
    if (go_program() == nullptr) GTEST_SKIP() << "go is not installed: nothing to run";
  }
};

struct RunSettings {
  std::uint32_t quantum = 10'000;
  std::uint64_t budget = 20'000'000;
  int procs = 1;
  std::vector<std::string> environment = {};
};

Program process(const std::vector<std::string>& arguments, const RunSettings& settings = {});

/// A process and its record.
struct Recording {
  explicit Recording(Program made) : program(std::move(made)), machine(program.guest, program.slots, trace) {}
  void to_the_end() { machine.run(program.guest->step_budget - trace.steps()); }
  std::vector<Event> events() const;
  Done done() const;
  Image last() const;

  Program program;
  Trace trace{program.guest};
  Machine machine;
};

Done in_the_machine(const std::vector<std::string>& arguments, const RunSettings& settings = {});

/// Standard output, standard error and the exit code; of addresses and numbers of goroutines only that there
/// are some.
void expect_the_same_natively(const std::string& part, const RunSettings& settings = {});

}  // namespace gogoscope
