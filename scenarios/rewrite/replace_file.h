// Writes a file as a whole or not at all.
#pragma once

#include <string>

#include "asm/text/message.h"

namespace gogoscope {

/// Writes beside the file and renames; permissions of one that is there stay. Why not, if it could not be
/// done: then what was there is untouched.
Message replace_file(const std::string& path, const std::string& text);

}  // namespace gogoscope
