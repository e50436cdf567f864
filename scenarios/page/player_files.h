// The player, as CMake has joined it from its modules, and the hashes under which a page lets it run.
// Private to this folder.
#pragma once

#include <string_view>

namespace gogoscope::page_files {

std::string_view script();
std::string_view style();
/// SHA-256 in hex.
std::string_view script_hash();
std::string_view style_hash();

}  // namespace gogoscope::page_files
