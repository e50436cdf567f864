// An assignment at a moment: what the names in it mean there.
#pragma once

#include <variant>

#include "asm/text/message.h"
#include "emu/guest/guest.h"
#include "emu/history/edit.h"
#include "emu/session/command.h"

namespace gogoscope {

/// The edit that an assignment means in a state; or what is wrong: no such field, no such name, a field that
/// is not a number, a value that does not fit. Cost: that of Names.
std::variant<Edit, Message> resolve(const Assignment& assignment, const Guest& guest, const StateView& state);

}  // namespace gogoscope
