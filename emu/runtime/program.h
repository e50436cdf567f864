// The lesson machine: shipped listings, modelled Go functions and the tasks of a scenario, linked into
// one guest like a Go process for linux/amd64.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "asm/assembler.h"
#include "emu/guest/guest.h"
#include "emu/machine/program.h"
#include "emu/runtime/lesson_release.h"
#include "emu/runtime/mutation.h"

namespace gogoscope {

struct ProgramOptions {
  std::string name;                                          ///< what the guest is called on screen
  const LessonRelease* release = &default_lesson_release();  ///< must outlive the building
  std::vector<plan9::Source> bodies;  ///< the tasks, in Plan 9 assembly; main·main is the main goroutine's
  plan9::IncludeResolver include;
  int procs = 1;
  Turns turns;          ///< which thread moves next
  bool sysmon = false;  ///< runtime.main starts sysmon, as an M without a P
  std::uint64_t heap_bytes = 1 << 20;
  std::uint64_t step_budget = 1'000'000;
  bool race = false;  ///< raceenabled
  std::string goos = "linux";
  std::string goarch = "amd64";
  std::vector<Mutation> mutations;  ///< lines of the runtime left out or replaced
};

/// Assembles, links, lays out. Errors are those of the bodies' text and of mutations. Cost: 2 ms, and 20 ms
/// more for the first program of a release, whose runtime is then known.
std::variant<Program, std::vector<Diagnostic>> build_program(const ProgramOptions& options);

/// What an assembler text is assembled with under a release: the constants gobuf_sp, g_sched, m_tls, ... from
/// its layout, and its stack check.
plan9::Options assembler_options(const LessonRelease& release);

}  // namespace gogoscope
