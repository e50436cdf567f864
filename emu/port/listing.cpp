#include "emu/port/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/disasm/disassemble.h"
#include "emu/port/words.h"
#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

std::string added_by_assembler(plan9::LineKind kind, const std::string& statement) {
  if (kind == plan9::LineKind::prologue) return "(prologue)";
  if (kind == plan9::LineKind::epilogue) return "(epilogue)";
  return statement;
}

/// Fields that hold addresses, by offset in their section.
using References = std::map<std::uint32_t, const plan9::Relocation*>;

References references(const plan9::Object& object, plan9::Section section) {
  References out;
  for (const plan9::Relocation& r : object.relocations) {
    if (r.section == section) out.emplace(r.offset, &r);
  }
  return out;
}

/// The field in `bytes`, which begin at `offset` of the section; null if there is none. What only a link with
/// other objects could fill is cleared.
const plan9::Relocation* field_in(const References& fields, std::uint32_t offset,
                                  std::vector<std::byte>& bytes) {
  const auto found = fields.lower_bound(offset);
  const std::size_t end = offset + bytes.size();
  if (found == fields.end() || found->first >= end) return nullptr;
  const std::size_t size = found->second->kind == plan9::RelocationKind::abs64 ? 8 : 4;
  if (!found->second->target) {
    const auto first = bytes.begin() + (found->first - offset);
    std::fill_n(first, std::min(size, end - found->first), std::byte{0});
  }
  return found->second;
}

/// An instruction of `size` bytes at `offset` with the name that its field would lead to.
std::string with_name(const Disassembled& d, const plan9::Relocation& r, std::uint32_t offset,
                      std::size_t size) {
  // The field counts from the end of the instruction.
  const std::int64_t beyond = r.addend + static_cast<std::int64_t>(offset + size - r.offset);
  const std::string name = beyond == 0 ? r.symbol : fmt::format("{}{:+}", r.symbol, beyond);
  const std::size_t rip = d.operands.find("[rip");
  if (rip == std::string::npos) return d.mnemonic + " " + name;
  return d.mnemonic + " " + d.operands.substr(0, rip + 4) + " + " + name +
         d.operands.substr(d.operands.find(']', rip));
}

/// Rows of eight bytes; an address is shown by the name of what it leads to.
Listing data_listing(const plan9::Linked& linked, const plan9::Symbol& symbol, const References& fields) {
  Listing listing{symbol.name, symbol.size, true, true, {}};
  for (std::uint32_t at = 0; at < symbol.size; at += 8) {
    ListingLine l;
    l.offset = at;
    const std::uint32_t offset = symbol.offset + at;
    const auto first = linked.data.begin() + offset;
    l.bytes.assign(first, first + std::min<std::uint32_t>(8, symbol.size - at));
    const plan9::Relocation* name = field_in(fields, offset, l.bytes);
    const bool zero = std::ranges::all_of(l.bytes, [](std::byte b) { return b == std::byte{0}; });
    if (zero && name == nullptr) continue;
    l.text = name == nullptr ? "(data)" : name->symbol;
    listing.lines.push_back(std::move(l));
  }
  return listing;
}

std::string disassembly(std::span<const std::byte> bytes, CodeAddr pc) {
  const Disassembled d = disassemble(bytes, pc);
  return d.length == bytes.size() ? d.text() : "(data)";
}

}  // namespace

std::vector<Listing> listings_of(const plan9::Object& object, const plan9::Linked& linked,
                                 std::uint64_t text_base) {
  std::vector<Listing> out;
  const References in_text = references(object, plan9::Section::text);
  const References in_data = references(object, plan9::Section::data);
  for (const plan9::Symbol& symbol : object.symbols) {
    if (symbol.section == plan9::Section::data) {
      out.push_back(data_listing(linked, symbol, in_data));
      continue;
    }
    Listing listing{symbol.name, symbol.size, true, false, {}};
    for (const plan9::Line& line : object.lines) {
      const bool inside = line.offset >= symbol.offset && line.offset - symbol.offset < symbol.size;
      if (!inside || std::uint64_t{line.offset} + line.size > linked.text.size()) continue;
      ListingLine l;
      l.offset = line.offset - symbol.offset;
      const auto first = linked.text.begin() + line.offset;
      l.bytes.assign(first, first + line.size);
      l.plan9 = added_by_assembler(line.kind, line.plan9);
      const plan9::Relocation* field = field_in(in_text, line.offset, l.bytes);
      const CodeAddr pc(text_base + line.offset);
      l.text = line.kind == plan9::LineKind::data ? "(data)"
               : field == nullptr || field->target
                   ? disassembly(l.bytes, pc)
                   : with_name(disassemble(l.bytes, pc), *field, line.offset, line.size);
      if (line.source < object.sources.size()) l.file = object.sources[line.source].name;
      l.line = line.line;
      listing.lines.push_back(std::move(l));
    }
    out.push_back(std::move(listing));
  }
  return out;
}

std::optional<Listing> listing_of(const Guest& guest, std::string_view symbol) {
  const Function* f = guest.code.function(symbol);
  if (f == nullptr || guest.boot == nullptr) return std::nullopt;
  Listing listing{f->name, f->size, !guest.code.is_modelled(*f), false, {}};
  for (const Instruction& insn : guest.code.instructions()) {
    if (!f->contains(insn.pc)) continue;
    ListingLine l;
    l.offset = static_cast<std::uint32_t>(insn.pc - f->entry);
    l.bytes.resize(insn.size);
    if (!guest.boot->read(Addr(insn.pc.value()), l.bytes)) l.bytes.clear();
    const bool told = insn.text.substr(0, 1) == "(";  // "(epilogue)"
    l.plan9 = insn.prologue && !told ? "(prologue)" : insn.text;
    l.text = disassembly(l.bytes, insn.pc);
    if (f->source < guest.code.sources().size()) l.file = guest.code.sources()[f->source].name;
    l.line = insn.line;
    l.slot = insn.slot;
    listing.lines.push_back(std::move(l));
  }
  return listing;
}

void write_listing_text(std::ostream& out, const std::vector<Listing>& listings) {
  for (const Listing& listing : listings) {
    out << column_text(fmt::format("{} {}: {} bytes{}", listing.data ? "DATA" : "TEXT", listing.symbol,
                                   listing.size, listing.real ? "" : " (modelled)"))
        << '\n';
    for (const ListingLine& l : listing.lines) {
      const std::string place = l.file.empty() ? std::string() : fmt::format("{}:{}", l.file, l.line);
      out << column_text(fmt::format("  {:<6} {:<30} {:<40} {:<44} {}", fmt::format("{:#x}", l.offset),
                                     hex_bytes(l.bytes), l.plan9, l.text, place))
          << '\n';
    }
  }
}

void write_listing_json(std::ostream& out, const std::vector<Listing>& listings) {
  using Json = nlohmann::ordered_json;
  Json all = Json::array();
  for (const Listing& listing : listings) {
    Json lines = Json::array();
    for (const ListingLine& l : listing.lines) {
      lines.push_back({{"offset", l.offset},
                       {"bytes", hex_bytes(l.bytes)},
                       {"plan9", column_text(l.plan9)},
                       {"text", l.text},
                       {"file", column_text(l.file)},
                       {"line", l.line},
                       {"slot", l.slot}});
    }
    Json one = {{"symbol", column_text(listing.symbol)}, {"size", listing.size}, {"real", listing.real}};
    if (listing.data) one["data"] = true;
    one["lines"] = std::move(lines);
    all.push_back(std::move(one));
  }
  write_json(out, listings.size() == 1 ? all[0] : all, 1);
}

}  // namespace gogoscope
