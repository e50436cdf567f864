#include "emu/port/listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "emu/disasm/disassemble.h"
#include "emu/port/words.h"

namespace gogoscope {
namespace {

std::string added_by_assembler(plan9::LineKind kind, const std::string& statement) {
  if (kind == plan9::LineKind::prologue) return "(prologue)";
  if (kind == plan9::LineKind::epilogue) return "(epilogue)";
  return statement;
}

std::string disassembly(std::span<const std::byte> bytes, CodeAddr pc) {
  const Disassembled d = disassemble(bytes, pc);
  return d.length == bytes.size() ? d.text() : "(data)";
}

}  // namespace

std::vector<Listing> listings_of(const plan9::Object& object, const plan9::Linked& linked,
                                 std::uint64_t text_base) {
  std::vector<Listing> out;
  for (const plan9::Symbol& symbol : object.symbols) {
    if (symbol.section != plan9::Section::text) continue;
    Listing listing{symbol.name, symbol.size, true, {}};
    for (const plan9::Line& line : object.lines) {
      const bool inside = line.offset >= symbol.offset && line.offset - symbol.offset < symbol.size;
      if (!inside || std::uint64_t{line.offset} + line.size > linked.text.size()) continue;
      ListingLine l;
      l.offset = line.offset - symbol.offset;
      const auto first = linked.text.begin() + line.offset;
      l.bytes.assign(first, first + line.size);
      l.plan9 = added_by_assembler(line.kind, line.plan9);
      l.text = line.kind == plan9::LineKind::data ? "(data)"
                                                  : disassembly(l.bytes, CodeAddr(text_base + line.offset));
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
  Listing listing{f->name, f->size, !guest.code.is_modelled(*f), {}};
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
    out << column_text(fmt::format("TEXT {}: {} bytes{}", listing.symbol, listing.size,
                                   listing.real ? "" : " (modelled)"))
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
    all.push_back({{"symbol", column_text(listing.symbol)},
                   {"size", listing.size},
                   {"real", listing.real},
                   {"lines", std::move(lines)}});
  }
  out << (listings.size() == 1 ? all[0] : all).dump(1) << '\n';
}

}  // namespace gogoscope
