// The files that a process finds: a handful that the Go runtime asks for. Nothing of the host is among them.
// Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gogoscope::os {

struct KnownFile {
  std::string_view path;
  std::string_view content;
};

/// The number of a file, by its path; nothing if there is none.
std::optional<std::uint64_t> find_file(std::string_view path);
/// By its number; empty where a damaged number names none.
std::string_view file_content(std::uint64_t number);

}  // namespace gogoscope::os
