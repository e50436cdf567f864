// A guest program, ready to boot: its memory, its code, the Go release that it is of. What a session runs and
// a trace carries; the lesson machine of emu/runtime is one maker of guests.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "emu/guest/code.h"
#include "emu/guest/image.h"
#include "emu/guest/turns.h"

namespace gogoscope {

struct Release;

struct Guest {
  std::string name;                        ///< what it is called on screen: the scenario's file name
  std::shared_ptr<const Release> release;  ///< of Go: what its structs and statuses mean
  AddressMap map;
  Code code;
  /// State 0: text and data in place, RIP and RSP of thread 0 set.
  /// Held by pointer since an Image refers to `map`; a Guest is therefore built in place and not moved.
  std::unique_ptr<Image> boot;
  Turns turns;                            ///< which thread moves next
  std::uint64_t step_budget = 1'000'000;  ///< a run stops with reason "budget" after so many steps

  Guest() = default;
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;
};

}  // namespace gogoscope
