#include "emu/check/applicable.h"

#include "emu/check/needs.h"

namespace gogoscope {

std::vector<Applicable> applicable_invariants(const Release& release) {
  std::vector<Applicable> out;
  for (const InvariantInfo& one : invariants())
    out.push_back({one.id, check::not_applicable(release, one.id).value_or(Text())});
  return out;
}

}  // namespace gogoscope
