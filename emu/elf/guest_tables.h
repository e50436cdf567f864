// What a guest that is made of a Binary carries of it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "emu/elf/binary.h"
#include "emu/layout/release.h"

namespace gogoscope {

/// Lines of a source file by its path; empty where it is not found.
using SourceLines = std::function<std::vector<std::string>(const std::string& path)>;

/// Sources, functions and data, without instructions: those are decoded where they are needed. A function's
/// lines have no names of their own (Code::line_name).
Code code_of(const Binary& binary, const SourceLines& lines = {});

/// See emu/layout/program_release.h.
std::shared_ptr<const Release> release_of(const Binary& binary);

}  // namespace gogoscope
