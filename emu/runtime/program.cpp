#include "emu/runtime/program.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "asm/text/near.h"
#include "emu/guest/thread_table.h"
#include "emu/runtime/functions.h"
#include "emu/runtime/globals.h"
#include "emu/runtime/nosplit.h"
#include "emu/runtime/unit.h"

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

/// What the slots of a program share, and the slots themselves.
struct OwnSlots {
  struct Line {
    const OwnSlots* own = nullptr;
    const Body* body = nullptr;
    const std::vector<CodeAddr>* labels = nullptr;
    std::int32_t frame_bytes = 0;
  };
  std::vector<SharedUnit> units;
  Environment environment;
  std::vector<std::vector<CodeAddr>> labels;  ///< of units
  std::vector<Line> lines;
  SlotTable table;
};

void run_slot(const OwnSlots::Line& line, Gate& gate) {
  const Environment& environment = line.own->environment;
  Frame frame(gate, environment, line.frame_bytes, *line.labels);
  (*line.body)(frame);
  if (frame.shared_accesses() > 0) gate.others_notice();
  if (frame.shared_accesses() > 1) {
    fmt::print(stderr, "gogoscope: internal error: the slot at {} makes {} accesses to shared state\n",
               environment.code->symbolize(CodeAddr(gate.reg(Reg::rip))), frame.shared_accesses());
    std::abort();
  }
}

/// Puts units together, and makes the tables of a guest.
class Builder {
 public:
  explicit Builder(const ProgramOptions& options)
      : options_(options), release_(*options.release), texts_(runtime_texts(release_)) {}

  std::variant<Program, std::vector<Diagnostic>> build();

 private:
  std::vector<Diagnostic> lacking() const;
  plan9::Source variables() const;
  std::vector<plan9::Source> sources() const;
  void take(std::variant<SharedUnit, std::vector<Diagnostic>> unit);
  void find_units(const plan9::Options& assembler);
  bool assemble();
  std::optional<Diagnostic> missing_main() const;
  void map_memory();
  void make_code();
  void check_stack_use();
  std::shared_ptr<const SlotTable> make_slots() const;
  std::uint64_t first_arena() const { return std::min(pages(options_.heap_bytes), kArenaBytes); }
  void make_boot_image();

  const ProgramOptions& options_;
  const LessonRelease& release_;
  const std::shared_ptr<const RuntimeTexts> texts_;
  SharedFunctions functions_ = texts_->functions;
  std::vector<plan9::Source> shipped_ = release_.listings;
  Mutator mutator_{shipped_, functions_};

  std::vector<SharedUnit> units_;
  std::vector<std::uint64_t> bases_;  ///< of the units' texts: addresses
  std::vector<Diagnostic> unit_errors_;
  plan9::Object object_;
  plan9::Linked linked_;
  std::shared_ptr<Guest> guest_ = std::make_shared<Guest>();
  std::vector<std::uint32_t> branches_;
  std::vector<Diagnostic> diagnostics_;
};

/// The modelled code names a field that the release does not have: the two do not belong together.
std::vector<Diagnostic> Builder::lacking() const {
  std::vector<Diagnostic> out;
  for (const std::string& name : texts_->lacking) {
    Diagnostic diagnostic;
    diagnostic.file = options_.name;
    diagnostic.message = {{"the modelled functions need {name}, which Go {release} does not have",
                           "建模的函数需要 {name}，而 Go {release} 没有它"},
                          {{"name", name}, {"release", release_.release->name()}}};
    out.push_back(std::move(diagnostic));
  }
  return out;
}

plan9::Source Builder::variables() const {
  return globals(Go(release_.release->layout), first_arena(), texts_->strings);
}

/// All texts in a row.
std::vector<plan9::Source> Builder::sources() const {
  std::vector<plan9::Source> list = shipped_;
  for (const auto& function : functions_) list.push_back(source_of(*function));
  list.push_back(variables());
  list.insert(list.end(), options_.bodies.begin(), options_.bodies.end());
  return list;
}

void Builder::take(std::variant<SharedUnit, std::vector<Diagnostic>> unit) {
  if (const auto* const errors = std::get_if<1>(&unit)) {
    unit_errors_.insert(unit_errors_.end(), errors->begin(), errors->end());
    units_.push_back(nullptr);
  } else {
    units_.push_back(std::get<0>(std::move(unit)));
  }
}

/// Those of the runtime are there already, except what the scenario changes.
void Builder::find_units(const plan9::Options& assembler) {
  for (std::size_t i = 0; i < shipped_.size(); ++i) {
    const bool intact = shipped_[i].text == release_.listings[i].text;
    take(intact ? texts_->listings[i] : unit_of({shipped_[i]}, FunctionKind::real, assembler));
  }
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    const bool intact = functions_[i] == texts_->functions[i];
    take(intact ? texts_->modelled[i] : unit_of(functions_[i], assembler));
  }
  take(first_arena() == kFirstArena ? texts_->variables
                                    : unit_of({variables()}, FunctionKind::task, assembler));
  plan9::Options with_includes = assembler;
  with_includes.include = options_.include;
  take(unit_of(options_.bodies, FunctionKind::task, with_includes));
}

/// One object of all units; or diagnostics.
bool Builder::assemble() {
  plan9::Options assembler = assembler_options(release_);
  find_units(assembler);
  std::vector<const plan9::Object*> objects;
  for (const SharedUnit& unit : units_) {
    if (unit) objects.push_back(&unit->object);
  }
  std::optional<plan9::Object> joined;
  if (objects.size() == units_.size()) joined = plan9::join(objects);
  if (joined) {
    object_ = std::move(*joined);
    return diagnostics_.empty();
  }
  // What is wrong with them together, in the order of the texts.
  assembler.include = options_.include;
  plan9::Assembly all = plan9::assemble(sources(), assembler);
  std::vector<Diagnostic>& errors = all.diagnostics.empty() ? unit_errors_ : all.diagnostics;
  for (Diagnostic& error : errors) diagnostics_.push_back(mutator_.in_mutation(std::move(error)));
  return false;
}

std::variant<Program, std::vector<Diagnostic>> Builder::build() {
  for (const Mutation& mutation : options_.mutations) {
    if (auto wrong = mutator_.apply(mutation)) diagnostics_.push_back(std::move(*wrong));
  }
  if (!texts_->lacking.empty()) return lacking();
  if (!assemble()) return diagnostics_;
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
  return Program{guest_, make_slots()};
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
  std::vector<SourceFile> files;
  std::vector<Function> functions;
  std::vector<Instruction> instructions;
  std::size_t texts = 0;  // symbols of the joined object's text: the units' in a row
  for (std::size_t u = 0; u < units_.size(); ++u) {
    const Unit& unit = *units_[u];
    for (Diagnostic d : unit.refused) diagnostics_.push_back(mutator_.in_mutation(std::move(d)));
    const auto first_file = static_cast<std::uint32_t>(files.size());
    files.insert(files.end(), unit.files.begin(), unit.files.end());
    if (u < shipped_.size() && shipped_[u].text != release_.listings[u].text)
      files.back().intact = texts_->listings[u]->files.front().lines;
    bases_.push_back(0);
    if (unit.functions.empty()) continue;
    const std::uint64_t base =
        kTextBase + object_.symbols[texts].offset - unit.functions.front().entry.value();
    texts += unit.functions.size();
    bases_.back() = base;
    for (const Function& from : unit.functions) {
      Function& function = functions.emplace_back(from);
      function.entry = CodeAddr(base + from.entry.value());
      function.source += first_file;
      if (mutator_.changed(function.name)) {
        function.kind = FunctionKind::changed;
        function.line_names.reset();  // the intact lines have them
      }
    }
    for (const Instruction& from : unit.instructions) {
      instructions.push_back(from);
      instructions.back().pc = CodeAddr(base + from.pc.value());
    }
    for (const std::uint32_t at : unit.branches)
      branches_.push_back(static_cast<std::uint32_t>(base - kTextBase) + at);
  }
  std::vector<DataSymbol> data;
  for (const plan9::Symbol& symbol : object_.symbols) {
    if (symbol.section != plan9::Section::data) continue;
    data.push_back({symbol.name, Addr(kDataBase + symbol.offset), symbol.size, type_of_global(symbol.name)});
  }
  guest_->code = Code(std::move(files), std::move(functions), std::move(instructions), std::move(data));
}

void Builder::check_stack_use() {
  for (NosplitOverflow& overflow :
       nosplit_overflows(object_, linked_, guest_->code.functions(), branches_, kTextBase)) {
    const Function& function = guest_->code.functions()[overflow.function];
    const auto first = std::partition_point(
        object_.lines.begin(), object_.lines.end(),
        [&](const plan9::Line& l) { return CodeAddr(kTextBase + l.offset) < function.entry; });
    diagnostics_.push_back(mutator_.in_mutation(refusal_at(*first, object_, std::move(overflow.message))));
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

std::shared_ptr<const SlotTable> Builder::make_slots() const {
  const auto own = std::make_shared<OwnSlots>();
  Environment& environment = own->environment;
  for (const Function& function : guest_->code.functions())
    environment.symbols[function.name] = function.entry.value();
  for (const DataSymbol& symbol : guest_->code.data()) environment.symbols[symbol.name] = symbol.addr.value();
  for (std::size_t n = 0; n < texts_->strings.size(); ++n) {
    environment.symbols[string_symbol(texts_->strings[n])] =
        environment.symbols.at(fmt::format("go.string.{}", n));
  }
  environment.code = &guest_->code;
  environment.goos = options_.goos;
  environment.goarch = options_.goarch;
  environment.race = options_.race;
  environment.sysmon = options_.sysmon;
  environment.procs = options_.procs;
  const Go go(release_.release->layout);
  environment.g_m = go.g("m").offset;
  environment.m_g0 = go.m("g0").offset;
  environment.m_curg = go.m("curg").offset;
  environment.m_p = go.m("p").offset;
  environment.m_fastrand = go.m("fastrand").offset;

  // Nothing of it may move once a slot points to it.
  own->units = units_;
  own->labels.resize(units_.size());
  std::size_t count = 0;
  for (const SharedUnit& unit : units_) count += unit->places.size();
  own->lines.reserve(count);
  for (std::size_t u = 0; u < units_.size(); ++u) {
    const Unit& unit = *units_[u];
    if (!unit.modelled) continue;
    for (const CodeAddr label : unit.labels) own->labels[u].emplace_back(bases_[u] + label.value());
    const std::vector<Statement>& statements = unit.modelled->statements();
    for (std::size_t s = 0; s < statements.size(); ++s) {
      if (!statements[s].body) continue;
      const OwnSlots::Line& line = own->lines.emplace_back(
          OwnSlots::Line{own.get(), &statements[s].body, &own->labels[u], unit.modelled->frame().bytes});
      own->table.add(CodeAddr(bases_[u] + unit.places[s].value()),
                     [&line](Gate& gate) { run_slot(line, gate); });
    }
  }
  return {own, &own->table};
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
