#include "emu/runtime/unit.h"

#include <algorithm>
#include <map>
#include <mutex>

#include "emu/disasm/decode.h"
#include "emu/runtime/globals.h"
#include "emu/runtime/program.h"

namespace gogoscope::runtime {
namespace {

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start < text.size()) {
    std::size_t end = text.find('\n', start);
    if (end == std::string::npos) end = text.size();
    lines.push_back(text.substr(start, end - start));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
    start = end + 1;
  }
  return lines;
}

/// Looks through what the assembler has made of a unit's texts.
class Looker {
 public:
  Looker(Unit& unit, FunctionKind kind) : unit_(unit), kind_(kind) {}

  void look() {
    for (const plan9::Source& source : unit_.object.sources) {
      if (unit_.modelled) {
        unit_.files.push_back(
            {source.name, SourceFile::Language::go, unit_.modelled->lines(), unit_.modelled->intact_lines()});
      } else {
        unit_.files.push_back({source.name, SourceFile::Language::plan9, split_lines(source.text), {}});
      }
    }
    for (const plan9::Symbol& symbol : unit_.object.symbols) {
      if (symbol.section == plan9::Section::text) add(symbol);
    }
    if (unit_.modelled) find_places();
  }

 private:
  void add(const plan9::Symbol& symbol) {
    Function function;
    function.name = symbol.name;
    function.entry = CodeAddr(symbol.offset);
    function.size = symbol.size;
    function.frame = symbol.frame;
    function.saves_bp = symbol.saves_bp;
    for (const plan9::SpDelta& step : symbol.pcsp) function.pcsp.push_back({step.offset, step.delta});
    sweep(symbol, function);
    unit_.functions.push_back(std::move(function));
  }

  /// Decodes a function from its start to its end. What a text calls an instruction does not matter here: the
  /// bytes that will run are checked against the allow-list before the engine can see them. What the linker
  /// puts into them changes neither their lengths nor whether they are allowed.
  void sweep(const plan9::Symbol& symbol, Function& function) {
    const std::vector<plan9::Line>& lines = unit_.object.lines;
    auto line = std::partition_point(lines.begin(), lines.end(),
                                     [&](const plan9::Line& l) { return l.offset < symbol.offset; });
    if (line == lines.end()) return;
    const GoFunction* const go = unit_.modelled.get();
    function.source = line->source;
    function.line = go != nullptr ? 1 : line->line;
    function.kind = kind_;
    if (go != nullptr) {
      function.vars = go->vars();
      function.frame_is_ours = go->frame().ours;
    }
    function.line_names = std::make_shared<const std::vector<std::string>>(
        line_names(unit_.files[function.source], function.line));
    const std::uint32_t end = symbol.offset + symbol.size;
    for (std::uint32_t at = symbol.offset; at < end;) {
      while (std::next(line) != lines.end() && std::next(line)->offset <= at) ++line;
      const auto bytes = std::span<const std::byte>(unit_.object.text).subspan(at, std::min(end - at, 15U));
      const Decoded decoded = decode(bytes, CodeAddr(at));
      if (!decoded.allowed) {
        unit_.refused.push_back(
            refusal_at(*line, unit_.object,
                       {{"the guest may not execute this: {why}", "客户机不可以执行它：{why}"},
                        {{"why", decoded.refusal}}}));
        return;
      }
      if (decoded.branch == Branch::call || decoded.branch == Branch::indirect_call ||
          decoded.branch == Branch::jump)
        unit_.branches.push_back(at);
      Instruction instruction;
      instruction.pc = CodeAddr(at);
      instruction.size = decoded.length;
      instruction.prologue =
          line->kind == plan9::LineKind::prologue || line->kind == plan9::LineKind::epilogue;
      instruction.line = line->line;
      instruction.text = line->plan9;
      if (go != nullptr && line->line >= 2) {
        const Statement& statement = go->statements()[line->line - 2];
        instruction.line = statement.go_line;
        instruction.slot = statement.body != nullptr;
        if (!instruction.prologue) instruction.text = statement.text;
      }
      unit_.instructions.push_back(std::move(instruction));
      at += decoded.length;
    }
  }

  /// Where each statement of a modelled function is.
  void find_places() {
    std::vector<std::optional<CodeAddr>> places(unit_.modelled->statements().size());
    for (const plan9::Line& line : unit_.object.lines) {
      if (line.line < 2) continue;
      std::optional<CodeAddr>& place = places[line.line - 2];
      if (!place) place = CodeAddr(line.offset);
    }
    for (const std::optional<CodeAddr>& place : places) unit_.places.push_back(place.value_or(CodeAddr()));
    for (const std::size_t statement : unit_.modelled->label_statements())
      unit_.labels.push_back(statement < places.size() ? unit_.places[statement] : CodeAddr());
  }

  Unit& unit_;
  FunctionKind kind_;
};

std::variant<SharedUnit, std::vector<Diagnostic>> made_unit(const std::vector<plan9::Source>& texts,
                                                            FunctionKind kind,
                                                            std::shared_ptr<const GoFunction> modelled,
                                                            const plan9::Options& assembler) {
  plan9::Assembly assembly = plan9::assemble(texts, assembler);
  if (!assembly.object) return std::move(assembly.diagnostics);
  auto unit = std::make_shared<Unit>();
  unit->object = std::move(*assembly.object);
  unit->modelled = std::move(modelled);
  Looker(*unit, kind).look();
  return unit;
}

}  // namespace

Diagnostic refusal_at(const plan9::Line& line, const plan9::Object& object, plan9::Message message) {
  const plan9::Source& source = object.sources[line.source];
  const std::vector<std::string> lines = split_lines(source.text);
  const std::string text = line.line <= lines.size() ? lines[line.line - 1] : "";
  const auto first = text.find_first_not_of(" \t");
  Diagnostic diagnostic;
  diagnostic.file = source.name;
  diagnostic.line = static_cast<int>(line.line);
  diagnostic.column = static_cast<int>(first == std::string::npos ? 0 : first) + 1;
  diagnostic.message = std::move(message);
  diagnostic.source_line = text;
  return diagnostic;
}

plan9::Source source_of(const GoFunction& function) {
  const std::string& name = function.signature().name;
  return {name.substr(name.find('.') + 1) + ".go", function.assembler_text()};
}

std::variant<SharedUnit, std::vector<Diagnostic>> unit_of(const std::vector<plan9::Source>& texts,
                                                          FunctionKind kind,
                                                          const plan9::Options& assembler) {
  return made_unit(texts, kind, nullptr, assembler);
}

std::variant<SharedUnit, std::vector<Diagnostic>> unit_of(std::shared_ptr<const GoFunction> function,
                                                          const plan9::Options& assembler) {
  const plan9::Source text = source_of(*function);
  return made_unit({text}, FunctionKind::modelled, std::move(function), assembler);
}

namespace {

SharedUnit or_null(std::variant<SharedUnit, std::vector<Diagnostic>> unit) {
  return unit.index() == 0 ? std::get<0>(std::move(unit)) : nullptr;
}

std::shared_ptr<const RuntimeTexts> make_texts(const LessonRelease& release) {
  auto out = std::make_shared<RuntimeTexts>();
  const Go go(release.release->layout);
  for (GoFunction& function : release.functions(go)) {
    for (const std::string& text : function.strings()) {
      if (std::ranges::find(out->strings, text) == out->strings.end()) out->strings.push_back(text);
    }
    out->functions.push_back(std::make_shared<const GoFunction>(std::move(function)));
  }
  const plan9::Source variables = globals(go, kFirstArena, out->strings);
  out->lacking = go.missing();
  if (!out->lacking.empty()) return out;
  const plan9::Options assembler = assembler_options(release);
  for (const plan9::Source& listing : release.listings)
    out->listings.push_back(or_null(unit_of({listing}, FunctionKind::real, assembler)));
  for (const auto& function : out->functions) out->modelled.push_back(or_null(unit_of(function, assembler)));
  out->variables = or_null(unit_of({variables}, FunctionKind::task, assembler));
  return out;
}

}  // namespace

std::shared_ptr<const RuntimeTexts> runtime_texts(const LessonRelease& release) {
  // Only those live as long as the process.
  if (lesson_release(release.release->name()) != &release) return make_texts(release);
  static std::mutex mutex;
  static std::map<const LessonRelease*, std::shared_ptr<const RuntimeTexts>> made;
  const std::lock_guard lock(mutex);
  std::shared_ptr<const RuntimeTexts>& texts = made[&release];
  if (!texts) texts = make_texts(release);
  return texts;
}

}  // namespace gogoscope::runtime
