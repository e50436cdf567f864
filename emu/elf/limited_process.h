// Work on hostile input in a process of its own: a copy of this one that may neither grow much, nor run long,
// nor open or write files. It sends bytes home; its death is a message. Private to this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>

#include "asm/text/message.h"

namespace gogoscope {

struct ProcessLimits {
  std::uint64_t memory = std::uint64_t{2} << 30;  ///< bytes of address space besides what this process has
  unsigned cpu_seconds = 20;
  std::uint64_t answer = std::uint64_t{2} << 30;  ///< bytes
};

/// What the work has returned, or how its process ended. This process must have one thread.
std::variant<std::string, Message> in_limited_process(const std::function<std::string()>& work,
                                                      const ProcessLimits& limits = {});

}  // namespace gogoscope
