#include "emu/port/program_listing.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <ostream>
#include <span>

#include "asm/text/printable.h"
#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "emu/disasm/named_operands.h"
#include "emu/port/words.h"
#include "emu/port/write_json.h"

namespace gogoscope {
namespace {

/// "runtime.mcall", "runtime.mcall+0x10", "runtime.sched+0x18"; empty where nothing has a name.
std::string name_at(const Binary& binary, std::uint64_t address) {
  if (const Function* const f = binary.function_at(CodeAddr(address))) {
    const std::int64_t inside = CodeAddr(address) - f->entry;
    return inside == 0 ? f->name : fmt::format("{}+{:#x}", f->name, inside);
  }
  const auto after = std::upper_bound(binary.data.begin(), binary.data.end(), Addr(address),
                                      [](Addr a, const DataSymbol& d) { return a < d.addr; });
  if (after == binary.data.begin()) return {};
  const DataSymbol& d = *std::prev(after);
  const std::int64_t inside = Addr(address) - d.addr;
  if (static_cast<std::uint64_t>(inside) >= d.size) return {};
  return inside == 0 ? d.name : fmt::format("{}+{:#x}", d.name, inside);
}

std::string instruction_text(const Binary& binary, const Disassembled& d, const Decoded& decoded,
                             std::uint64_t pc) {
  Disassembled named = d;
  named.operands = named_operands(d, decoded, CodeAddr(pc),
                                  [&](std::uint64_t address) { return name_at(binary, address); });
  return named.text();
}

/// Asks for each file once.
class Sources {
 public:
  Sources(const Binary& binary, const SourceLines& lines) : binary_(binary), lines_(lines) {}
  /// Empty where the file is not found, or has no such line.
  std::string line(std::uint32_t file, std::uint32_t number) {
    if (!lines_ || file >= binary_.files.size() || number == 0) return {};
    auto known = read_.find(file);
    if (known == read_.end()) known = read_.emplace(file, lines_(binary_.files[file])).first;
    return number <= known->second.size() ? column_text(known->second[number - 1]) : std::string();
  }

 private:
  const Binary& binary_;
  const SourceLines& lines_;
  std::map<std::uint32_t, std::vector<std::string>> read_;
};

std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

ProgramListing listing_of(const Binary& binary, const Function& function) {
  ProgramListing out{function.name, function.size, function.frame, {}};
  const LoadSegment* const text = binary.segment_at(Addr(function.entry.value()), function.size);
  if (text == nullptr) return out;
  const auto first = static_cast<std::size_t>(Addr(function.entry.value()) - text->addr);
  // Behind the bytes of the file a segment is zero: no code is there.
  if (first >= text->bytes.size()) return out;
  const auto code =
      std::span(text->bytes).subspan(first, std::min<std::size_t>(function.size, text->bytes.size() - first));
  for (std::size_t at = 0; at < code.size();) {
    const CodeAddr pc = function.entry + static_cast<std::int64_t>(at);
    const auto rest = code.subspan(at, std::min<std::size_t>(code.size() - at, 15));
    const Disassembled d = disassemble(rest, pc);
    const Decoded decoded = decode(rest, pc);
    const bool known = d.length != 0 && d.length <= rest.size();
    const std::size_t length = known ? d.length : 1;
    ProgramInstruction i;
    i.offset = static_cast<std::uint32_t>(at);
    i.bytes.assign(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length));
    i.text = known ? instruction_text(binary, d, decoded, pc.value()) : "(data)";
    if (const LineRow* const row = binary.line_at(pc)) {
      i.file = row->file;
      i.line = row->line;
      i.is_stmt = row->is_stmt && row->pc == pc;
    }
    out.instructions.push_back(std::move(i));
    at += length;
  }
  return out;
}

void write_program_listing_text(std::ostream& out, const Binary& binary,
                                const std::vector<ProgramListing>& listings, const SourceLines& source) {
  Sources sources(binary, source);
  out << fmt::format("Go {} linux/amd64\n", binary.layout.release());
  for (const ProgramListing& listing : listings) {
    out << column_text(
               fmt::format("TEXT {}: {} bytes, frame {}", listing.symbol, listing.size, listing.frame))
        << '\n';
    std::uint32_t file = Binary::kNoFile, line = 0;
    for (const ProgramInstruction& i : listing.instructions) {
      if (i.line != 0 && (i.file != file || i.line != line)) {
        file = i.file;
        line = i.line;
        const std::string place = fmt::format("{}:{}", file_name(binary.files[file]), line);
        out << column_text(fmt::format("  {:<30} {}", place, sources.line(file, line))) << '\n';
      }
      out << column_text(fmt::format("    {:<6} {:<30} {}", fmt::format("{:#x}", i.offset),
                                     hex_bytes(i.bytes), i.text))
          << '\n';
    }
  }
}

void write_program_listing_json(std::ostream& out, const Binary& binary,
                                const std::vector<ProgramListing>& listings, const SourceLines& source) {
  using Json = nlohmann::ordered_json;
  Sources sources(binary, source);
  Json functions = Json::array();
  for (const ProgramListing& listing : listings) {
    Json lines = Json::array();
    for (const ProgramInstruction& i : listing.instructions) {
      const bool known = i.file < binary.files.size();
      lines.push_back({{"offset", i.offset},
                       {"bytes", hex_bytes(i.bytes)},
                       {"text", i.text},
                       {"file", known ? column_text(binary.files[i.file]) : ""},
                       {"line", i.line},
                       {"is_stmt", i.is_stmt},
                       {"source", sources.line(i.file, i.line)}});
    }
    functions.push_back({{"symbol", column_text(listing.symbol)},
                         {"size", listing.size},
                         {"frame", listing.frame},
                         {"lines", std::move(lines)}});
  }
  write_json(out, Json{{"go", binary.layout.release()}, {"functions", std::move(functions)}}, 1);
}

}  // namespace gogoscope
