// What printing a run costs compared with running it: walk, its events alone, and the trace as JSON lines,
// each over the `test` of the same scenario; then the same with a large heap, and with many goroutines.
//
//   build/release/gogoscope_telling_bench
//
// Peers are run in turn in one process, and the figures are medians of the ratios of their processor times:
// what the machine does besides falls on both.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "emu/port/jsonl.h"
#include "scenarios/run/runner.h"
#include "scenarios/told/walk_text.h"

namespace {

using namespace gogoscope;

/// Takes everything and keeps nothing.
class Nowhere final : public std::streambuf {
 protected:
  int overflow(int c) override { return c; }
  std::streamsize xsputn(const char*, std::streamsize n) override { return n; }
};

LoadedScenario loaded(const std::string& name, const std::string& text) {
  auto result = load_scenario_text(name, text);
  if (result.index() == 1) {
    for (const auto& d : std::get<1>(result)) fmt::print("{}", format(d));
    std::exit(1);
  }
  return std::move(std::get<0>(result));
}

LoadedScenario shipped(const std::string& name, std::string_view more = {}) {
  const auto text = read_scenario_file(GOGOSCOPE_BENCH_SCENARIOS "/" + name + ".yaml");
  return loaded(name, std::get<std::string>(text) + std::string(more));
}

LoadedScenario spawning(int gs) {
  return loaded("spawning", fmt::format(R"(title: {{en: many, zh: 许多}}
about: {{en: many, zh: 许多}}
go: "1.16"
heap: 64MB
budget: 5000000
bodies: |
  TEXT main·main(SB), $24-0
      MOVQ ${}, 16(SP)
  more:
      GO   main·worker(SB)
      DECQ 16(SP)
      JNE  more
      MOVQ ${}, 16(SP)
  wait:
      CALL runtime·Gosched(SB)
      DECQ 16(SP)
      JNE  wait
      RET
  TEXT main·worker(SB), NOSPLIT, $0-0
      RET
)",
                                        gs, gs));
}

enum class Form { test, walk, events, jsonl };

void tell(Form form, Session& session) {
  Nowhere nowhere;
  std::ostream out(&nowhere);
  const Trace& trace = session.trace();
  const std::vector<Event>& events = session.events();
  WalkStyle style;
  if (form == Form::events) style.only = WalkStyle::Only::events;
  if (form == Form::jsonl) {
    write_jsonl(out, trace, events);
  } else if (form != Form::test) {
    tell_walk(out, trace, events, 0, trace.steps(), Narration(Language::en), style);
  }
}

/// Processor time of what the verb does, s.
double seconds(Form form, const LoadedScenario& scenario) {
  const std::clock_t begin = std::clock();
  const ScenarioRun run = run_scenario(scenario);
  if (form == Form::test) {
    judge(scenario, run);
  } else {
    tell(form, *run.session);
  }
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

double median_ratio(int rounds, const std::function<double()>& one, const std::function<double()>& other) {
  std::vector<double> ratios;
  for (int i = 0; i < rounds; ++i) {
    const double peer = other();
    ratios.push_back(one() / peer);
  }
  std::sort(ratios.begin(), ratios.end());
  return ratios[ratios.size() / 2];
}

}  // namespace

int main() {
  constexpr std::pair<Form, std::string_view> kForms[] = {
      {Form::walk, "walk"}, {Form::events, "walk --only events"}, {Form::jsonl, "trace --format jsonl"}};
  const LoadedScenario ring = shipped("12-full-ring");
  const LoadedScenario one = shipped("01-one-exit");
  const LoadedScenario large = shipped("01-one-exit", "heap: 64MB\n");
  const LoadedScenario few = spawning(100), many = spawning(1'000);
  for (const auto& [form, name] : kForms) {
    const auto cost = [form = form](const LoadedScenario& scenario) {
      return [form, &scenario] { return seconds(form, scenario); };
    };
    fmt::print("{:<22} over test of 12-full-ring      {:6.2f}\n", name,
               median_ratio(3, cost(ring), [&] { return seconds(Form::test, ring); }));
    fmt::print("{:<22} of 01, heap 64MB over default  {:6.2f}\n", name,
               median_ratio(9, cost(large), cost(one)));
    fmt::print("{:<22} a goroutine, 1,000 over 100    {:6.2f}\n", name,
               median_ratio(3, cost(many), cost(few)) / 10);
  }
}
