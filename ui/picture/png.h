// Pictures as PNG files, through libpng. Errors are sentences. Cost: 50 ms for 1600 x 1000.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "ui/picture/picture.h"

namespace gogoscope {

std::variant<std::vector<std::uint8_t>, std::string> encode_png(const Picture& picture);

/// Replaces the file; an empty sentence if all went well, and no half file if not.
std::string write_png(const std::string& path, const Picture& picture);

std::variant<Picture, std::string> read_png(const std::string& path);

}  // namespace gogoscope
