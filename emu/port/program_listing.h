// Functions of a Go program as they are: machine code, and the lines of the source that it was made of.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "emu/elf/binary.h"
#include "emu/elf/guest_tables.h"

namespace gogoscope {

struct ProgramInstruction {
  std::uint32_t offset = 0;  ///< from the function's entry
  std::vector<std::byte> bytes;
  std::string
      text;  ///< Intel syntax, names instead of addresses; "(data)" where the bytes are no instruction
  std::uint32_t file = Binary::kNoFile;  ///< index into Binary::files
  std::uint32_t line = 0;                ///< 0 where no line is known
  bool is_stmt = false;                  ///< the row of the line table that begins here says so
};

struct ProgramListing {
  std::string symbol;
  std::uint32_t size = 0;
  std::int32_t frame = 0;                        ///< bytes that the prologue lowers SP by
  std::vector<ProgramInstruction> instructions;  ///< every byte is in exactly one of them
};

/// The function must be one of the binary's. Cost: some microseconds an instruction.
ProgramListing listing_of(const Binary& binary, const Function& function);

/// A line of source, then the instructions that it was made into. `source` is asked once for each file.
void write_program_listing_text(std::ostream& out, const Binary& binary,
                                const std::vector<ProgramListing>& listings, const SourceLines& source);
/// {"go":"1.19.8","functions":[{"symbol","size","frame","lines":[{"offset","bytes","text","file","line",
/// "is_stmt","source"}]}]}
void write_program_listing_json(std::ostream& out, const Binary& binary,
                                const std::vector<ProgramListing>& listings, const SourceLines& source);

}  // namespace gogoscope
