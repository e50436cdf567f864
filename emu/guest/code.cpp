#include "emu/guest/code.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "emu/guest/line_essence.h"

namespace gogoscope {
namespace {

constexpr std::string_view kAbi0 = ".abi0";

std::string_view without_abi0(std::string_view name) {
  if (name.ends_with(kAbi0)) name.remove_suffix(kAbi0.size());
  return name;
}

/// Tells functions of assembly from the wrappers of the same name.
void mark_wrapped(std::vector<Function>& functions) {
  std::unordered_set<std::string_view> names;
  for (const Function& function : functions) names.insert(function.name);
  for (Function& function : functions)
    function.wrapped = function.name.ends_with(kAbi0) && names.count(without_abi0(function.name)) > 0;
}

}  // namespace

std::vector<std::string> line_names(const SourceFile& source, std::uint32_t first) {
  std::vector<std::string> out;
  const auto& intact = source.intact.empty() ? source.lines : source.intact;
  const std::size_t lines = std::min(source.lines.size(), intact.size());
  std::unordered_map<std::string, int> seen;
  for (std::size_t n = std::max(first, 1U); n <= lines; ++n) {
    std::string name = line_essence(intact[n - 1]);
    const int same = ++seen[name];
    if (same > 1) name = fmt::format("{}#{}", name, same);
    if (intact[n - 1] != source.lines[n - 1]) name.clear();
    out.push_back(std::move(name));
  }
  return out;
}

std::string_view Function::go_name() const {
  const std::string_view out = without_abi0(name);
  return out == "gogo" ? "runtime.gogo" : out;
}

Code::Code(std::vector<SourceFile> sources, std::vector<Function> functions,
           std::vector<Instruction> instructions, std::vector<DataSymbol> data, std::vector<LineRow> rows,
           InlinedCalls inlined)
    : sources_(std::move(sources)),
      functions_(std::move(functions)),
      instructions_(std::move(instructions)),
      data_(std::move(data)),
      rows_(std::move(rows)),
      inlined_(std::move(inlined)) {
  std::sort(functions_.begin(), functions_.end(), [](auto& a, auto& b) { return a.entry < b.entry; });
  mark_wrapped(functions_);
  std::sort(instructions_.begin(), instructions_.end(), [](auto& a, auto& b) { return a.pc < b.pc; });
  std::sort(data_.begin(), data_.end(), [](auto& a, auto& b) { return a.addr < b.addr; });
  for (Function& function : functions_) {
    if (function.line_names || function.source >= sources_.size()) continue;
    function.line_names = std::make_shared<const std::vector<std::string>>(
        gogoscope::line_names(sources_[function.source], function.line));
  }
  if (instructions_.empty()) return;
  text_base_ = instructions_.front().pc.value();
  index_.assign(instructions_.back().pc.value() - text_base_ + 1, -1);
  std::size_t f = 0;
  for (std::size_t i = 0; i < instructions_.size(); ++i) {
    Instruction& instruction = instructions_[i];
    index_[instruction.pc.value() - text_base_] = static_cast<std::int32_t>(i);
    while (f + 1 < functions_.size() && functions_[f + 1].entry <= instruction.pc) ++f;
    instruction.function = static_cast<std::uint32_t>(f);
  }
}

const Function* Code::function_at(CodeAddr pc) const {
  auto after = std::upper_bound(functions_.begin(), functions_.end(), pc,
                                [](CodeAddr p, const Function& f) { return p < f.entry; });
  if (after == functions_.begin()) return nullptr;
  const Function& candidate = *std::prev(after);
  return candidate.contains(pc) ? &candidate : nullptr;
}

const Function* Code::function(std::string_view name) const {
  for (const Function& f : functions_) {
    if (f.name == name) return &f;
  }
  for (const Function& f : functions_) {
    if (f.name.ends_with(kAbi0) && without_abi0(f.name) == name) return &f;
  }
  return nullptr;
}

const Instruction* Code::instruction_at(CodeAddr pc) const {
  const std::uint64_t offset = pc.value() - text_base_;
  if (pc.value() < text_base_ || offset >= index_.size() || index_[offset] < 0) return nullptr;
  return &instructions_[static_cast<std::size_t>(index_[offset])];
}

CodePlace Code::place(CodeAddr pc) const {
  if (const Function* f = function_at(pc)) return {f, instruction_at(pc), false};
  const Function* f = function_at(pc + -1);
  if (f == nullptr) return {};
  const auto after = std::lower_bound(instructions_.begin(), instructions_.end(), pc,
                                      [](const Instruction& i, CodeAddr p) { return i.pc < p; });
  const bool has_last = after != instructions_.begin() && f->contains(std::prev(after)->pc);
  return {f, has_last ? &*std::prev(after) : nullptr, true};
}

LineRef Code::line_at(CodeAddr pc) const {
  if (const LineRow* const row = row_at(rows_, pc)) return {row->file, row->line};
  const auto after = std::upper_bound(instructions_.begin(), instructions_.end(), pc,
                                      [](CodeAddr p, const Instruction& i) { return p < i.pc; });
  if (after == instructions_.begin()) return {};
  const Instruction& found = *std::prev(after);
  if (pc >= found.pc + found.size || found.function >= functions_.size()) return {};
  return {functions_[found.function].source, found.line};
}

std::vector<const InlinedCall*> Code::inlined_at(CodeAddr pc) const {
  if (inlined_.calls.empty()) return {};
  const Function* const function = function_at(pc);
  return function == nullptr ? std::vector<const InlinedCall*>() : inlined_.at(pc, function->entry);
}

bool Code::starts_line(CodeAddr pc) const {
  if (!rows_.empty() && row_at(rows_, pc) != nullptr) return row_starts_line(rows_, pc);
  const Instruction* here = instruction_at(pc);
  if (here == nullptr || here == instructions_.data()) return true;
  const Instruction& before = *(here - 1);
  return before.function != here->function || before.line != here->line;
}

std::vector<CodeAddr> Code::line_starts(const Function& function) const {
  std::vector<CodeAddr> out;
  const auto add_all = [&](const auto& table) {
    auto it = std::lower_bound(table.begin(), table.end(), function.entry,
                               [](const auto& each, CodeAddr entry) { return each.pc < entry; });
    for (; it != table.end() && function.contains(it->pc); ++it) {
      if (starts_line(it->pc) && it->line != 0) out.push_back(it->pc);
    }
  };
  rows_.empty() ? add_all(instructions_) : add_all(rows_);
  return out;
}

const DataSymbol* Code::data_at(Addr addr) const {
  auto after = std::upper_bound(data_.begin(), data_.end(), addr,
                                [](Addr a, const DataSymbol& d) { return a < d.addr; });
  if (after == data_.begin()) return nullptr;
  const DataSymbol& candidate = *std::prev(after);
  return addr < candidate.addr + static_cast<std::int64_t>(candidate.size) ? &candidate : nullptr;
}

const DataSymbol* Code::data(std::string_view name) const {
  for (const DataSymbol& d : data_) {
    if (d.name == name) return &d;
  }
  return nullptr;
}

bool Code::is_modelled(const Function& function) const {
  if (function.kind != FunctionKind::changed) return function.kind == FunctionKind::modelled;
  return function.source < sources_.size() && sources_[function.source].language == SourceFile::Language::go;
}

std::string_view Code::line_text(LineRef line) const {
  if (line.source >= sources_.size()) return {};
  const auto& lines = sources_[line.source].lines;
  return line.line == 0 || line.line > lines.size() ? std::string_view()
                                                    : std::string_view(lines[line.line - 1]);
}

std::string_view Code::line_text(const Function& function, std::uint32_t line) const {
  return line_text({function.source, line});
}

const std::string& Code::line_name(const Function& function, std::uint32_t line) const {
  static const std::string kNone;
  const std::uint32_t first = std::max(function.line, 1U);
  if (!function.line_names || line < first || line - first >= function.line_names->size()) return kNone;
  return (*function.line_names)[line - first];
}

std::string Code::symbolize(CodeAddr pc) const {
  const Function* f = place(pc).function;
  if (!f) return fmt::format("{:#x}", pc.value());
  const std::string_view name = f->wrapped ? f->name : without_abi0(f->name);
  return pc == f->entry ? std::string(name) : fmt::format("{}+{:#x}", name, pc - f->entry);
}

std::int32_t Code::sp_delta(CodeAddr pc) const {
  const Function* f = place(pc).function;
  if (!f) return 0;
  const auto offset = static_cast<std::uint32_t>(pc - f->entry);
  std::int32_t delta = 0;
  for (const SpStep& step : f->pcsp) {
    if (step.offset > offset) break;
    delta = step.delta;
  }
  return delta;
}

}  // namespace gogoscope
