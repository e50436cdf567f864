// Leaves out every line of every listing, and of goexit0, one at a time, and asks what notices it. The result
// is docs/mutants.md; GOGOSCOPE_UPDATE=1 in the environment rewrites it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "emu/runtime/mutation.h"
#include "scenarios/run/runner.h"
#include "survivors.h"

namespace gogoscope {
namespace {

using Lines = std::set<std::pair<std::string, std::uint32_t>>;  ///< function, line

/// A shipped scenario, run once as it is.
struct Whole {
  Scenario scenario;
  std::uint64_t steps = 0;
  std::string broken;  ///< an invariant, by what the scenario sets
  StopReason stop = StopReason::exit;
  Lines reached;
  bool is_mutant() const { return !scenario.listings.empty(); }
};

/// What notices it, from the best witness to the worst.
enum class Witness { assembler, invariant, stop, expectation, nobody };

struct Told {
  Witness by = Witness::nobody;
  std::string sentence;
  std::string scenario;
};

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string first_broken(Session& session) {
  for (const Event& event : session.events()) {
    if (const auto* broken = event.as<InvariantBreak>()) return std::string(broken->name);
  }
  return "";
}

Lines lines_reached(const Trace& trace) {
  const Code& code = trace.guest().code;
  Lines lines;
  Cursor cursor(trace);
  do {
    const Instruction* next = code.instruction_at(cursor.state().pc());
    if (next != nullptr) lines.emplace(code.functions()[next->function].name, next->line);
  } while (cursor.forward());
  return lines;
}

/// The scenarios of a folder, in the order of their names.
std::vector<Whole> whole_scenarios(const std::string& folder) {
  std::vector<Whole> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    const auto loaded = load_scenario(entry.path().string());
    const ScenarioRun run = run_scenario(std::get<LoadedScenario>(loaded));
    Whole whole;
    whole.scenario = std::get<LoadedScenario>(loaded).scenario;
    whole.steps = run.session->trace().steps();
    whole.broken = first_broken(*run.session);
    whole.stop =
        run.session->trace().end() == nullptr ? StopReason::budget : run.session->trace().end()->reason;
    whole.reached = lines_reached(run.session->trace());
    all.push_back(std::move(whole));
  }
  std::sort(all.begin(), all.end(),
            [](const Whole& a, const Whole& b) { return a.scenario.name < b.scenario.name; });
  return all;
}

/// The healthy ones first; those that are broken on purpose reach what no healthy one does.
std::vector<Whole> witnesses() {
  std::vector<Whole> all = whole_scenarios(GOGOSCOPE_SOURCE "/scenarios");
  for (Whole& mutant : whole_scenarios(GOGOSCOPE_SOURCE "/scenarios/mutants"))
    all.push_back(std::move(mutant));
  return all;
}

/// Whether a place cannot be found, or found elsewhere, once the line is gone: it names that line, or an
/// offset in a listing. What is modelled keeps its addresses.
bool moves(const Place& place, const std::string& text, const std::string& function, const CodeLine& line) {
  if (place.function != function) return false;
  const std::string words = line.text.substr(0, line.text.find('#'));
  return text.find(words) != std::string::npos || (line.file.ends_with(".s") && place.offset != 0);
}

/// Whether an expectation counts bytes from the start of a listing that has become shorter.
bool counts_bytes(const Expectation& expectation, const std::string& function, const CodeLine& line) {
  return line.file.ends_with(".s") && expectation.comparison.text.find(function + " +") != std::string::npos;
}

/// "at runtime.newstack: g2.sched.bp == rbp": what was not met, without what was found.
std::string unmet(const Failure& failure) {
  return std::regex_replace(first_line(failure.message.in(Language::en)),
                            std::regex(R"( \(state \d+\)|expected |, but .*)"), "");
}

Told told_by(const Whole& whole, const LoadedScenario& loaded) {
  const ScenarioRun run = run_scenario(loaded);
  const std::string& name = loaded.scenario.name;
  const std::string broken = first_broken(*run.session);
  if (!broken.empty() && broken != whole.broken)
    return {Witness::invariant, "invariant `" + broken + "`", name};
  const Stop* stop = run.session->trace().end();
  if (stop == nullptr && whole.stop != StopReason::budget) return {Witness::stop, "it never ends", name};
  if (stop != nullptr && stop->reason != whole.stop)
    return {Witness::stop, fmt::format("{}: {}", gogoscope::name(stop->reason), first_line(stop->detail.en)),
            name};
  const Verdict verdict = judge(loaded, run);
  if (verdict.passed()) return {};
  return {Witness::expectation, "the scenario, " + unmet(verdict.failures.front()), name};
}

/// Runs a scenario without a line, and without what it expects at places that move. A run that continues far
/// beyond the whole one's end will not end.
Told told_without(const Whole& whole, const std::string& function, const CodeLine& line) {
  Scenario scenario = whole.scenario;
  scenario.listings.push_back({{function, line.text, ""}, {}, {}, {}});
  scenario.budget = 2 * whole.steps + 1000;
  std::erase_if(scenario.at,
                [&](const PlaceExpectations& at) { return moves(at.place, at.place_text, function, line); });
  for (PlaceExpectations& at : scenario.at) {
    std::erase_if(at.expect, [&](const Expectation& one) { return counts_bytes(one, function, line); });
  }
  std::optional<ExpectedBreak>& breaks = scenario.breaks;
  if (breaks && breaks->place && moves(*breaks->place, breaks->place_text, function, line))
    breaks->place.reset();
  const auto loaded = load_scenario(std::move(scenario));
  if (loaded.index() == 1) {
    const std::string error = std::get<Diagnostics>(loaded).front().message.in(Language::en);
    return {Witness::assembler, "the assembler: " + error, whole.scenario.name};
  }
  return told_by(whole, std::get<LoadedScenario>(loaded));
}

/// Whether the scenario reaches the line, in a function that it has not changed itself.
bool reaches(const Whole& whole, const std::string& function, const CodeLine& line) {
  for (const ListingChange& change : whole.scenario.listings) {
    if (change.mutation.function == function) return false;
  }
  return whole.reached.contains({function, static_cast<std::uint32_t>(line.line)});
}

/// Any line of the function.
bool enters(const Whole& whole, const std::string& function) {
  const auto first = whole.reached.lower_bound({function, 0});
  return first != whole.reached.end() && first->first == function;
}

/// The best witness among the scenarios that reach the line, the first of equals; mutants are heard only
/// where no healthy one notices. If none reaches it, one run shows whether the lines after it, which have
/// moved, still do their work.
Told best_witness(const std::vector<Whole>& all, const std::string& function, const CodeLine& line) {
  Told best;
  const bool reached =
      std::any_of(all.begin(), all.end(), [&](const Whole& whole) { return reaches(whole, function, line); });
  for (const Whole& whole : all) {
    if (whole.is_mutant() && best.by != Witness::nobody) break;
    if (!(reached ? reaches(whole, function, line) : enters(whole, function))) continue;
    const Told told = told_without(whole, function, line);
    if (told.by < best.by) best = told;
    if (best.by <= Witness::stop || !reached) break;
  }
  return best;
}

std::string cell(std::string text) {
  for (auto at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, "\\");
  return text;
}

constexpr const char* kHead =
    "# Lines left out, one at a time\n\n"
    "Each line of the listings and of `goexit0` is left out in turn, and the shipped scenarios that reach "
    "that line run without it, mutants last. The table names the best witness: the assembler, which refuses "
    "it; "
    "an invariant of "
    "[invariants.md](invariants.md); else a run that ends otherwise, by a fault, a throw, a deadlock or "
    "never; "
    "else an expectation of the scenario that is not met. A line whose absence nothing notices has its "
    "reason.\n\n"
    "Written by the test `DeletedLines.each_is_noticed_or_has_a_reason` when `GOGOSCOPE_UPDATE=1` is in its "
    "environment. Mutants with a story are scenarios of their own, in `scenarios/mutants/`.\n";

TEST(DeletedLines, each_is_noticed_or_has_a_reason) {
  const std::vector<Whole> scenarios = witnesses();
  ASSERT_GE(scenarios.size(), 100U);
  std::vector<std::string> functions = listed_functions(default_lesson_release().listings);
  functions.emplace_back("runtime.goexit0");

  std::string document = kHead;
  std::size_t explained = 0;
  for (const std::string& function : functions) {
    const std::vector<CodeLine> lines = lines_with_code(default_lesson_release(), function);
    ASSERT_FALSE(lines.empty()) << function;
    document +=
        fmt::format("\n## {}\n\n| line | left out | noticed by | in |\n|---|---|---|---|\n", function);
    for (const CodeLine& line : lines) {
      const std::string what = function + ": " + line.text;
      Told told = best_witness(scenarios, function, line);
      const std::string_view reason = why_nobody_tells(function, line.text);
      EXPECT_EQ(told.by == Witness::nobody, !reason.empty())
          << what << " is noticed by " << (told.sentence.empty() ? "nothing" : told.sentence)
          << "; the reason for silence: " << reason;
      if (told.by == Witness::nobody) told = {Witness::nobody, fmt::format("nothing: {}", reason), "-"};
      explained += reason.empty() ? 0 : 1;
      document += fmt::format("| {}:{} | `{}` | {} | {} |\n", line.file, line.line, cell(line.text),
                              cell(told.sentence), told.scenario);
    }
  }
  EXPECT_EQ(explained, survivor_count()) << "a reason names a line that is not there";

  const std::string path = GOGOSCOPE_SOURCE "/docs/mutants.md";
  if (std::getenv("GOGOSCOPE_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << document;
  EXPECT_EQ(text_of(path), document) << "set GOGOSCOPE_UPDATE=1 to write docs/mutants.md again";
}

}  // namespace
}  // namespace gogoscope
