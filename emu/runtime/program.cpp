#include "emu/runtime/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "asm/text/near.h"
#include "emu/disasm/decode.h"
#include "emu/guest/thread_table.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/globals.h"
#include "emu/runtime/nosplit.h"

namespace gogoscope {
namespace {

using namespace runtime;

constexpr std::uint64_t kTextBase = 0x401000;
constexpr std::uint64_t kDataBase = 0x4ce000;
constexpr std::uint64_t kPage = 4096;
/// The OS stack: SP where rt0_go starts, as a real process has it without address randomisation.
constexpr std::uint64_t kStackBase = 0x7fffffff0000 - 0x10000;
constexpr std::uint64_t kStackSize = 0x20000 - 0x1000;
constexpr std::uint64_t kBootSp = 0x7fffffffe6e0;

std::uint64_t pages(std::uint64_t bytes) { return (bytes + kPage - 1) / kPage * kPage; }

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

/// Turns an object into the tables of a guest.
class Builder {
 public:
  explicit Builder(const ProgramOptions& options)
      : options_(options),
        release_(*options.release),
        go_(release_.release->layout),
        functions_(release_.functions(go_)) {
    for (const GoFunction& function : functions_) {
      for (const std::string& text : function.strings()) {
        if (std::find(strings_.begin(), strings_.end(), text) == strings_.end()) strings_.push_back(text);
      }
    }
  }

  std::variant<Program, std::vector<Diagnostic>> build();

 private:
  /// Which of the texts a source is, by its place in the list given to the assembler.
  bool is_listing(std::uint32_t source) const { return source < listings_; }
  const GoFunction* modelled(std::uint32_t source) const {
    return source >= listings_ && source < listings_ + functions_.size() ? &functions_[source - listings_]
                                                                         : nullptr;
  }

  std::vector<plan9::Source> sources();
  std::vector<Diagnostic> lacking() const;
  std::optional<Diagnostic> missing_main() const;
  void map_memory();
  void make_code();
  void sweep(const plan9::Symbol& symbol, Function& function);
  void refuse(const plan9::Line& line, Message message);
  void check_stack_use();
  void make_slots();
  std::uint64_t first_arena() const { return std::min(pages(options_.heap_bytes), kArenaBytes); }
  void make_boot_image();

  const ProgramOptions& options_;
  const LessonRelease& release_;
  const Go go_;
  std::vector<GoFunction> functions_;
  std::vector<std::string> strings_;  ///< string constants of modelled code
  std::vector<plan9::Source> shipped_ = release_.listings;
  Mutator mutator_{shipped_, functions_};
  std::uint32_t listings_ = 0;

  plan9::Object object_;
  plan9::Linked linked_;
  std::shared_ptr<Guest> guest_ = std::make_shared<Guest>();
  std::shared_ptr<SlotTable> slots_ = std::make_shared<SlotTable>();
  std::vector<SourceFile> files_;
  std::vector<Function> code_functions_;
  std::vector<Instruction> instructions_;
  std::vector<Diagnostic> diagnostics_;
};

std::vector<plan9::Source> Builder::sources() {
  std::vector<plan9::Source> list = shipped_;
  listings_ = static_cast<std::uint32_t>(list.size());
  for (const GoFunction& function : functions_) {
    const std::string& name = function.signature().name;
    list.push_back({name.substr(name.find('.') + 1) + ".go", function.assembler_text()});
  }
  list.push_back(globals(go_, first_arena(), strings_));
  list.insert(list.end(), options_.bodies.begin(), options_.bodies.end());
  return list;
}

/// The modelled code names a field that the release does not have: the two do not belong together.
std::vector<Diagnostic> Builder::lacking() const {
  std::vector<Diagnostic> out;
  for (const std::string& name : go_.missing()) {
    Diagnostic diagnostic;
    diagnostic.file = options_.name;
    diagnostic.message = {{"the modelled functions need {name}, which Go {release} does not have",
                           "建模的函数需要 {name}，而 Go {release} 没有它"},
                          {{"name", name}, {"release", release_.release->name()}}};
    out.push_back(std::move(diagnostic));
  }
  return out;
}

std::variant<Program, std::vector<Diagnostic>> Builder::build() {
  for (const Mutation& mutation : options_.mutations) {
    if (auto wrong = mutator_.apply(mutation)) diagnostics_.push_back(std::move(*wrong));
  }
  const std::vector<plan9::Source> texts = sources();
  if (!go_.missing().empty()) return lacking();
  plan9::Options assembler = assembler_options(release_);
  assembler.include = options_.include;
  plan9::Assembly assembly = plan9::assemble(texts, assembler);
  if (!assembly.object) {
    for (Diagnostic& error : assembly.diagnostics) {
      diagnostics_.push_back(mutator_.in_mutation(std::move(error)));
    }
  }
  if (!diagnostics_.empty()) return diagnostics_;
  object_ = std::move(*assembly.object);
  if (auto missing = missing_main()) return std::vector<Diagnostic>{std::move(*missing)};
  linked_ = plan9::link(object_, {kTextBase, kDataBase, {}});
  if (!linked_.diagnostics.empty()) return linked_.diagnostics;

  guest_->name = options_.name;
  guest_->release = release_.release;
  guest_->turns = options_.turns;
  guest_->step_budget = options_.step_budget;
  map_memory();
  make_code();
  if (diagnostics_.empty()) check_stack_use();
  if (!diagnostics_.empty()) return diagnostics_;
  make_boot_image();
  make_slots();
  return Program{guest_, slots_};
}

/// runtime.main calls main.main, but its text is not what lacks it.
std::optional<Diagnostic> Builder::missing_main() const {
  constexpr std::string_view kMain = "main.main";
  std::vector<std::string_view> tasks;
  for (const plan9::Symbol& symbol : object_.symbols) {
    const bool found = symbol.name == kMain && symbol.section == plan9::Section::text;
    if (found && !symbol.file_local) return std::nullopt;
    if (symbol.name.starts_with("main.")) tasks.push_back(symbol.name);
  }
  Diagnostic diagnostic;
  diagnostic.line = diagnostic.column = 1;
  if (!options_.bodies.empty()) {
    const plan9::Source& bodies = options_.bodies.front();
    diagnostic.file = bodies.name;
    diagnostic.source_line = bodies.text.substr(0, bodies.text.find('\n'));
  }
  diagnostic.message = {{"there is no TEXT main·main(SB), with which the program begins{hint}",
                         "没有 TEXT main·main(SB)，而程序从它开始{hint}"},
                        {{"hint", did_you_mean(kMain, tasks)}}};
  return diagnostic;
}

void Builder::map_memory() {
  guest_->map.add("text", Addr(kTextBase), pages(linked_.text.size()), false, true);
  guest_->map.add("data", Addr(kDataBase), pages(linked_.data.size()), true, false);
  // Beyond the first, whole arenas: what the allocator asks the system for.
  const std::uint64_t more = pages(options_.heap_bytes) - first_arena();
  const std::uint64_t arenas = (more + kArenaBytes - 1) / kArenaBytes;
  guest_->map.add("heap", Addr(kHeapBase), first_arena() + arenas * kArenaBytes, true, false);
  guest_->map.add("stack", Addr(kStackBase), kStackSize, true, false);
}

void Builder::make_code() {
  const std::vector<plan9::Source>& intact = release_.listings;
  for (std::uint32_t i = 0; i < object_.sources.size(); ++i) {
    const plan9::Source& source = object_.sources[i];
    if (const GoFunction* function = modelled(i)) {
      files_.push_back({source.name, SourceFile::Language::go, function->lines(), function->intact_lines()});
      continue;
    }
    files_.push_back({source.name, SourceFile::Language::plan9, split_lines(source.text), {}});
    if (is_listing(i) && intact[i].text != source.text) files_.back().intact = split_lines(intact[i].text);
  }
  std::vector<DataSymbol> data;
  for (const plan9::Symbol& symbol : object_.symbols) {
    if (symbol.section == plan9::Section::data) {
      data.push_back(
          {symbol.name, Addr(kDataBase + symbol.offset), symbol.size, type_of_global(symbol.name)});
      continue;
    }
    Function function;
    function.name = symbol.name;
    function.entry = CodeAddr(kTextBase + symbol.offset);
    function.size = symbol.size;
    function.frame = symbol.frame;
    function.saves_bp = symbol.saves_bp;
    for (const plan9::SpDelta& step : symbol.pcsp) function.pcsp.push_back({step.offset, step.delta});
    sweep(symbol, function);
    code_functions_.push_back(std::move(function));
  }
  guest_->code =
      Code(std::move(files_), std::move(code_functions_), std::move(instructions_), std::move(data));
}

/// Decodes a function from its start to its end. What a text calls an instruction does not matter here: the
/// bytes that will run are checked against the allow-list before the engine can see them.
void Builder::sweep(const plan9::Symbol& symbol, Function& function) {
  auto line = std::partition_point(object_.lines.begin(), object_.lines.end(),
                                   [&](const plan9::Line& l) { return l.offset < symbol.offset; });
  if (line == object_.lines.end()) return;
  const GoFunction* go = modelled(line->source);
  function.source = line->source;
  function.line = go ? 1 : line->line;
  function.kind = go                         ? FunctionKind::modelled
                  : is_listing(line->source) ? FunctionKind::real
                                             : FunctionKind::task;
  if (mutator_.changed(function.name)) function.kind = FunctionKind::changed;
  if (go) {
    function.vars = go->vars();
    function.frame_is_ours = go->frame().ours;
  }
  const std::uint32_t end = symbol.offset + symbol.size;
  for (std::uint32_t at = symbol.offset; at < end;) {
    while (std::next(line) != object_.lines.end() && std::next(line)->offset <= at) ++line;
    const auto bytes = std::span<const std::byte>(linked_.text).subspan(at, std::min(end - at, 15U));
    const Decoded decoded = decode(bytes, CodeAddr(kTextBase + at));
    if (!decoded.allowed) {
      refuse(*line, {{"the guest may not execute this: {why}", "客户机不可以执行它：{why}"},
                     {{"why", decoded.refusal}}});
      return;
    }
    Instruction instruction;
    instruction.pc = CodeAddr(kTextBase + at);
    instruction.size = decoded.length;
    instruction.prologue = line->kind == plan9::LineKind::prologue || line->kind == plan9::LineKind::epilogue;
    instruction.line = line->line;
    instruction.text = line->plan9;
    if (go && line->line >= 2) {
      const Statement& statement = go->statements()[line->line - 2];
      instruction.line = statement.go_line;
      instruction.slot = statement.body != nullptr;
      if (!instruction.prologue) instruction.text = statement.text;
    }
    instructions_.push_back(std::move(instruction));
    at += decoded.length;
  }
}

void Builder::refuse(const plan9::Line& line, Message message) {
  const plan9::Source& source = object_.sources[line.source];
  const std::vector<std::string> lines = split_lines(source.text);
  const std::string text = line.line <= lines.size() ? lines[line.line - 1] : "";
  const auto first = text.find_first_not_of(" \t");
  Diagnostic diagnostic;
  diagnostic.file = source.name;
  diagnostic.line = static_cast<int>(line.line);
  diagnostic.column = static_cast<int>(first == std::string::npos ? 0 : first) + 1;
  diagnostic.message = std::move(message);
  diagnostic.source_line = text;
  diagnostics_.push_back(mutator_.in_mutation(std::move(diagnostic)));
}

void Builder::check_stack_use() {
  for (NosplitOverflow& overflow : nosplit_overflows(object_, linked_, guest_->code.functions(), kTextBase)) {
    const Function& function = guest_->code.functions()[overflow.function];
    const auto first = std::partition_point(
        object_.lines.begin(), object_.lines.end(),
        [&](const plan9::Line& l) { return CodeAddr(kTextBase + l.offset) < function.entry; });
    refuse(*first, std::move(overflow.message));
  }
}

void Builder::make_boot_image() {
  guest_->boot = std::make_unique<Image>(guest_->map);
  Image& boot = *guest_->boot;
  boot.write(guest_->map.find("text")->image_offset, std::as_bytes(std::span(linked_.text)));
  boot.write(guest_->map.find("data")->image_offset, std::as_bytes(std::span(linked_.data)));
  const Region& heap = *guest_->map.find("heap");
  boot.set_u64(heap.hole_offset, heap.size - first_arena());
  boot.set_reg(0, Reg::rip, guest_->code.function("runtime.rt0_go")->entry.value());
  boot.set_reg(0, Reg::rsp, kBootSp);
  boot.set_reg(0, Reg::rflags, 0x202);
  if (options_.turns.explored) {
    boot.set_u64(*guest_->map.image_offset(ThreadTable::of(*guest_)->schedule_addr() +
                                           static_cast<std::int64_t>(ScheduleWords::kClockStep)),
                 ScheduleWords::kNoTime);
  }
}

void Builder::make_slots() {
  auto environment = std::make_shared<Environment>();
  for (const Function& function : guest_->code.functions())
    environment->symbols[function.name] = function.entry.value();
  for (const DataSymbol& symbol : guest_->code.data())
    environment->symbols[symbol.name] = symbol.addr.value();
  for (std::size_t n = 0; n < strings_.size(); ++n) {
    environment->symbols[string_symbol(strings_[n])] =
        environment->symbols.at(fmt::format("go.string.{}", n));
  }
  environment->code = &guest_->code;
  environment->goos = options_.goos;
  environment->goarch = options_.goarch;
  environment->race = options_.race;
  environment->sysmon = options_.sysmon;
  environment->procs = options_.procs;
  environment->g_m = go_.g("m").offset;
  environment->m_g0 = go_.m("g0").offset;
  environment->m_curg = go_.m("curg").offset;
  environment->m_p = go_.m("p").offset;
  environment->m_fastrand = go_.m("fastrand").offset;

  // Where each statement of each modelled function is.
  std::vector<std::vector<CodeAddr>> places(functions_.size());
  for (std::size_t i = 0; i < functions_.size(); ++i) places[i].resize(functions_[i].statements().size());
  for (const plan9::Line& line : object_.lines) {
    if (!modelled(line.source) || line.line < 2) continue;
    CodeAddr& place = places[line.source - listings_][line.line - 2];
    if (place == CodeAddr()) place = CodeAddr(kTextBase + line.offset);
  }
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    const GoFunction& function = functions_[i];
    auto labels = std::make_shared<std::vector<CodeAddr>>();
    for (const std::size_t statement : function.label_statements()) {
      labels->push_back(statement < places[i].size() ? places[i][statement] : CodeAddr());
    }
    for (std::size_t s = 0; s < function.statements().size(); ++s) {
      const Body& body = function.statements()[s].body;
      if (!body) continue;
      const std::int32_t frame_bytes = function.frame().bytes;
      slots_->add(places[i][s], [environment, labels, body, frame_bytes, guest = guest_.get()](Gate& gate) {
        Frame frame(gate, *environment, frame_bytes, *labels);
        body(frame);
        if (frame.shared_accesses() > 0) gate.others_notice();
        if (frame.shared_accesses() > 1) {
          fmt::print(stderr, "gogoscope: internal error: the slot at {} makes {} accesses to shared state\n",
                     guest->code.symbolize(CodeAddr(gate.reg(Reg::rip))), frame.shared_accesses());
          std::abort();
        }
      });
    }
  }
}

}  // namespace

std::variant<Program, std::vector<Diagnostic>> build_program(const ProgramOptions& options) {
  return Builder(options).build();
}

plan9::Options assembler_options(const LessonRelease& release) {
  const Layout& layout = release.release->layout;
  plan9::Options options;
  for (const StructLayout& s : layout.structs()) {
    options.constants[s.name + "__size"] = s.size;
    for (const Field& field : s.fields) {
      if (field.name.find('.') == std::string::npos)
        options.constants[s.name + "_" + field.name] = field.offset;
    }
  }
  options.stack_check.g = release.stack_check;
  if (const Field* guard = layout.find("g", "stackguard0")) {
    options.stack_check.guard = static_cast<std::int32_t>(guard->offset);
  }
  return options;
}

}  // namespace gogoscope
