#include "tests/docs/examples.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/format/cases.h"
#include "scenarios/run/runner.h"

namespace gogoscope::docs {
namespace {

namespace fs = std::filesystem;

/// The sections of a scenario's text, each with the lines that belong to it; comments belong to what follows.
std::vector<std::pair<std::string, std::string>> sections(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> out;
  std::string before;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const bool key = !line.empty() && line[0] != ' ' && line[0] != '#';
    if (key) {
      out.emplace_back(line.substr(0, line.find(':')), before + line + "\n");
      before.clear();
    } else if (out.empty() || line.starts_with('#')) {
      before += line + "\n";
    } else {
      out.back().second += line + "\n";
    }
  }
  return out;
}

/// `base` with its sections replaced by those of `part` that have the same key, the others after them.
std::string with_sections(const std::string& base, const std::string& part) {
  const auto instead = sections(part);
  std::string out;
  for (const auto& [key, text] : sections(base)) {
    const bool goes = std::ranges::any_of(instead, [&](const auto& other) { return other.first == key; });
    if (!goes) out += text;
  }
  return out + part;
}

std::string wrong(const std::string& path) {
  const auto loaded = load_scenario(path);
  if (const auto* errors = std::get_if<Diagnostics>(&loaded)) {
    std::string out;
    for (const Diagnostic& d : *errors) out += format(d);
    return out;
  }
  std::string out;
  for (const MatrixCase& one : cases_of(std::get<LoadedScenario>(loaded).scenario)) {
    const auto as_case = load_scenario(in_case(std::get<LoadedScenario>(loaded).scenario, one));
    const auto& scenario = std::get<LoadedScenario>(as_case);
    out += report(scenario.scenario, judge(scenario, run_scenario(scenario)));
  }
  return out;
}

bool is_example(const Fence& fence) { return fence.info == "yaml"; }
bool is_whole(const Fence& fence) {
  return fence.text.starts_with("title:") || fence.text.find("\ntitle:") != std::string::npos;
}

}  // namespace

std::vector<Fence> fences(std::string_view markdown) {
  std::vector<Fence> out;
  bool inside = false;
  std::string indent;
  int number = 0;
  std::istringstream lines{std::string(markdown)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const auto start = line.find_first_not_of(' ');
    const bool fence = start != std::string::npos && line.compare(start, 3, "```") == 0;
    if (fence && !inside) {
      out.push_back({line.substr(start + 3), "", number + 1});
      indent = line.substr(0, start);
    } else if (!fence && inside) {
      out.back().text += (line.starts_with(indent) ? line.substr(indent.size()) : line) + "\n";
    }
    inside = inside != fence;
  }
  return out;
}

std::vector<std::string> wrong_examples(std::string_view markdown) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("gogoscope-examples-{}", getpid());
  fs::create_directories(folder);
  const std::vector<Fence> all = fences(markdown);
  for (const Fence& fence : all) {
    const auto space = fence.info.find(' ');
    if (space != std::string::npos) std::ofstream(folder / fence.info.substr(space + 1)) << fence.text;
  }
  std::vector<std::string> out;
  std::string whole;
  for (const Fence& fence : all) {
    if (!is_example(fence)) continue;
    if (is_whole(fence)) whole = fence.text;
    const std::string path = (folder / "example.yaml").string();
    std::ofstream(path) << (is_whole(fence) ? whole : with_sections(whole, fence.text));
    if (const std::string problem = wrong(path); !problem.empty()) {
      out.push_back(fmt::format("line {}: {}", fence.line, problem));
    }
  }
  fs::remove_all(folder);
  return out;
}

std::size_t count_examples(std::string_view markdown) {
  const std::vector<Fence> all = fences(markdown);
  return static_cast<std::size_t>(std::ranges::count_if(all, is_example));
}

}  // namespace gogoscope::docs
