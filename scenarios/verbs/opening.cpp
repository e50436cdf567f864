#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

#include "asm/utf8.h"
#include "scenarios/moments.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

/// A saved trace starts with bytes that no scenario starts with; what it starts with is what `save` writes
/// first.
constexpr std::string_view kTraceMagic = "gogoscope trace\n";

bool looks_like_trace(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream in(path, std::ios::binary);
  std::string start(kTraceMagic.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && start == kTraceMagic;
}

std::optional<OpenedRun> open_trace(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  auto opened = Trace::open(in);
  if (std::holds_alternative<std::string>(opened)) {
    complain(path + ": " + std::get<std::string>(opened));
    return std::nullopt;
  }
  OpenedRun out;
  out.session = replay_session(std::move(std::get<std::unique_ptr<Trace>>(opened)));
  out.name = out.session->guest().name;
  return out;
}

}  // namespace

void complain(const std::string& sentence) {
  std::cerr << "gogoscope: " << plan9::printable(sentence) << "\n";
}

void print_diagnostics(const Diagnostics& diagnostics) {
  for (const plan9::Diagnostic& d : diagnostics) std::cerr << plan9::format(d);
}

std::optional<OpenedRun> open_run(const std::string* path) {
  if (path != nullptr && looks_like_trace(*path)) return open_trace(*path);
  auto loaded = path != nullptr ? load_scenario(*path)
                                : load_scenario_text(std::string(default_scenario_name()) + ".yaml",
                                                     std::string(default_scenario_text()));
  if (loaded.index() == 1) {
    print_diagnostics(std::get<1>(loaded));
    return std::nullopt;
  }
  LoadedScenario& scenario = std::get<0>(loaded);
  ScenarioRun run = run_scenario(scenario);
  if (!run.error.empty()) complain(run.error);
  OpenedRun out;
  out.session = std::move(run.session);
  out.name = scenario.scenario.name;
  out.title = scenario.scenario.title;
  out.about = scenario.scenario.about;
  return out;
}

std::optional<std::uint64_t> moment_of(const std::string& where, const Trace& trace) {
  const auto found = find_moment(where, trace);
  if (found.index() == 0) return std::get<0>(found);
  complain(std::get<1>(found));
  return std::nullopt;
}

int open(const OpenOptions& options, const Front& front) {
  if (!front.open_window) {
    complain(
        "this program was built without its window; `gogoscope walk SCENARIO` tells a run in the terminal");
    return kBadInput;
  }
  std::optional<OpenedRun> run = open_run(options.path.empty() ? nullptr : &options.path);
  if (!run) return kBadInput;
  std::uint64_t position = 0;
  if (!options.at.empty()) {
    const std::optional<std::uint64_t> found = moment_of(options.at, run->session->trace());
    if (!found) return kBadInput;
    position = *found;
  }
  run->session->execute({CommandId::go_start, ""});
  if (position > 0) run->session->execute({CommandId::run_to, std::to_string(position)});
  return front.open_window({std::move(run->session), run->name, run->title, run->about});
}

}  // namespace gogoscope
