// Pictures as PNG files, through libpng. Cost: 50 ms for 1600 x 1000.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "ui/picture/picture.h"

namespace gogoscope {

std::variant<std::vector<std::uint8_t>, Message> encode_png(const Picture& picture);

/// Replaces the file; an empty message if all went well, and no half file if not.
Message write_png(const std::string& path, const Picture& picture);

std::variant<Picture, Message> read_png(const std::string& path);

}  // namespace gogoscope
