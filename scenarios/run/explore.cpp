#include "scenarios/run/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "emu/check/run_events.h"
#include "scenarios/format/reader.h"
#include "scenarios/run/goroutines.h"
#include "scenarios/run/judge_end.h"
#include "scenarios/run/shards.h"

namespace gogoscope {
namespace {

/// Whether the end is as `finally` says. Names of goroutines mean those that this order has started.
bool ends_as_expected(const Scenario& scenario, const Trace& record, const StateView& state) {
  const Guest& guest = record.guest();
  const auto holds = [&](const Comparison& comparison) { return evaluate(comparison, guest, state).holds; };
  const bool named = std::ranges::any_of(scenario.finally, names_goroutines, &Expectation::comparison);
  if (!named) return std::ranges::all_of(scenario.finally, holds, &Expectation::comparison);
  RunEvents events(record);
  events.follow(record.steps());
  const Goroutines goroutines(scenario.goroutines, record, events.all());
  return std::ranges::all_of(scenario.finally, [&](const Expectation& one) {
    const auto bound = goroutines.bound(one.comparison, record.steps());
    return bound.index() == 0 && holds(std::get<0>(bound));
  });
}

bool fails(const Scenario& scenario, const OrderEnd& end, const Trace& record, const StateView& state) {
  if (end.kind == OrderEnd::Kind::broke) {
    return !scenario.breaks || info(end.invariant).name != scenario.breaks->invariant;
  }
  if (scenario.breaks) return true;
  const Stop* const stop = end.kind == OrderEnd::Kind::stopped ? &end.stop : nullptr;
  if (!match_end(scenario.stop, stop).all()) return true;
  return !ends_as_expected(scenario, record, state);
}

/// The key of a line that starts with one: "schedule" of "schedule: [m0*5]".
std::string_view key_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  const std::string_view key = line.substr(0, colon);
  return std::ranges::all_of(key, [](char c) { return c >= 'a' && c <= 'z'; }) ? key : std::string_view();
}

}  // namespace

Message why_not_explored(const Scenario& scenario) {
  if (std::ranges::all_of(scenario.set, [](const Poke& poke) { return poke.clock_ns != 0; })) return {};
  return {{"a scenario with `set` cannot be explored: a field is set when one order comes to a place",
           "带有 `set` 的场景不能探索：字段是在某一个顺序到达某处时设置的"}};
}

Scenario in_any_order(Scenario scenario) {
  scenario.turns = {};
  scenario.turns.explored = !scenario.program;
  scenario.set.clear();
  scenario.events.clear();
  scenario.exact = false;
  scenario.at.clear();
  scenario.lesson.reset();
  return scenario;
}

std::variant<ScenarioExplored, Message> explore_orders(const LoadedScenario& loaded,
                                                       const ExploreLimits& limits,
                                                       const std::function<void(const Explored&)>& done) {
  const std::shared_ptr<const Guest>& guest = loaded.program.guest;
  ExploreOptions options;
  options.max_states = (limits.max_states + limits.jobs - 1) / limits.jobs;
  options.enough = limits.enough;
  options.fails = [&](const OrderEnd& end, const Trace& record, const StateView& state) {
    return fails(loaded.scenario, end, record, state);
  };
  const auto search = [&] {
    return explore_in_shards(limits.jobs, [&](SearchShard shard) {
      ExploreOptions own = options;
      own.shard = shard;
      return explore(guest, loaded.program.slots, own);
    });
  };
  ScenarioExplored out;
  for (int k = 0; k <= limits.preemptions; ++k) {
    options.preemptions = k;
    options.shorter_than = 0;
    auto found = search();
    if (const auto* const wrong = std::get_if<Message>(&found)) return *wrong;
    out.bounds.push_back(std::move(std::get<Explored>(found)));
    Explored& bound = out.bounds.back();
    if (bound.failure) {
      // The same again, for the shortest.
      options.shorter_than = bound.failure->order.steps;
      auto again = search();
      if (const auto* const wrong = std::get_if<Message>(&again)) return *wrong;
      Explored& shorter = std::get<Explored>(again);
      out.shortest = bound.complete && shorter.complete;
      if (shorter.failure && shorter.failure->order < bound.failure->order) {
        bound.failure = std::move(shorter.failure);
      }
    }
    done(bound);
    if (bound.failure || !bound.complete || bound.every_order) break;
  }
  return out;
}

std::string to_string(const std::vector<Turn>& turns) {
  std::string out;
  for (const Turn& turn : turns) {
    out += fmt::format("{}{}m{}*{}", out.empty() ? "" : ", ", turn.expires ? "expire " : "", turn.thread,
                       turn.steps);
  }
  return out;
}

namespace {

/// Whether a key is of what the cases of a matrix differ in.
bool is_of_case(std::string_view key) {
  static constexpr std::array<std::string_view, 6> kKeys = {"matrix", "procs", "build",
                                                            "sysmon", "heap",  "budget"};
  return std::ranges::find(kKeys, key) != kKeys.end();
}

/// The sections that say what a machine is, without those of its schedule.
std::string machine_of_case(const Scenario& scenario) {
  std::string lesson;
  if (!scenario.program) {
    lesson = fmt::format("build: {{race: {}, goos: {}, goarch: {}}}\nsysmon: {}\nheap: {}KB\n", scenario.race,
                         scenario.goos, scenario.goarch, scenario.sysmon, scenario.heap_bytes / 1024);
  }
  return fmt::format("procs: {}\n{}budget: {}\n", scenario.procs, lesson, scenario.budget);
}

bool same_machine(const MachineSettings& one, const MachineSettings& other) {
  const auto all = [](const MachineSettings& m) {
    return std::tie(m.procs, m.race, m.goos, m.goarch, m.sysmon, m.heap_bytes, m.budget);
  };
  return all(one) == all(other);
}

bool same_turns(const Turns& one, const Turns& other) {
  const auto all = [](const Turns& t) { return std::tie(t.kind, t.quantum, t.seed, t.first, t.explored); };
  return all(one) == all(other);
}

/// The file's text with a comment above it, `schedule` in place of what says in which order it runs, and
/// without what only holds of the order it had; nothing if its keys are not each at the start of a line.
std::optional<std::string> rescheduled(const Scenario& scenario, const std::string& comment,
                                       const std::string& schedule, const Turns& turns) {
  static constexpr std::array<std::string_view, 7> kOfOneOrder = {"schedule", "clock", "ticks", "events",
                                                                  "exact",    "at",    "lesson"};
  const bool of_matrix = !scenario.cases.empty();
  const auto replaced = [&](std::string_view key) {
    return std::ranges::find(kOfOneOrder, key) != kOfOneOrder.end() || (of_matrix && is_of_case(key));
  };
  std::string out = "# " + comment + "\n";
  bool placed = false, skipped = false;
  std::string comments;  // before the key that comes next
  std::string_view text = scenario.file_text;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    if (line.starts_with('#')) {
      comments += line;
      continue;
    }
    const std::string_view key = key_of(line);
    if (!key.empty()) {
      skipped = replaced(key);
      if (key == "bodies" || key == "program") {
        out += (of_matrix ? machine_of_case(scenario) : "") + schedule;
        placed = true;
      }
    }
    if (!skipped) out += comments + std::string(line);
    comments.clear();
  }
  if (!placed) return std::nullopt;
  if (!out.empty() && out.back() != '\n') out += '\n';
  // A key that is written otherwise has been missed, and its section is still there. The program is known.
  const PartlyRead read =
      read_what_can_be_read(scenario.path, out, scenario.program ? ReadAs::outline : ReadAs::whole);
  const bool right = read.scenario && read.problems.empty() && same_turns(read.scenario->turns, turns) &&
                     same_machine(*read.scenario, scenario) && read.scenario->set.empty() &&
                     read.scenario->events.empty() && read.scenario->at.empty() && !read.scenario->lesson;
  if (!right) return std::nullopt;
  return out;
}

}  // namespace

std::optional<std::string> with_order(const Scenario& scenario, const Order& order) {
  Turns turns;
  turns.explored = true;
  turns.first = order.turns;
  std::string schedule = "clock: explored\n";
  if (!order.turns.empty()) schedule += "schedule:\n  [";
  std::size_t width = 3;
  for (std::size_t i = 0; i < order.turns.size(); ++i) {
    const std::string turn = to_string({order.turns[i]}) + (i + 1 < order.turns.size() ? "," : "");
    if (width + turn.size() > 100) {
      schedule += "\n  ";
      width = 2;
    }
    if (width > 3) schedule += ' ';
    schedule += turn;
    width += turn.size() + 1;
  }
  if (!order.turns.empty()) schedule += "]\n";
  const std::string comment = fmt::format(
      "The shortest order that fails, as gogoscope explore has found it: {} preemption{}, {} steps.",
      order.preemptions, order.preemptions == 1 ? "" : "s", order.steps);
  return rescheduled(scenario, comment, schedule, turns);
}

std::optional<std::string> with_seed(const Scenario& scenario, const Turns& turns) {
  return rescheduled(scenario, "The first seed that fails, as gogoscope explore has found it.",
                     fmt::format("schedule: {{seed: {}, quantum: {}}}\n", turns.seed, turns.quantum), turns);
}

}  // namespace gogoscope
