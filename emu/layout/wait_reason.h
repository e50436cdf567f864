// Why a goroutine waits, in Go's words.
#pragma once

#include <cstdint>
#include <string>

#include "emu/guest/guest.h"
#include "emu/guest/memory_view.h"

namespace gogoscope {

/// What g.waitreason says: "chan receive". A program has the words of its release in
/// runtime.waitReasonStrings; a lesson, which has none, gets those of 1.16. Empty where there is no word.
std::string wait_reason(const Guest& guest, const MemoryView& memory, std::uint64_t reason);

}  // namespace gogoscope
