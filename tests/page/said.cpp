// said RUN LANGUAGE [EVERY]: what `state --format json`, `walk` and `traceback` print at each state of a run,
// as one JSON object a line; with EVERY, at every EVERY-th state, after each step that has events, and at the
// end. The browser test compares a page with it.
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emu/layout/traceback.h"
#include "emu/port/state.h"
#include "emu/port/traceback.h"
#include "scenarios/run/opening.h"
#include "scenarios/told/event_text.h"
#include "scenarios/told/walk_text.h"

namespace gogoscope {
namespace {

int print_all(const std::string& path, Language language, std::uint64_t every) {
  auto opened = open_run(path);
  if (opened.index() == 1) {
    std::cerr << "said: " << path << " cannot be opened\n";
    return 2;
  }
  OpenedRun& run = std::get<0>(opened);
  const Trace& trace = run.session->trace();
  const std::vector<Event>& events = run.session->events();
  const Narration narration(language);
  Cursor cursor(trace);
  for (;; cursor.forward()) {
    const std::uint64_t k = cursor.position();
    const bool eventful = k > 0 && !events_of(events, k - 1).empty();
    if (k % every != 0 && !eventful && !cursor.at_end()) continue;
    std::ostringstream state, walk, calls;
    const Entities entities(trace.guest(), cursor.state());
    write_traceback_text(calls, trace.guest(), cursor.state(),
                         tracebacks(trace.guest(), cursor.state(), entities));
    write_state_json(state, trace.guest(), cursor.state(), k);
    if (k > 0) tell_walk(walk, trace, events, k - 1, k, narration, {});
    nlohmann::ordered_json line{{"state", nlohmann::ordered_json::parse(state.str())},
                                {"walk", walk.str()},
                                {"traceback", calls.str()}};
    line["events"] = nlohmann::ordered_json::array();
    if (k > 0) {
      for (const Event& event : events_of(events, k - 1))
        line["events"].push_back(event_text(event, trace.guest(), narration));
    }
    std::cout << line.dump() << "\n";
    if (cursor.at_end()) return 0;
  }
}

}  // namespace
}  // namespace gogoscope

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) return 2;
  const auto language = gogoscope::language_by_name(argv[2]);
  const std::uint64_t every = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  return language && every > 0 ? gogoscope::print_all(argv[1], *language, every) : 2;
}
