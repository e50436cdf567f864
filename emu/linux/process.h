// A process made of a Go program: the file's segments, a stack as the kernel hands it over, and a small Linux
// beneath it, whose state is guest memory and whose calls are steps.
//
//   auto made = make_process(std::move(binary), {.arguments = {"/hello"}});  // a Program, or why not
//
// The process reaches nothing of the host: not its files, network, clock, processors or chance. What it asks
// for and is not there is answered as Linux answers it (ENOSYS, ENOENT), and noted (absent.h). Left out:
// timers that send signals, queues of real-time signals, fork and exec, sockets, files that are written.
//
//   0x000000400000  text, rodata, data   the file's segments
//   0x00c000000000  heap                 where Go asks for its arenas
//   0x7f0000000000  mmap                 what is mapped at no place in particular
//   0x7fffff7ff000  stack                8 MB
//   0xffff888000000000  kernel           its own words (words.h)
//   0xffff889000000000  files            standard input and the files that were given to it
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/elf/binary.h"
#include "emu/elf/guest_tables.h"
#include "emu/machine/program.h"

namespace gogoscope {

/// A file that the process finds, which it can only read.
struct ProcessFile {
  std::string path;  ///< absolute: "/data/input.txt"
  std::string content;
};

/// What files and standard input may have together.
inline constexpr std::size_t kMostFileBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMostProcessFiles = 64;

struct ProcessOptions {
  std::string name;                      ///< what the guest is called on screen
  std::vector<std::string> arguments;    ///< with the program's own name first
  std::vector<std::string> environment;  ///< "NAME=VALUE"
  std::string input;                     ///< its standard input
  std::vector<ProcessFile> files;
  int procs = 1;  ///< CPUs that it sees
  Turns turns{.quantum = 10'000};
  std::uint64_t seed = 1;  ///< of AT_RANDOM and getrandom
  std::uint64_t step_budget = 20'000'000;
  SourceLines sources = {};  ///< texts of the program's source files; asked for each of them
};

/// Cost: that of copying the segments.
std::variant<Program, Message> make_process(const Binary& binary, const ProcessOptions& options);

}  // namespace gogoscope
