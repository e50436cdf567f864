// The real side without a process: the same programs as `go build` has made them, run by the machine.
#pragma once

#include <memory>
#include <string>

#include "emu/elf/binary.h"
#include "emu/session/session.h"
#include "tests/oracle/real_go.h"

namespace gogoscope::oracle {

/// real_go/PROGRAM.go as main, without optimisation, built together with these tests; null where there was no
/// go to build it with.
std::shared_ptr<const Binary> real_go_binary(const std::string& program);

/// The same, and null also where that go is of another release than the tables of differences are about.
std::shared_ptr<const Binary> real_go_binary_of_tables(const std::string& program);

struct MachineSettings {
  int procs = 1;
  std::uint32_t quantum = 10'000;  ///< steps until the next thread's turn
};

/// To the exit, as recordings are made: without garbage collection and preemption by signals. Cost: some
/// 200,000 steps.
std::unique_ptr<Session> run_in_the_machine(const std::string& program, const Binary& binary,
                                            const MachineSettings& settings = {});

}  // namespace gogoscope::oracle
