// Values of fields as the panels write them: in one piece, and as they were before the executed step.
#pragma once

#include <cstdint>
#include <string>

#include "emu/session/views/field_value.h"
#include "ui/view.h"

namespace gogoscope {

/// In one piece: "running", "g2", "0xc000016fd8".
std::string short_value(const FieldValue& value);

/// What the bytes held before the executed step, given what they hold now.
std::uint64_t value_before(const View& view, Addr addr, std::uint32_t size, std::uint64_t now);

}  // namespace gogoscope
