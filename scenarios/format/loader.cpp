#include "scenarios/format/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/problems.h"
#include "scenarios/format/process.h"
#include "scenarios/format/read_listings.h"
#include "scenarios/format/reader.h"
#include "scenarios/format/submission.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// Errors of a scenario's files that its reader has left.
class FileProblems {
 public:
  explicit FileProblems(const Scenario& scenario) {
    all_.emplace_back(scenario.path, scenario.file_text);
    for (const IncludedFile& file : scenario.includes) {
      all_.emplace_back(file.path, file.text, static_cast<int>(all_.size()));
    }
  }
  void error(const FileMark& mark, Message message) { of(mark).error(mark, std::move(message)); }
  Problems& of(const FileMark& mark) { return all_[static_cast<std::size_t>(mark.file)]; }
  void take(Diagnostics& out) {
    for (Problems& problems : all_) {
      Diagnostics more = problems.take();
      out.insert(out.end(), more.begin(), more.end());
    }
  }

 private:
  std::vector<Problems> all_;
};

/// Looks up the places and symbols of a scenario in a program. Where the scenario's own program cannot be
/// built, in one without its tasks: then only what names an unchanged function of the runtime is looked up.
class LookUp {
 public:
  LookUp(const Scenario& scenario, const Code& code, bool own, FileProblems& problems)
      : scenario_(scenario), code_(code), own_(own), problems_(problems) {}

  void everything() {
    for (const NamedGoroutine& one : scenario_.goroutines) place(one.function, one.function_mark);
    for (const Poke& poke : scenario_.set) {
      place(poke.place, poke.place_mark);
      names(poke.value, poke.mark);
    }
    for (const PlaceExpectations& at : scenario_.at) {
      place(at.place, at.mark);
      expectations(at.expect);
    }
    if (const auto& breaks = scenario_.breaks; breaks && breaks->place) {
      place(*breaks->place, breaks->place_mark);
    }
    if (scenario_.stop.place) place(*scenario_.stop.place, scenario_.stop.place_mark);
    expectations(scenario_.always);
    for (const WheneverExpectations& one : scenario_.whenever) {
      if (!one.event) place(one.place, one.mark);
      expectations(one.expect);
    }
    expectations(scenario_.finally);
    if (scenario_.start) where(scenario_.start->where, scenario_.start->mark);
    if (scenario_.lesson) lesson(*scenario_.lesson);
  }

 private:
  void expectations(const std::vector<Expectation>& all) {
    for (const Expectation& one : all) {
      names(one.comparison.left, one.mark);
      names(one.comparison.right, one.mark);
    }
  }

  void lesson(const LessonPlan& lesson) {
    for (const PlannedStop& stop : lesson.stops) {
      where(stop.at, stop.mark);
      texts(stop.say);
      texts(stop.tries);
      for (const PlannedLook& look : stop.look) {
        if (look.value) value(*look.value, look.mark);
      }
      for (const PlannedQuestion& question : stop.ask) this->question(question);
    }
  }

  void question(const PlannedQuestion& question) {
    texts(question.text);
    texts(question.because);
    where(question.after.where, question.after.mark);
    for (const PlannedOption& option : question.options) texts(option.text);
    for (const PlannedValue& one : question.values) value(one.sum, one.mark);
    for (const Comparison& pick : question.picks) {
      value(pick.left, question.answer_mark);
      value(pick.right, question.answer_mark);
    }
  }

  void texts(const ValueTexts& texts) {
    for (const ValueText* const text : {&texts.en, &texts.zh}) {
      for (const ValueText::Value& one : text->values) value(one.sum, one.mark);
    }
  }

  /// A value of a lesson may be a variable of a frame: `runqgrab.n`.
  void value(const Sum& sum, const FileMark& mark) {
    const auto is_variable = [&](const Term& term) {
      const std::string_view head = std::string_view(term.name).substr(0, term.name.find('.'));
      return term.kind == Term::Kind::symbol && code_.function(fmt::format("runtime.{}", head)) != nullptr;
    };
    if (std::ranges::none_of(sum.terms, is_variable)) names(sum, mark);
  }

  void where(const Where& where, const FileMark& mark) {
    if (where.kind == Where::Kind::place) place(where.place, mark);
  }

  void place(const Place& place, const FileMark& mark) {
    if (place.function.empty() || !known(place.function)) return;
    const auto found = resolve(place, code_);
    if (const auto* wrong = std::get_if<Message>(&found)) problems_.error(mark, *wrong);
  }

  void names(const Sum& sum, const FileMark& mark) {
    if (!all_known(sum)) return;
    for (const ExpressionError& error : check_symbols(sum, code_)) problems_.error(mark, error.message);
  }

  bool all_known(const Sum& sum) const {
    return std::ranges::all_of(sum.terms, [this](const Term& term) {
      if (term.kind == Term::Kind::memory) return all_known(*term.inner);
      return term.kind != Term::Kind::symbol || known(term.name);
    });
  }

  /// Whether the program at hand knows as much about the name as the scenario's own would.
  bool known(std::string_view name) const {
    if (own_) return true;
    return name.starts_with("runtime.") &&
           std::ranges::none_of(scenario_.listings,
                                [&](const ListingChange& c) { return c.mutation.function == name; });
  }

  const Scenario& scenario_;
  const Code& code_;
  bool own_;
  FileProblems& problems_;
};

ProgramOptions options_of(const Scenario& scenario) {
  ProgramOptions options;
  options.name = scenario.name;
  options.release = lesson_release(scenario.go);
  const auto add = [&](std::string name, const Bodies& bodies) {
    if (bodies.text.empty()) return;
    options.bodies.push_back({std::move(name), bodies.text, static_cast<std::uint32_t>(bodies.first_line)});
  };
  add(std::string(kBodiesSource), scenario.bodies);
  for (const IncludedFile& file : scenario.includes) add(file.name, file.bodies);
  if (const auto& file = scenario.submitted)
    options.bodies.push_back({file->name, file->text, 1, submission_includes(scenario)});
  options.include = own_folder_includes(scenario.path);
  options.procs = scenario.procs;
  options.turns = scenario.turns;
  options.sysmon = scenario.sysmon;
  options.heap_bytes = scenario.heap_bytes;
  options.step_budget = scenario.budget;
  options.race = scenario.race;
  options.goos = scenario.goos;
  options.goarch = scenario.goarch;
  for (const ListingChange& change : scenario.listings) options.mutations.push_back(change.mutation);
  return options;
}

/// What a builder found, as errors of the scenario file.
Diagnostics in_file(std::vector<Diagnostic> found, const Scenario& scenario) {
  Diagnostics out;
  FileProblems mutations(scenario);
  for (Diagnostic& d : found) {
    if (d.file == kMutationsSource) {
      const ListingChange& change = scenario.listings[static_cast<std::size_t>(d.line - 1)];
      tell_mutation_error(d, change, mutations.of(change.function_mark));
    } else {
      out.push_back(in_file(std::move(d), scenario));
    }
  }
  mutations.take(out);
  return out;
}

/// A process of the scenario's Go program; nothing, and why, if there cannot be one.
std::optional<Program> process_of(const Scenario& scenario, FileProblems& problems) {
  const ProgramPlan& plan = *scenario.program;
  if (!plan.binary) return std::nullopt;  // that has been reported
  auto made = make_process(plan, scenario);
  if (auto* const why = std::get_if<Message>(&made)) {
    problems.error(plan.mark, std::move(*why));
    return std::nullopt;
  }
  return std::move(std::get<Program>(made));
}

/// `build` for a Go program.
std::optional<Program> build_process(const Scenario& scenario, Diagnostics& wrong) {
  FileProblems problems(scenario);
  std::optional<Program> program = process_of(scenario, problems);
  if (program) LookUp(scenario, program->guest->code, true, problems).everything();
  problems.take(wrong);
  if (!wrong.empty()) return std::nullopt;
  return program;
}

/// The program, unless something is wrong; all of that is added to what is known to be wrong already.
std::optional<Program> build(const Scenario& scenario, Diagnostics& wrong) {
  if (scenario.program) return build_process(scenario, wrong);
  std::optional<Program> program;
  const bool missing = scenario.submission && !scenario.submitted;
  if (missing && wrong.empty()) {
    FileProblems problems(scenario);
    problems.error(
        scenario.submission->mark,
        {{"there is no {file} beside this scenario: `gogoscope test --submission` grades one that is "
          "elsewhere",
          "场景旁边没有 {file}：别处的文件用 `gogoscope test --submission` 评分"},
         {{"file", scenario.submission->file}}});
    problems.take(wrong);
  }
  const ProgramOptions options = options_of(scenario);
  if (!options.bodies.empty() && !missing) {
    auto built = build_program(options);
    if (auto* const found = std::get_if<1>(&built)) {
      Diagnostics more = in_file(std::move(*found), scenario);
      wrong.insert(wrong.end(), more.begin(), more.end());
    } else {
      program = std::move(std::get<0>(built));
    }
  }
  const bool own = program.has_value();
  if (!own) {
    ProgramOptions none;
    none.bodies = {{"none", "TEXT main\u00b7main(SB), $0-0\n\tRET\n"}};
    auto built = build_program(none);
    if (built.index() == 0) program = std::move(std::get<0>(built));
  }
  if (program) {
    FileProblems problems(scenario);
    LookUp(scenario, program->guest->code, own, problems).everything();
    problems.take(wrong);
  }
  if (!own || !wrong.empty()) return std::nullopt;
  return program;
}

/// The first case of each program that the matrix makes, without that of the scenario's own.
std::vector<MatrixCase> other_builds(const Scenario& scenario) {
  std::vector<MatrixCase> out;
  using Build = std::tuple<bool, std::string, std::string, std::uint64_t>;
  const auto of = [](const MachineSettings& m) { return Build(m.race, m.goos, m.goarch, m.heap_bytes); };
  std::set<Build> known = {of(scenario)};
  for (const MatrixCase& one : scenario.cases) {
    if (known.insert(of(one.machine)).second) out.push_back(one);
  }
  return out;
}

/// Of the scenario file first, from its top down.
Diagnostics in_order(Diagnostics all, const std::string& path) {
  std::ranges::stable_sort(
      all, {}, [&](const Diagnostic& d) { return std::tuple(d.file != path, d.file, d.line, d.column); });
  return all;
}

}  // namespace

Diagnostic in_file(Diagnostic d, const Scenario& scenario) {
  if (scenario.submitted && d.file == scenario.submitted->name) {
    d.file = scenario.submitted->path;
    return d;
  }
  const Bodies* bodies = d.file == kBodiesSource ? &scenario.bodies : nullptr;
  const std::string* path = &scenario.path;
  for (const IncludedFile& file : scenario.includes) {
    if (d.file != file.name || file.bodies.text.empty()) continue;
    bodies = &file.bodies;
    path = &file.path;
  }
  if (bodies == nullptr) return d;
  d.file = *path;
  d.line += bodies->first_line - 1;
  // An empty line of the bodies has no indentation in the file either.
  if (d.source_line.empty()) return d;
  d.column += bodies->indent;
  if (d.first_column == 1) {
    d.source_line.insert(0, static_cast<std::size_t>(bodies->indent), ' ');
  } else {
    d.first_column += bodies->indent;
  }
  return d;
}

const std::string& path_of(const Scenario& scenario, const FileMark& mark) {
  return mark.file == 0 ? scenario.path : scenario.includes[static_cast<std::size_t>(mark.file - 1)].path;
}

std::variant<std::string, Message> read_scenario_file(const std::string& path) {
  return read_input(path, kMaxScenarioBytes);
}

plan9::IncludeResolver own_folder_includes(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return [folder](std::string_view name) -> std::variant<plan9::Source, Message> {
    const fs::path wanted(name);
    if (wanted.is_absolute())
      return Message({"an include must be named relative to the file's own folder",
                      "包含的文件名要相对于本文件所在的目录"});
    std::error_code error;
    const fs::path home = fs::weakly_canonical(folder.empty() ? fs::path(".") : folder, error);
    const fs::path target = fs::weakly_canonical(home / wanted, error);
    const fs::path inside = target.lexically_relative(home);
    const std::string shown = in_quotes(folder.empty() ? "." : folder.string());
    if (inside.empty() || *inside.begin() == "..")
      return Message({"it is outside {folder}, the folder of the file that includes it",
                      "它在 {folder}（包含它的文件所在的目录）之外"},
                     {{"folder", shown}});
    if (!fs::exists(target, error))
      return Message({"there is no such file in {folder}", "{folder} 里没有这个文件"}, {{"folder", shown}});
    auto read = read_scenario_file(target.string());
    if (auto* const why = std::get_if<Message>(&read)) return std::move(*why);
    std::string& text = std::get<std::string>(read);
    if (text.size() > kMaxScenarioBytes)
      return Message({"this file is larger than 1 MB", "这个文件超过 1 MB"});
    return plan9::Source{std::string(name), std::move(text)};
  };
}

std::variant<LoadedScenario, Diagnostics> load_scenario_text(const std::string& path,
                                                             const std::string& text) {
  PartlyRead read = read_what_can_be_read(path, text);
  if (!read.scenario) return std::move(read.problems);
  if (read.problems.empty()) {
    for (const MatrixCase& one : other_builds(*read.scenario)) {
      build(in_case(*read.scenario, one), read.problems);
      if (!read.problems.empty()) return in_order(std::move(read.problems), path);
    }
    return load_scenario(std::move(*read.scenario));
  }
  // What can be built of it may have more to say.
  build(*read.scenario, read.problems);
  return in_order(std::move(read.problems), path);
}

std::variant<LoadedScenario, Diagnostics> load_scenario(Scenario scenario) {
  Diagnostics wrong;
  std::optional<Program> program = build(scenario, wrong);
  if (!program) return in_order(std::move(wrong), scenario.path);
  return LoadedScenario{std::move(scenario), std::move(*program)};
}

std::variant<LoadedScenario, Diagnostics> load_scenario(const std::string& path) {
  const auto read = read_scenario_file(path);
  if (const auto* const why = std::get_if<Message>(&read)) {
    Diagnostic d;
    d.file = path;
    d.line = d.column = 1;
    d.message = {{"this file cannot be read: {why}", "无法读取这个文件：{why}"}, {{"why", *why}}};
    return Diagnostics{d};
  }
  return load_scenario_text(path, std::get<std::string>(read));
}

}  // namespace gogoscope
