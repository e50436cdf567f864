#include "witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <regex>

namespace gogoscope {
namespace {

constexpr const char* kFolders[] = {GOGOSCOPE_SOURCE "/scenarios/", GOGOSCOPE_SOURCE "/scenarios/mutants/"};

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

Whole run_whole(const std::string& path, bool with_lines) {
  const auto loaded = load_scenario(path);
  const ScenarioRun run = run_scenario(std::get<LoadedScenario>(loaded));
  const Trace& trace = run.session->trace();
  Whole whole;
  whole.scenario = std::get<LoadedScenario>(loaded).scenario;
  whole.steps = trace.steps();
  whole.broken = first_broken(*run.session);
  whole.stop = trace.end() == nullptr ? StopReason::budget : trace.end()->reason;
  whole.program = std::get<LoadedScenario>(loaded).program;
  whole.end = std::make_shared<Image>(run.session->cursor().state());
  if (with_lines) whole.reached = lines_reached(trace);
  return whole;
}

/// Whether a place cannot be found, or found elsewhere, once the line is wrong: it names that line, or an
/// offset in a listing. What is modelled keeps its addresses.
bool moves(const Place& place, const std::string& text, const Variant& variant) {
  if (place.function != variant.mutation.function) return false;
  const CodeLine& line = variant.line;
  const std::string words = line.text.substr(0, line.text.find('#'));
  return text.find(words) != std::string::npos || (line.file.ends_with(".s") && place.offset != 0);
}

/// Whether an expectation counts bytes from the start of a listing that has changed its length.
bool counts_bytes(const Expectation& expectation, const Variant& variant) {
  return variant.line.file.ends_with(".s") &&
         expectation.comparison.text.find(variant.mutation.function + " +") != std::string::npos;
}

/// "at runtime.newstack: g2.sched.bp == rbp": what was not met, without what was found.
std::string unmet(const Failure& failure) {
  return std::regex_replace(first_line(failure.message.in(Language::en)),
                            std::regex(R"( \(state \d+\)|expected |, but .*| at 0x[0-9a-f]+)"), "");
}

/// "fault: read of unmapped memory (nil pointer)": the address would change with the next scenario's text.
std::string ended(const Stop& stop) {
  return std::regex_replace(fmt::format("{}: {}", name(stop.reason), first_line(stop.detail.en)),
                            std::regex(R"( at 0x[0-9a-f]+|(\+| )0x[0-9a-f]+)"), "");
}

bool equal(const Image& a, const Image& b) {
  if (a.pages() != b.pages() || a.thread() != b.thread()) return false;
  for (int i = 0; i < kRegCount; ++i) {
    if (a.reg(static_cast<Reg>(i)) != b.reg(static_cast<Reg>(i))) return false;
  }
  for (std::uint32_t n = 0; n < a.pages(); ++n) {
    if (a.page(n) != b.page(n) && std::memcmp(a.page(n), b.page(n), Image::kPage) != 0) return false;
  }
  return true;
}

std::string told_by(const Whole& whole, const LoadedScenario& loaded, const ScenarioRun& run) {
  const std::string broken = first_broken(*run.session);
  if (!broken.empty() && broken != whole.broken) return "invariant `" + broken + "`";
  const Stop* stop = run.session->trace().end();
  if (stop == nullptr && whole.stop != StopReason::budget) return "it never ends";
  if (stop != nullptr && stop->reason != whole.stop) return ended(*stop);
  const Verdict verdict = judge(loaded, run);
  return verdict.passed() ? "" : "the scenario, " + unmet(verdict.failures.front());
}

/// Whether the scenario has left the function as it is.
bool keeps(const Whole& whole, const std::string& function) {
  return std::ranges::none_of(whole.scenario.listings,
                              [&](const ListingChange& c) { return c.mutation.function == function; });
}

/// Whether the scenario reaches the line, in a function that it has not changed itself.
bool reaches(const Whole& whole, const Variant& variant) {
  const std::string& function = variant.mutation.function;
  return keeps(whole, function) &&
         whole.reached.contains({function, static_cast<std::uint32_t>(variant.line.line)});
}

/// Any line of the function.
bool enters(const Whole& whole, const std::string& function) {
  const auto first = whole.reached.lower_bound({function, 0});
  return first != whole.reached.end() && first->first == function && keeps(whole, function);
}

}  // namespace

Whole whole_scenario(const std::string& name) {
  for (const char* folder : kFolders) {
    const std::string path = folder + name + ".yaml";
    if (std::filesystem::exists(path)) return run_whole(path, false);
  }
  return {};
}

std::vector<Whole> whole_scenarios() {
  std::vector<Whole> all;
  for (const char* folder : kFolders) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".yaml") all.push_back(run_whole(entry.path().string(), true));
    }
  }
  std::ranges::sort(all, {},
                    [](const Whole& w) { return std::tuple(w.is_mutant(), w.steps, w.scenario.name); });
  return all;
}

Noticed told_with(const Whole& whole, const Variant& variant) {
  Scenario scenario = whole.scenario;
  scenario.listings.push_back({variant.mutation, {}, {}, {}});
  scenario.budget = 5 * whole.steps;
  std::erase_if(scenario.at,
                [&](const PlaceExpectations& at) { return moves(at.place, at.place_text, variant); });
  for (PlaceExpectations& at : scenario.at)
    std::erase_if(at.expect, [&](const Expectation& one) { return counts_bytes(one, variant); });
  std::optional<ExpectedBreak>& breaks = scenario.breaks;
  if (breaks && breaks->place && moves(*breaks->place, breaks->place_text, variant)) breaks->place.reset();
  const auto loaded = load_scenario(std::move(scenario));
  if (loaded.index() == 1) {
    const std::string error = std::get<Diagnostics>(loaded).front().message.in(Language::en);
    return {"the assembler: " + error, whole.scenario.name, false};
  }
  const auto& changed = std::get<LoadedScenario>(loaded);
  const ScenarioRun run = run_scenario(changed);
  const bool same =
      run.session->trace().steps() == whole.steps && equal(*whole.end, run.session->cursor().state());
  return {told_by(whole, changed, run), whole.scenario.name, same};
}

WitnessSearch first_witness(const std::vector<Whole>& all, const Variant& variant) {
  const bool assembly = variant.line.file.ends_with(".s");
  const auto reached = [&](const Whole& whole) { return reaches(whole, variant); };
  WitnessSearch search;
  search.reached = std::ranges::any_of(all, reached);
  if (!search.reached) {
    // One run shows whether the lines of a listing after it, which have moved, still do their work.
    const auto first =
        std::ranges::find_if(all, [&](const Whole& w) { return enters(w, variant.mutation.function); });
    if (assembly && first != all.end()) search.told = told_with(*first, variant);
    return search;
  }
  // What guards a listing is woken by mutants alone, and its lines before are reached by all.
  const bool healthy =
      !assembly && std::ranges::any_of(all, [&](const Whole& w) { return !w.is_mutant() && reached(w); });
  for (const Whole& whole : all) {
    if (whole.is_mutant() && healthy) break;
    if (!reached(whole)) continue;
    search.told = told_with(whole, variant);
    search.same = search.same && search.told.same;
    if (!search.told.by.empty()) break;
  }
  return search;
}

}  // namespace gogoscope
