// Which invariants can be judged in a program of some release, and why the others cannot.
#pragma once

#include <vector>

#include "asm/text/language.h"
#include "emu/check/invariant.h"
#include "emu/layout/release.h"

namespace gogoscope {

struct Applicable {
  Invariant id = Invariant::sp_in_tls_g;
  Text why_not;  ///< which field the release lacks; empty of one that is judged at every step
};

/// All invariants, in the order of their ids.
std::vector<Applicable> applicable_invariants(const Release& release);

}  // namespace gogoscope
