#include "emu/history/code_bytes.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostSourceBytes = std::size_t{64} << 20;

std::size_t size_of(const SourceFile& file) {
  std::size_t bytes = 0;
  for (const std::string& line : file.lines) bytes += line.size() + sizeof(std::uint64_t);
  return bytes;
}

/// False for tables that our own code could be led astray by: addresses outside the text.
bool plausible(const std::vector<SourceFile>& sources, const std::vector<Function>& functions,
               const std::vector<Instruction>& instructions, const std::vector<LineRow>& rows,
               const InlinedCalls& inlined, const Region& text) {
  for (const Instruction& i : instructions) {
    if (i.size == 0 || !text.contains(Addr(i.pc.value()), i.size)) return false;
  }
  for (const Function& f : functions) {
    if (!text.contains(Addr(f.entry.value()), f.size) || f.source >= sources.size()) return false;
  }
  for (std::size_t i = 0; i < rows.size(); ++i) {
    // The end of the last sequence may be that of the text.
    const Addr at(rows[i].pc.value());
    if (!text.contains(at) && at != text.end()) return false;
    if (rows[i].file >= sources.size() || (i > 0 && rows[i].pc <= rows[i - 1].pc)) return false;
  }
  if (!inlined.sound(sources.size())) return false;
  for (const InlinedCall& call : inlined.calls) {
    if (!text.contains(Addr(call.from.value()), call.to.value() - call.from.value())) return false;
  }
  return !functions.empty();  // of a program the instructions are not listed
}

}  // namespace

void write_code(ByteWriter& w, const Code& code, const std::vector<bool>& with_text) {
  const bool has_rows = !code.rows().empty();
  std::size_t text_bytes = 0;
  w.number(code.sources().size());
  for (std::size_t n = 0; n < code.sources().size(); ++n) {
    const SourceFile& file = code.sources()[n];
    w.text(file.name);
    w.number(static_cast<std::uint64_t>(file.language));
    const std::size_t bytes = has_rows ? size_of(file) : 0;
    const bool whole = !has_rows || (with_text[n] && text_bytes + bytes <= kMostSourceBytes);
    if (whole) text_bytes += bytes;
    w.number(whole ? file.lines.size() : 0);
    if (whole) {
      for (const std::string& line : file.lines) w.text(line);
    }
    w.number(file.intact.size());
    for (const std::string& line : file.intact) w.text(line);
  }
  w.number(code.functions().size());
  for (const Function& f : code.functions()) {
    w.text(f.name);
    for (const std::uint64_t n :
         {f.entry.value(), std::uint64_t{f.size}, static_cast<std::uint64_t>(f.kind),
          static_cast<std::uint64_t>(f.frame), std::uint64_t{f.saves_bp}, std::uint64_t{f.frame_is_ours},
          std::uint64_t{f.source}, std::uint64_t{f.line}}) {
      w.number(n);
    }
    w.number(f.pcsp.size());
    for (const SpStep& step : f.pcsp) {
      w.number(step.offset);
      w.number(static_cast<std::uint64_t>(step.delta));
    }
    w.number(f.vars.size());
    for (const FrameVar& var : f.vars) {
      w.text(var.name);
      w.text(var.type);
      w.number(static_cast<std::uint64_t>(var.offset));
      w.number(var.size);
    }
  }
  w.number(code.instructions().size());
  for (const Instruction& i : code.instructions()) {
    w.number(i.pc.value());
    w.number(i.size | std::uint64_t{i.slot} << 8 | std::uint64_t{i.prologue} << 9 |
             std::uint64_t{i.line} << 16);
    w.text(i.text);
  }
  w.number(code.data().size());
  for (const DataSymbol& d : code.data()) {
    w.text(d.name);
    w.text(d.type);
    w.number(d.addr.value());
    w.number(d.size);
  }
  if (!has_rows) return;
  w.number(code.rows().size());
  for (const LineRow& row : code.rows()) {
    w.number(row.pc.value());
    w.number(std::uint64_t{row.file} << 33 | std::uint64_t{row.line} << 1 | (row.is_stmt ? 1 : 0));
  }
  w.number(code.inlined().names.size());
  for (const std::string& name : code.inlined().names) w.text(name);
  w.number(code.inlined().calls.size());
  for (const InlinedCall& call : code.inlined().calls) {
    w.number(call.from.value());
    w.number(call.to.value());
    w.number(std::uint64_t{call.file} << 32 | call.line);
    w.number(call.name);
  }
}

std::optional<Code> read_code(ByteReader& r, const Region& text, bool has_rows, bool has_inlined) {
  std::vector<SourceFile> sources(r.count());
  for (SourceFile& file : sources) {
    file.name = r.text();
    file.language = r.number() == 0 ? SourceFile::Language::plan9 : SourceFile::Language::go;
    file.lines.resize(r.count());
    for (std::string& line : file.lines) line = r.text();
    file.intact.resize(r.count());
    for (std::string& line : file.intact) line = r.text();
  }
  std::vector<Function> functions(r.count());
  for (Function& f : functions) {
    f.name = r.text();
    f.entry = CodeAddr(r.number());
    f.size = static_cast<std::uint32_t>(r.number());
    f.kind = static_cast<FunctionKind>(r.number() % 4);
    f.frame = static_cast<std::int32_t>(r.number());
    f.saves_bp = r.number() != 0;
    f.frame_is_ours = r.number() != 0;
    f.source = static_cast<std::uint32_t>(r.number());
    f.line = static_cast<std::uint32_t>(r.number());
    f.pcsp.resize(r.count());
    for (SpStep& step : f.pcsp) {
      step.offset = static_cast<std::uint32_t>(r.number());
      step.delta = static_cast<std::int32_t>(r.number());
    }
    f.vars.resize(r.count());
    for (FrameVar& var : f.vars) {
      var.name = r.text();
      var.type = r.text();
      var.offset = static_cast<std::int32_t>(r.number());
      var.size = static_cast<std::uint8_t>(r.number());
    }
  }
  std::vector<Instruction> instructions(r.count());
  for (Instruction& i : instructions) {
    i.pc = CodeAddr(r.number());
    const std::uint64_t packed = r.number();
    i.size = static_cast<std::uint8_t>(packed);
    i.slot = (packed >> 8 & 1) != 0;
    i.prologue = (packed >> 9 & 1) != 0;
    i.line = static_cast<std::uint32_t>(packed >> 16);
    i.text = r.text();
  }
  std::vector<DataSymbol> data(r.count());
  for (DataSymbol& d : data) {
    d.name = r.text();
    d.type = r.text();
    d.addr = Addr(r.number());
    d.size = r.number();
  }
  std::vector<LineRow> rows(has_rows ? r.count() : 0);
  for (LineRow& row : rows) {
    row.pc = CodeAddr(r.number());
    const std::uint64_t packed = r.number();
    row.file = static_cast<std::uint32_t>(packed >> 33);
    row.line = static_cast<std::uint32_t>(packed >> 1);
    row.is_stmt = (packed & 1) != 0;
  }
  InlinedCalls inlined;
  if (has_inlined) {
    inlined.names.resize(r.count());
    for (std::string& name : inlined.names) name = r.text();
    inlined.calls.resize(r.count());
    for (InlinedCall& call : inlined.calls) {
      call.from = CodeAddr(r.number());
      call.to = CodeAddr(r.number());
      const std::uint64_t packed = r.number();
      call.file = static_cast<std::uint32_t>(packed >> 32);
      call.line = static_cast<std::uint32_t>(packed);
      call.name = static_cast<std::uint32_t>(r.number());
    }
  }
  // A file of that version has rows; a program has no list of instructions.
  if (has_rows && (rows.empty() || !instructions.empty())) return std::nullopt;
  if (r.failed() || !plausible(sources, functions, instructions, rows, inlined, text)) return std::nullopt;
  if (has_rows) {
    const auto no_names = std::make_shared<const std::vector<std::string>>();
    for (Function& f : functions) f.line_names = no_names;
  }
  return Code(std::move(sources), std::move(functions), std::move(instructions), std::move(data),
              std::move(rows), std::move(inlined));
}

}  // namespace gogoscope
