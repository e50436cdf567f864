// An assembled function, line by line: offset, bytes, Plan 9 statement, Intel disassembly, source line.
// Every byte of the function is in exactly one line.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/assembler.h"
#include "emu/guest/guest.h"

namespace gogoscope {

struct ListingLine {
  std::uint32_t offset = 0;
  std::vector<std::byte> bytes;
  std::string plan9;  ///< "(prologue)" and "(epilogue)" for what the assembler added
  std::string text;   ///< Intel syntax
  std::string file;
  std::uint32_t line = 0;
  bool slot = false;  ///< a place where the host acts for a modelled Go line
};

struct Listing {
  std::string symbol;
  std::uint32_t size = 0;
  bool real = true;   ///< false for modelled functions
  bool data = false;  ///< of DATA and GLOBL: eight bytes a line, without those that are zero
  std::vector<ListingLine> lines;
};

/// Of everything that the object defines, functions first. `linked` is the object's own link; what it names
/// and does not define is shown as a name, and its field as zeros.
std::vector<Listing> listings_of(const plan9::Object& object, const plan9::Linked& linked,
                                 std::uint64_t text_base = 0x401000);
/// Of a guest's function; nothing if there is none of that name.
std::optional<Listing> listing_of(const Guest& guest, std::string_view symbol);

void write_listing_text(std::ostream& out, const std::vector<Listing>& listings);
/// One object for one function, an array of them for several.
void write_listing_json(std::ostream& out, const std::vector<Listing>& listings);

}  // namespace gogoscope
