#include "scenarios/run/explore.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/run/judge_end.h"

namespace gogoscope {
namespace {

bool fails(const Scenario& scenario, const Guest& guest, const OrderEnd& end, const StateView& state) {
  if (end.kind == OrderEnd::Kind::broke) {
    return !scenario.breaks || info(end.invariant).name != scenario.breaks->invariant;
  }
  if (scenario.breaks) return true;
  const Stop* const stop = end.kind == OrderEnd::Kind::stopped ? &end.stop : nullptr;
  if (!match_end(scenario.stop, stop).all()) return true;
  return !std::ranges::all_of(scenario.finally, [&](const Expectation& one) {
    return evaluate(one.comparison, guest, state).holds;
  });
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

std::variant<ScenarioExplored, Diagnostics> explore_scenario(
    Scenario scenario, const ExploreLimits& limits, const std::function<void(const Explored&)>& done) {
  scenario.turns = {};
  scenario.turns.explored = true;
  scenario.set.clear();
  auto loaded = load_scenario(std::move(scenario));
  if (loaded.index() == 1) return std::move(std::get<1>(loaded));
  const LoadedScenario& it = std::get<0>(loaded);
  const std::shared_ptr<const Guest>& guest = it.program.guest;
  ExploreOptions options;
  options.max_states = limits.max_states;
  options.enough = limits.enough;
  options.fails = [&](const OrderEnd& end, const StateView& state) {
    return fails(it.scenario, *guest, end, state);
  };
  ScenarioExplored out;
  for (int k = 0; k <= limits.preemptions; ++k) {
    options.preemptions = k;
    out.bounds.push_back(explore(guest, it.program.slots, options));
    Explored& bound = out.bounds.back();
    if (bound.failure) {
      // The same again, for the shortest.
      ExploreOptions shorter = options;
      shorter.shorter_than = bound.failure->steps;
      Explored found = explore(guest, it.program.slots, shorter);
      out.shortest = found.complete;
      if (found.failure && found.failure->preemptions <= bound.failure->preemptions) {
        bound.failure = std::move(found.failure);
        bound.failure_end = std::move(found.failure_end);
      }
    }
    done(bound);
    out.complete = bound.complete;
    out.every_order = bound.every_order;
    if (bound.failure || !bound.complete || bound.every_order) break;
  }
  return out;
}

std::string to_string(const std::vector<Turn>& turns) {
  std::string out;
  for (const Turn& turn : turns) {
    out += fmt::format("{}{}m{}*{}", out.empty() ? "" : ", ", turn.expires ? "expire " : "", turn.thread, turn.steps);
  }
  return out;
}

std::optional<std::string> with_order(const Scenario& scenario, const Order& order) {
  static constexpr std::array<std::string_view, 6> kOfOneOrder = {"schedule", "clock", "ticks",
                                                                 "events",   "exact", "at"};
  std::string schedule = "clock: explored\nschedule:\n  [";
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
  schedule += "]\n";

  std::string out;
  bool titled = false, skipped = false;
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
      skipped = std::ranges::find(kOfOneOrder, key) != kOfOneOrder.end();
      if (key == "bodies") {
        out += schedule;
        titled = true;
      }
    }
    if (!skipped) out += comments + std::string(line);
    comments.clear();
  }
  if (!titled) return std::nullopt;
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

}  // namespace gogoscope
