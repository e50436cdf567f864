// Calls that a compiler has replaced by the body of the function that they call. Where PC is in such a body a
// traceback shows the call, as Go's do, though no frame on the stack is its own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "emu/guest/address.h"

namespace gogoscope {

struct InlinedCall {
  CodeAddr from, to;       ///< [from, to): instructions of the body; it may have several such ranges
  std::uint32_t name = 0;  ///< of the function called: index into InlinedCalls::names
  std::uint32_t file = 0;  ///< where the call is: index into the sources
  std::uint32_t line = 0;  ///< counts from 1; 0: not known
  bool operator==(const InlinedCall&) const = default;
};

struct InlinedCalls {
  std::vector<std::string> names;
  /// By `from`, of several at one address the outer one first. Those of a function are inside it, and each
  /// is inside the one around it.
  std::vector<InlinedCall> calls;

  /// Sorts what was added outer ones first.
  void sort();
  /// Those whose bodies hold `pc`, the innermost first, in the function that begins at `entry`. Cost: a
  /// binary search, and a walk over those of the function before `pc`.
  std::vector<const InlinedCall*> at(CodeAddr pc, CodeAddr entry) const;
  /// Whether names and ranges are what is said above, with so many sources.
  bool sound(std::size_t sources) const;
};

}  // namespace gogoscope
