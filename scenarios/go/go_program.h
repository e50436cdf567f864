// A Go program that a path names: a file that `go build` has made, a .go file, or a folder of them.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/elf/binary.h"
#include "emu/elf/guest_tables.h"

namespace gogoscope {

struct NoProgram {
  Message why;
  std::string printed;  ///< what go said of the sources; lines fit for a terminal
};

/// Whether a path is that of a Go program and not, say, a symbol: a folder, "F.go", or a file that is there
/// and no listing of assembly.
bool names_program(const std::string& path);

/// Builds what is not built yet, in a temporary folder that is gone afterwards. To be called from a process
/// that has one thread. Cost: 0.1 s for a small program that is built; else what go takes, two minutes at
/// most.
std::variant<Binary, NoProgram> open_go_program(const std::string& path);

/// Lines of a file of Go or of assembly; empty where there is none that can be read.
std::vector<std::string> go_source_lines(const std::string& path);

/// Answers with the lines of a program's source files: those at the path that it names, and those of Go
/// itself also in the GOROOT of the go that is installed, if that is of the release that built the program.
/// Of all files together 64 MB. The binary must outlive it.
SourceLines sources_of(const Binary& binary);

}  // namespace gogoscope
