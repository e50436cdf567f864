// A Go program that a path names: a file that `go build` has made, a .go file, or a folder of them.
#pragma once

#include <memory>
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

/// While one exists, what go_program opens stays, for those who ask for it again and in the processes that
/// are forked meanwhile: one run of the tool builds a program once. Not while files may change, as in the
/// window.
class KeptPrograms {
 public:
  KeptPrograms();
  ~KeptPrograms();
  KeptPrograms(const KeptPrograms&) = delete;
  KeptPrograms& operator=(const KeptPrograms&) = delete;
};
std::variant<std::shared_ptr<const Binary>, NoProgram> go_program(const std::string& path);

/// Whether a path leads to a Go program rather than to a scenario or a trace: an ELF file, a .go file, or a
/// folder in which there are some.
bool leads_to_program(const std::string& path);

/// What a program is called: "hello" of "/home/me/hello", "hello.go" and "hello/".
std::string program_name(const std::string& path);

/// Lines of a file of Go or of assembly; empty where there is none that can be read. For listings.
std::vector<std::string> go_source_lines(const std::string& path);

/// Answers with the lines of a program's source files: those at the path that it names, and those of Go
/// itself also in the GOROOT of the go that is installed, if that is of the release that built the program.
/// Of all files together 64 MB. The binary must outlive it.
SourceLines sources_of(const Binary& binary);

}  // namespace gogoscope
