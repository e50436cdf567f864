#include "scenarios/page/code_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "asm/seed_comments.h"
#include "asm/text/printable.h"
#include "emu/disasm/code_text.h"
#include "emu/disasm/decode.h"
#include "emu/disasm/disassemble.h"
#include "emu/disasm/named_operands.h"
#include "emu/session/arrival.h"

namespace gogoscope {

using Json = nlohmann::ordered_json;

namespace {

const char* kind_name(FunctionKind kind) {
  switch (kind) {
    case FunctionKind::real:
      return "real";
    case FunctionKind::modelled:
      return "modelled";
    case FunctionKind::task:
      return "task";
    case FunctionKind::changed:
      return "changed";
  }
  return "";
}

std::string hex(std::span<const std::byte> bytes) {
  std::string out;
  for (const std::byte b : bytes) out += fmt::format("{:02x}", static_cast<int>(b));
  return out;
}

/// A line of a listing, or what a slot is called: a pair where it differs between the languages.
Json listed(const std::string& text) {
  std::string en = printable(plan9::listing_line(text, Language::en));
  std::string zh = printable(plan9::listing_line(text, Language::zh));
  if (en == zh) return en;
  return {std::move(en), std::move(zh)};
}

/// Texts, each once: many instructions read the same.
class Words {
 public:
  /// Counts from 1.
  int of(const std::string& text) {
    const auto [at, is_new] = numbers_.try_emplace(text, static_cast<int>(all_.size()) + 1);
    if (is_new) all_.push_back(listed(text));
    return at->second;
  }
  const Json& json() const { return all_; }

 private:
  Json all_ = Json::array();
  std::unordered_map<std::string, int> numbers_;
};

/// Of a source only the lines of functions that are shown: the runtime's files have thousands. The others are
/// empty, and those behind the last one are left out.
void show_lines(const SourceFile& file, std::size_t first, std::size_t last, Json& lines) {
  last = std::min(last, file.lines.size());
  for (std::size_t n = std::max<std::size_t>(first, 1); n <= last; ++n) {
    while (lines.size() < n) lines.push_back("");
    lines[n - 1] = listed(file.lines[n - 1]);
  }
}

/// The last line that can be of the function: before the one at which the next begins. Closures are within
/// it.
std::uint32_t last_line_of(const Code& code, const Function& function) {
  std::uint32_t next = std::numeric_limits<std::uint32_t>::max();
  for (const Function& other : code.functions()) {
    if (other.source == function.source && other.line > function.line &&
        !other.name.starts_with(function.name + "."))
      next = std::min(next, other.line);
  }
  return next - 1;
}

}  // namespace

PageCode::PageCode(const Trace& trace, std::uint64_t from, std::uint64_t to) : trace_(trace) {
  const Code& code = trace.guest().code;
  std::set<std::uint64_t> entries;
  Cursor cursor(trace);
  for (;; cursor.forward()) {
    const CodeAddr pc = cursor.state().pc();
    if (cursor.position() < from) {
      if (arrives_at({pc}, cursor)) ++before_[pc.value()];
      continue;
    }
    if (const Function* function = code.place(pc).function) entries.insert(function->entry.value());
    if (cursor.position() == to) break;
  }
  for (const Function& function : code.functions()) {
    if (entries.count(function.entry.value()) == 0) continue;
    functions_.push_back(&function);
    if (code.instructions().empty()) decode_function(function);
    for (const Instruction& instruction : code.instructions()) {
      if (!function.contains(instruction.pc)) continue;
      numbers_[instruction.pc.value()] = static_cast<int>(instructions_.size());
      instructions_.push_back(&instruction);
    }
  }
}

void PageCode::decode_function(const Function& function) {
  const Code& code = trace_.guest().code;
  const std::uint32_t last = last_line_of(code, function);
  for (CodeAddr pc = function.entry; function.contains(pc); pc = pc + instructions_.back()->size) {
    const CodeText read = code_text(*trace_.guest().boot, pc);
    const LineRef line = code.line_at(pc);
    Instruction one;
    one.pc = pc;
    one.size = std::max<std::uint8_t>(read.length, 1);
    // Of what was inlined from elsewhere the page has no line.
    const bool own = line.source == function.source && line.line >= function.line && line.line <= last;
    one.line = own ? line.line : 0;
    numbers_[pc.value()] = static_cast<int>(instructions_.size());
    instructions_.push_back(&decoded_.emplace_back(std::move(one)));
  }
}

int PageCode::number(CodeAddr pc) const {
  const auto found = numbers_.find(pc.value());
  return found == numbers_.end() ? -1 : found->second;
}

int PageCode::number(const Shown& shown) const {
  if (!shown.text.starts_with("0x") || shown.meaning.en.empty() || shown.meaning.en != shown.meaning.zh)
    return -1;
  std::uint64_t pc = 0;
  const char* const end = shown.text.data() + shown.text.size();
  if (std::from_chars(shown.text.data() + 2, end, pc, 16).ptr != end) return -1;
  const int found = number(CodeAddr(pc));
  return found >= 0 && shown.meaning.en == trace_.guest().code.symbolize(CodeAddr(pc)) ? found : -1;
}

Json PageCode::json() const {
  Words words;
  const Code& code = trace_.guest().code;
  const Image& boot = *trace_.guest().boot;
  // A program comes without a listing: of its instructions there is only the disassembly.
  const bool listed_code = !code.instructions().empty();
  std::map<std::uint32_t, std::size_t> source_numbers;
  Json sources = Json::array(), functions = Json::array();
  std::size_t next = 0;
  for (const Function* function : functions_) {
    const auto [source, is_new] = source_numbers.try_emplace(function->source, sources.size());
    if (is_new) {
      const SourceFile& file = code.sources()[function->source];
      sources.push_back({{"name", printable(file.name)},
                         {"language", file.language == SourceFile::Language::go ? "go" : "plan9"},
                         {"lines", Json::array()}});
    }
    Json offsets = Json::array(), lines = Json::array(), texts = Json::array(), bytes = Json::array(),
         intel = Json::array(), before = Json::array();
    std::string starts;
    std::uint32_t last_line = function->line;
    bool any_before = false;
    for (; next < instructions_.size() && function->contains(instructions_[next]->pc); ++next) {
      const Instruction& insn = *instructions_[next];
      offsets.push_back(insn.pc - function->entry);
      lines.push_back(insn.line);
      last_line = std::max(last_line, insn.line);
      if (listed_code) {
        const std::vector<std::string>& source_lines = code.sources()[function->source].lines;
        const bool has_line = insn.line > 0 && insn.line <= source_lines.size();
        const bool is_line = has_line && insn.text == trimmed(source_lines[insn.line - 1]);
        texts.push_back(is_line ? 0 : words.of(insn.text));
      }
      std::array<std::byte, 16> buffer{};
      const std::span<std::byte> its(buffer.data(), std::min<std::size_t>(insn.size, buffer.size()));
      if (!boot.read(Addr(insn.pc.value()), its)) continue;
      bytes.push_back(hex(its));
      Disassembled operation = disassemble(its, insn.pc);
      const Decoded decoded = decode(its, insn.pc);
      // Names, not numbers; inside the function the offset alone says more.
      operation.operands = readable_operands(
          named_operands(operation, decode(its, insn.pc), insn.pc,
                         [&](std::uint64_t address) { return name_in(code, function, address); }));
      intel.push_back(words.of(operation.text()));
      starts += code.starts_line(insn.pc) ? '1' : '0';
      const auto count = before_.find(insn.pc.value());
      before.push_back(count == before_.end() ? 0 : count->second);
      any_before = any_before || count != before_.end();
    }
    Json one{{"name", printable(function->name)},
             {"kind", kind_name(function->kind)},
             {"modelled", code.is_modelled(*function)},
             {"entry", fmt::format("{:#x}", function->entry.value())},
             {"source", source->second},
             {"line", function->line},
             {"offsets", offsets},
             {"lines", lines},
             {"bytes", bytes},
             {"intel", intel},
             {"starts", starts}};
    if (listed_code) one["texts"] = texts;
    if (any_before) one["before"] = before;
    show_lines(code.sources()[function->source], function->line, last_line, sources[source->second]["lines"]);
    functions.push_back(std::move(one));
  }
  return {{"words", words.json()}, {"sources", sources}, {"functions", functions}};
}

}  // namespace gogoscope
