// What a program has written, read from the events of its record.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "emu/history/event.h"

namespace gogoscope {

/// The bytes that came to a file in the steps before step `before`. Cost: linear in the events up to there.
std::string output(std::span<const Event> events, int fd, std::uint64_t before);

/// The step that wrote the byte at `offset` of that; nothing if there are not as many.
std::optional<std::uint64_t> writer(std::span<const Event> events, int fd, std::size_t offset);

}  // namespace gogoscope
