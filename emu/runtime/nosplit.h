// Go's linker on stacks: functions without a stack check must fit, one below the other, into the bytes that
// the last check leaves below SP.
#pragma once

#include <cstddef>
#include <vector>

#include "asm/assembler.h"
#include "emu/guest/code.h"

namespace gogoscope {

struct NosplitOverflow {
  std::size_t function;  ///< index of the task that the chain begins in
  plan9::Message message;
};

/// The chains of calls that begin in a task and are too deep. `functions` are those of the object's text, in
/// its order, its text at `text_base`; `branches` are the offsets of its direct jumps and of all its calls,
/// in order. Sizes of modelled functions are Go's; where one is ours, the chain ends there without a verdict,
/// since nobody knows how deep the real one is. Source: dostkcheck in cmd/link/internal/ld/lib.go of Go 1.16.
/// Cost: linear in the text.
std::vector<NosplitOverflow> nosplit_overflows(const plan9::Object& object, const plan9::Linked& linked,
                                               const std::vector<Function>& functions,
                                               const std::vector<std::uint32_t>& branches,
                                               std::uint64_t text_base);

}  // namespace gogoscope
