#include "tests/docs/branches.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <regex>
#include <set>

#include "emu/session/place.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/runner.h"
#include "tests/docs/markdown.h"

namespace gogoscope::docs {
namespace {

constexpr std::array kFunctions = {"runtime.goexit1", "runtime.goexit0", "runtime.gfput", "runtime.mexit"};

constexpr std::string_view kNone = "none";

std::string trimmed(std::string_view line) {
  const auto first = line.find_first_not_of(' ');
  return first == std::string_view::npos ? "" : std::string(line.substr(first));
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

bool branches(const std::string& line) { return line.starts_with("if ") || line.starts_with("for "); }

/// "labels" of "gp.labels = nil", "stack.lo" of "gp.stack.lo = 0".
std::optional<std::string> reset_field(const std::string& line) {
  static const std::regex store(R"((?:gp|_g_\.m)\.([\w.]+) = (?:nil|0|false)\b.*)");
  std::smatch match;
  if (!std::regex_match(line, match, store)) return std::nullopt;
  return match[1].str();
}

/// A scenario that has run, and its record.
struct Run {
  LoadedScenario loaded;
  ScenarioRun run;
};

const Run* run_of(const std::string& scenario) {
  static std::map<std::string, std::unique_ptr<Run>> runs;
  const auto [at, fresh] = runs.try_emplace(scenario);
  if (!fresh) return at->second.get();
  auto loaded = load_scenario(std::string(GOGOSCOPE_SOURCE) + "/scenarios/" + scenario + ".yaml");
  if (std::holds_alternative<Diagnostics>(loaded)) return nullptr;
  auto run = std::make_unique<Run>(Run{std::move(std::get<LoadedScenario>(loaded)), {}});
  run->run = run_scenario(run->loaded);
  if (run->run.error.empty()) at->second = std::move(run);
  return at->second.get();
}

/// Whether `since` holds, and how not.
Answer holds(const std::string& since, const Scenario& scenario, const Guest& guest, const StateView& state) {
  const std::array settings = {std::string("race == ") + (scenario.race ? "true" : "false"),
                               "goos == " + scenario.goos, "goarch == " + scenario.goarch};
  for (const std::string& setting : settings) {
    if (since == setting) return {true, {}};
    if (since.substr(0, since.find(' ')) == setting.substr(0, setting.find(' ')))
      return {false, Message::untranslated(setting)};
  }
  const auto parsed = parse_comparison(since, guest.release->layout);
  if (const auto* error = std::get_if<ExpressionError>(&parsed)) return {false, error->message};
  return evaluate(std::get<Comparison>(parsed), guest, state);
}

/// The line that this frame reaches when it leaves the line that it is on; 0 if the run ends before.
std::uint32_t next_line(Cursor& at, const Code& code) {
  const Function* function = code.function_at(at.state().pc());
  const std::uint32_t line = code.instruction_at(at.state().pc())->line;
  const Addr frame = at.state().sp();
  while (at.forward()) {
    const CodeAddr pc = at.state().pc();
    if (!function->contains(pc) || at.state().sp() != frame) continue;
    const std::uint32_t here = code.instruction_at(pc)->line;
    if (here != line) return here;
  }
  return 0;
}

/// The first line below `line` that has code: where a block begins.
std::uint32_t line_below(const Function& function, std::uint32_t line, const Code& code) {
  std::uint32_t below = 0;
  for (const Instruction& i : code.instructions()) {
    if (function.contains(i.pc) && i.line > line && (below == 0 || i.line < below)) below = i.line;
  }
  return below;
}

/// Which way the run goes from a branch.
std::string way_from(Cursor at, const Code& code) {
  const Function& function = *code.function_at(at.state().pc());
  const std::uint32_t line = code.instruction_at(at.state().pc())->line;
  // A block may be on the very line: `if x { return }`. Then the line below is what follows it.
  const std::string text = trimmed(code.line_text(function, line));
  const bool one_line =
      text.find("{ ") != std::string::npos && text.substr(0, text.find("  //")).ends_with("}");
  const bool below = next_line(at, code) == line_below(function, line, code);
  return below != one_line ? "in" : "past";
}

/// A way that is said never to be taken: the scenario of the table that takes it, or empty.
std::string taken_after_all(const Row& row, const std::set<std::string>& scenarios) {
  const auto where = parse_where(row[0]);
  if (!std::holds_alternative<Where>(where)) return std::get<Message>(where).in(Language::en);
  const Place& place = std::get<Where>(where).place;
  for (const std::string& scenario : scenarios) {
    const Run* run = run_of(scenario);
    if (run == nullptr) continue;  // reported of its own row
    const Trace& trace = run->run.session->trace();
    const auto addresses = resolve(place, trace.guest().code);
    if (const auto* error = std::get_if<Message>(&addresses)) return error->in(Language::en);
    VisitCounter counter(std::get<std::vector<CodeAddr>>(addresses), trace);
    for (int visit = 1; counter.reach(visit); ++visit) {
      if (way_from(counter.cursor(), trace.guest().code) == row[1]) return scenario + " takes it";
    }
  }
  return "";
}

/// What is wrong with one row; empty if it is true.
std::string wrong(const Row& row) {
  if (row.size() != 4) return "not four cells";
  const std::string &way = row[1], &since = row[2];
  const Run* run = run_of(row[3]);
  if (run == nullptr) return "scenario " + row[3] + " cannot be run";
  const Trace& trace = run->run.session->trace();
  const Guest& guest = trace.guest();
  const auto moment = find_moment(row[0], trace);
  if (const auto* error = std::get_if<Message>(&moment)) return error->in(Language::en);
  Cursor at(trace);
  at.seek(std::get<std::uint64_t>(moment));
  while (!at.at_end() && trace.is_edit(at.position())) at.forward();  // what the scenario itself sets here

  const Scenario& scenario = run->loaded.scenario;
  const Answer before = holds(since, scenario, guest, at.state());
  if (!before.holds) return "`" + since + "` does not hold: " + before.sentence.in(Language::en);
  const Function& function = *guest.code.function_at(at.state().pc());
  const std::uint32_t line = guest.code.instruction_at(at.state().pc())->line;
  if (way == "resets") {
    next_line(at, guest.code);
    const auto field = reset_field(trimmed(guest.code.line_text(function, line)));
    if (!field || since.find("." + *field) == std::string::npos) return "`" + since + "` is of another field";
    return holds(since, scenario, guest, at.state()).holds ? "`" + since + "` still holds" : "";
  }
  if (way != "in" && way != "past") return "there is no way '" + way + "'";
  const std::string taken = way_from(at, guest.code);
  return taken == way ? "" : "the run goes " + taken;
}

}  // namespace

std::vector<std::string> branches_without_a_row(std::string_view document, const Code& code) {
  // Line and way -> the reasons that rows give.
  std::map<std::string, std::set<std::string>> told;
  for (const Row& row : table(document, "branch")) {
    const auto where = row.size() == 4 ? parse_where(row[0]) : std::variant<Where, Message>{Message()};
    if (!std::holds_alternative<Where>(where) || !std::get<Where>(where).place.line) continue;
    const Place& place = std::get<Where>(where).place;
    told[place.function + ": " + *place.line + ": " + row[1]].insert(row[2]);
  }
  std::vector<std::string> missing;
  const auto need = [&](const std::string& key, std::size_t rows) {
    const std::size_t has = told.contains(key) ? told.at(key).size() : 0;
    for (std::size_t n = has; n < rows; ++n) missing.push_back(key);
  };
  for (const char* name : kFunctions) {
    const Function* function = code.function(name);
    if (function == nullptr) continue;
    std::set<std::uint32_t> lines;
    for (const Instruction& i : code.instructions()) {
      if (function->contains(i.pc)) lines.insert(i.line);
    }
    for (const std::uint32_t n : lines) {
      const std::string line = trimmed(code.line_text(*function, n));
      const std::string key = std::string(name) + ": " + line + ": ";
      if (branches(line)) {
        need(key + "in", 1 + count(line, "||"));
        need(key + "past", 1 + count(line, "&&"));
      } else if (reset_field(line)) {
        need(key + "resets", 1);
      }
    }
  }
  return missing;
}

std::vector<std::string> wrong_branch_rows(std::string_view document) {
  std::vector<std::string> problems;
  std::set<std::string> scenarios;
  for (const Row& row : table(document, "branch")) {
    if (row.size() == 4 && row[3] != kNone) scenarios.insert(row[3]);
  }
  for (const Row& row : table(document, "branch")) {
    const bool never = row.size() == 4 && row[3] == kNone;
    const std::string what = never ? taken_after_all(row, scenarios) : wrong(row);
    if (!what.empty()) problems.push_back(row.front() + ": " + what);
  }
  return problems;
}

}  // namespace gogoscope::docs
