#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <new>
#include <set>

#include "asm/text/printable.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/reader.h"
#include "scenarios/run/runner.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// What there is to run, and what could not be looked into.
struct Found {
  std::vector<std::string> files;
  std::vector<std::string> closed;  ///< folders that this user may not read
};

bool is_scenario_name(const fs::path& path) {
  std::string ending = path.extension().string();
  std::ranges::transform(ending, ending.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return ending == ".yaml" || ending == ".yml";
}

/// The scenarios of a folder and of the folders below. Hidden files and folders are not the user's own, and a
/// link to a folder could lead back here. A link that leads nowhere is found, so that it is reported.
void look_into(const fs::path& folder, Found& out) {
  std::error_code error;
  fs::directory_iterator it(folder, error);
  if (error) {
    out.closed.push_back(folder.string());
    return;
  }
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    const fs::directory_entry& entry = *it;
    const fs::path& path = entry.path();
    if (path.filename().string().starts_with('.')) continue;
    std::error_code unknown;  // what cannot be asked is reported when it is read
    if (entry.is_directory(unknown)) {
      // The texts of scenarios/told are YAML too, but not scenarios.
      if (!entry.is_symlink(unknown) && path.filename() != "told") look_into(path, out);
    } else if (is_scenario_name(path)) {
      out.files.push_back(path.string());
    }
  }
  if (error) out.closed.push_back(folder.string());
}

/// Files that scenarios among `files` include are no scenarios by themselves. Cost: those that have the key
/// are read.
void leave_out_included(std::vector<std::string>& files) {
  std::set<fs::path> included;
  std::error_code error;
  for (const std::string& file : files) {
    const auto text = read_scenario_file(file);
    const auto* const readable = std::get_if<std::string>(&text);
    if (readable == nullptr || ("\n" + *readable).find("\ninclude:") == std::string::npos) continue;
    const PartlyRead read = read_what_can_be_read(file, *readable);
    if (!read.scenario) continue;
    for (const IncludedFile& one : read.scenario->includes)
      included.insert(fs::weakly_canonical(one.path, error));
  }
  std::erase_if(
      files, [&](const std::string& file) { return included.contains(fs::weakly_canonical(file, error)); });
}

/// In the order of names; or the path itself, which need not be a file.
Found scenarios_at(const std::string& path) {
  Found out;
  std::error_code error;
  if (!fs::is_directory(path, error)) return {{path}, {}};
  look_into(path, out);
  leave_out_included(out.files);
  std::ranges::sort(out.files);
  std::ranges::sort(out.closed);
  return out;
}

/// Whether the file says more about its run than that it exits with code 0.
bool expects_something(const Scenario& scenario) {
  return !scenario.events.empty() || !scenario.at.empty() || !scenario.finally.empty() || scenario.breaks ||
         scenario.stop.mark.line > 0 || !scenario.never.empty() || !scenario.always.empty() ||
         !scenario.whenever.empty() || scenario.within.steps || scenario.within.handoffs ||
         !scenario.goroutines.empty();
}

/// The same as out_of_memory, of a file.
Message out_of_memory(const std::string& path) {
  return {{"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", gogoscope::out_of_memory()}}};
}

struct Tally {
  int passed = 0, failed = 0;
  bool broken = false;  ///< something could not be run at all
};

/// One line of the results. Each is flushed: whoever reads them may wait.
void line(std::string_view verdict, const std::string& what, const Message& why, Language language) {
  std::cout << fmt::format("{:<4} {}{}\n", verdict, printable(what), why.in(language)) << std::flush;
}

/// One line on stdout, and what is wrong on stderr.
void test_case(const LoadedScenario& scenario, Language language, Tally& tally) {
  const ScenarioRun run = run_scenario(scenario);
  const Verdict verdict = judge(scenario, run);
  const std::string what = with_case(scenario.scenario.path, scenario.scenario);
  Message steps({" ({n} steps)", "（{n} 步）"}, {{"n", verdict.steps}});
  if (const Points points = verdict.points; points.of > 0) {
    steps = {{" ({n} steps, {got} of {of} points)", "（{n} 步，{of} 分中得 {got} 分）"},
             {{"n", verdict.steps}, {"got", points.got}, {"of", points.of}}};
  }
  ++(verdict.passed() ? tally.passed : tally.failed);
  if (!verdict.passed()) {
    line("FAIL", what, steps, language);
    std::cerr << report(scenario.scenario, verdict, language);
    return;
  }
  line("ok", what,
       expects_something(scenario.scenario)
           ? steps
           : Message({"{steps}, which expects nothing but an exit with code 0",
                      "{steps}，除了以代码 0 退出，没有别的期望"},
                     {{"steps", steps}}),
       language);
}

/// A line for each of its cases.
void test_file(const std::string& file, Language language, Tally& tally) {
  try {
    auto loaded = load_scenario(file);
    const std::vector<Case> cases =
        loaded.index() == 0 ? cases_of(std::get<0>(loaded).scenario) : std::vector<Case>(1);
    for (std::size_t i = 0; i < cases.size(); ++i) {
      // The first is what has been loaded.
      if (i > 0) loaded = load_scenario(in_case(std::move(std::get<0>(loaded).scenario), cases[i]));
      if (const auto* const wrong = std::get_if<Diagnostics>(&loaded)) {
        line("FAIL", file, {{": it cannot be read", "：无法读取"}}, language);
        print_diagnostics(*wrong, language);
        ++tally.failed;
        tally.broken = true;
        return;
      }
      test_case(std::get<0>(loaded), language, tally);
    }
  } catch (const std::bad_alloc&) {
    line("FAIL", file, {{": it could not be run", "：无法运行"}}, language);
    complain(out_of_memory(file), language);
    ++tally.failed;
    tally.broken = true;
  }
}

void update_file(const std::string& file, Language language, Tally& tally) {
  const UpdateResult result = update(file, language);
  ++(result == UpdateResult::passed ? tally.passed : tally.failed);
  tally.broken = tally.broken || result == UpdateResult::broken;
}

bool check_file(const std::string& path, Language language) {
  try {
    Diagnostics wrong;
    if (is_assembly_file(path)) {
      wrong = check_assembly(path);
    } else if (auto loaded = load_scenario(path); loaded.index() == 1) {
      wrong = std::move(std::get<1>(loaded));
    }
    print_diagnostics(wrong, language);
    if (!wrong.empty()) return false;
  } catch (const std::bad_alloc&) {
    complain(out_of_memory(path), language);
    return false;
  }
  std::cout << printable(path) << ": ok\n" << std::flush;
  return true;
}

}  // namespace

int check(const std::vector<std::string>& paths, Language language) {
  bool ok = true;
  for (const std::string& path : paths) ok = check_file(path, language) && ok;
  return ok ? kOk : kBadInput;
}

int test(const TestOptions& options, Language language) {
  Tally tally;
  for (const std::string& path : options.paths) {
    const Found found = scenarios_at(path);
    if (found.files.empty() && found.closed.empty()) {
      complain({{"no scenario at {path}", "{path} 那里没有场景"}, {{"path", path}}}, language);
      tally.broken = true;
    }
    for (const std::string& folder : found.closed) {
      complain({{"the folder {folder} cannot be read: this user has no permission",
                 "无法读取目录 {folder}：当前用户没有权限"},
                {{"folder", folder}}},
               language);
      tally.broken = true;
    }
    for (const std::string& file : found.files) {
      if (options.update) {
        update_file(file, language, tally);
      } else {
        test_file(file, language, tally);
      }
    }
  }
  const Message count({"{passed} passed, {failed} failed", "{passed} 个通过，{failed} 个失败"},
                      {{"passed", tally.passed}, {"failed", tally.failed}});
  std::cout << count.in(language) << "\n" << std::flush;
  if (tally.broken) return kBadInput;
  return tally.failed == 0 ? kOk : kFailed;
}

}  // namespace gogoscope
