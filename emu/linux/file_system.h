// The files that a process finds: a handful that the Go runtime asks for, and those that were given to it,
// whose bytes are guest memory. Nothing of the host is among them. Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "emu/linux/process.h"

namespace gogoscope::os {

/// Where its bytes are: at `at` if it was given to the process, else in `known`.
struct FileContent {
  std::string_view known;
  Addr at;
  std::uint64_t size = 0;
};

/// "/data.txt" of "data.txt" and "/x/../data.txt": the working directory is the root.
std::string absolute_path(std::string_view path);

/// The number of a file, by its absolute path; nothing if there is none.
std::optional<std::uint64_t> find_file(const ProcessOptions& process, std::string_view path);
/// Whether it is the root, or a folder above a file that was given to the process.
bool is_folder(const ProcessOptions& process, std::string_view path);
/// By its number; empty where a damaged number names none.
FileContent file_content(const ProcessOptions& process, std::uint64_t number);
FileContent standard_input(const ProcessOptions& process);

/// What is wrong with the files of a process; empty if nothing is.
Message wrong_files(const ProcessOptions& process);
/// Their bytes, in the order in which they lie in memory.
std::string all_file_bytes(const ProcessOptions& process);

}  // namespace gogoscope::os
