// What a static linux/amd64 program made by Go says of itself, as plain values: ELF, symbols, DWARF. No
// engine is needed to have it, and no library to read it.
//
//   auto read = read_binary(bytes_of_the_file);  // a Binary, or a Message that says what would be right
//   const Function* f = binary.function("main.main");
//   const LineRow* row = binary.line_at(f->entry);  // binary.files[row->file] : row->line
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "asm/text/message.h"
#include "emu/guest/code.h"
#include "emu/layout/layout.h"

namespace gogoscope {

/// What the kernel maps: PT_LOAD. Neither end need be at a page boundary; what of the first and the last page
/// is not in the segment is not said here.
struct LoadSegment {
  Addr addr;
  std::uint64_t size = 0;        ///< bytes in memory; those behind `bytes` are zero
  std::vector<std::byte> bytes;  ///< of the file
  bool readable = false;
  bool writable = false;
  bool executable = false;
  Addr end() const { return addr + static_cast<std::int64_t>(size); }
};

struct Binary {
  std::string go;        ///< the release that built it, as `go version` prints it: "go1.19.8"
  CodeAddr entry;        ///< of the process
  Addr program_headers;  ///< where they are in memory: AT_PHDR
  std::uint32_t program_header_count = 0;
  std::uint32_t program_header_size = 56;

  std::vector<LoadSegment> segments;  ///< by address; they do not overlap
  /// By address, as the symbol table names them: an assembly function that has a wrapper for Go's own calling
  /// convention is "runtime.gogo.abi0". Kind real; of what has a source `source` indexes `files` and `line`
  /// is that of its entry, otherwise `source` is kNoFile.
  std::vector<Function> functions;
  /// By address: what has a size in .data, .bss, .noptrdata, .noptrbss and .rodata. Types by DWARF, as
  /// layouts write them ("g", "[]*g"); empty where it does not say.
  std::vector<DataSymbol> data;
  std::vector<std::string> files;  ///< of the line tables: absolute paths
  std::vector<LineRow> lines;      ///< by PC, no two with the same one; LineRow::file indexes `files`
  InlinedCalls inlined;            ///< their files index `files`; each range is inside a function
  /// g, m, p, gobuf, schedt and the structs inside them. Its release is "1.19.8".
  Layout layout{"", "", {}};

  static constexpr std::uint32_t kNoFile = ~std::uint32_t{0};

  /// Null if there is none. Cost: a walk over the functions.
  const Function* function(std::string_view name) const;
  /// The function that holds `pc`, or null. Cost: a binary search.
  const Function* function_at(CodeAddr pc) const;
  /// The row that holds at `pc`, or null where no line is known. Cost: a binary search.
  const LineRow* line_at(CodeAddr pc) const;
  /// Null if there is none. Cost: a walk over the data.
  const DataSymbol* symbol(std::string_view name) const;
  /// The segment that holds all of [addr, addr + bytes), or null.
  const LoadSegment* segment_at(Addr addr, std::uint64_t bytes = 1) const;
};

/// No file is larger; nor has one more functions, data symbols, files or rows than the numbers below.
inline constexpr std::size_t kMaxBinaryBytes = std::size_t{256} << 20;

/// The Binary in the bytes of a file, or why there is none. They are hostile: a process of its own with
/// limits reads them, and its death is a message. Like all that forks, to be called from a process that has
/// one thread. Cost: about 0.1 s for a small program.
std::variant<Binary, Message> read_binary(std::string_view file);
/// The same in this process.
std::variant<Binary, Message> read_binary_here(std::string_view file);

}  // namespace gogoscope
