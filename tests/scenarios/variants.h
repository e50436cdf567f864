// The ways in which a line of the runtime can be wrong that a machine can think of: the line left out, what
// it asks answered always one way, what it stores with a flipped bit.
#pragma once

#include <string>
#include <vector>

#include "emu/runtime/mutation.h"

namespace gogoscope {

/// One line, wrong in one way.
struct Variant {
  CodeLine line;
  std::string what;  ///< "left out", "always", "wrong-value"
  Mutation mutation;
  bool lets_pass = false;  ///< a throw, or its condition, that now does not throw
};

/// The functions of the listings, then the modelled ones, in the order of the guest's text.
std::vector<std::string> functions_with_lines();
/// All variants of a function, in the order of its lines.
std::vector<Variant> variants_of(const std::string& function);

}  // namespace gogoscope
