// test: runs scenarios, or joins the results of shards, and says what came of them.
#include <signal.h>
#include <unistd.h>

#include <iostream>

#include "asm/text/input_file.h"
#include "scenarios/go/stop_signals.h"
#include "scenarios/results/json.h"
#include "scenarios/results/merge.h"
#include "scenarios/results/text.h"
#include "scenarios/suite/submissions.h"
#include "scenarios/verbs/result_files.h"
#include "scenarios/verbs/terminal.h"
#include "scenarios/verbs/test_lines.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

/// The cases that are asked for. What is wrong with the paths is said, and makes the exit code 2; the others
/// are run all the same.
std::vector<Case> cases_of(const TestOptions& options, Language language, bool& ok) {
  FoundCases found = find_cases(options.paths);
  for (const std::string& path : found.empty) {
    complain({{"no scenario at {path}", "{path} 那里没有场景"}, {{"path", path}}}, language);
    ok = false;
  }
  for (const std::string& folder : found.closed) {
    complain({{"the folder {folder} cannot be read: this user has no permission",
               "无法读取目录 {folder}：当前用户没有权限"},
              {{"folder", folder}}},
             language);
    ok = false;
  }
  if (!options.filter.empty() && !found.cases.empty()) {
    const std::size_t of = found.cases.size();
    keep_matching(found.cases, options.filter);
    if (found.cases.empty()) {
      complain({{"none of {n} scenarios matches {glob}", "{n} 个场景里没有一个匹配 {glob}"},
                {{"n", of}, {"glob", options.filter}}},
               language);
      ok = false;
    }
  }
  if (!options.submission.empty()) {
    FoundSubmissions submissions = with_submissions(found.cases, options.submission, language);
    for (const Message& why : submissions.wrong) {
      complain(why, language);
      ok = false;
    }
    // A half of what was handed in is not graded.
    found.cases = submissions.wrong.empty() ? std::move(submissions.cases) : std::vector<Case>();
  }
  if (options.shard) keep_shard(found.cases, *options.shard);
  return std::move(found.cases);
}

SuiteResult run(const TestOptions& options, TestLines& lines, bool keep_going, Language language, bool& ok) {
  const std::vector<Case> cases = cases_of(options, language, ok);
  // A reader that goes away is noticed where it is written to.
  signal(SIGPIPE, SIG_IGN);
  const StopSignals signals;
  SuiteWatcher watcher;
  watcher.result = [&](const CaseResult& result) {
    lines.tell(result);
    return keep_going || std::cout.good();
  };
  watcher.progress = [&](const SuiteProgress& progress) { lines.tell(progress); };
  watcher.stop = signals.fd();
  SuiteResult suite = run_suite(cases, options.suite, watcher, language);
  suite.shard = options.shard;
  lines.tell(suite);
  if (signals.came()) {
    complain({{"interrupted: {n} of {of} scenarios were not run", "中断：{of} 个场景里有 {n} 个没有运行"},
              {{"n", count(suite).skipped}, {"of", cases.size()}}},
             language);
    ok = false;
  }
  return suite;
}

/// What is in a file of results; nothing, and the reason said, if it is none.
std::optional<SuiteResult> results_in(const std::string& path, Language language) {
  const auto text = read_input(path, kMaxResultBytes);
  Message why;
  if (const auto* const unreadable = std::get_if<Message>(&text)) {
    why = *unreadable;
  } else {
    auto read = results_from_json(std::get<std::string>(text));
    if (read.index() == 0) return std::move(std::get<SuiteResult>(read));
    why = std::get<Message>(read);
  }
  complain({{"{path} is not a file of results: {why}", "{path} 不是结果文件：{why}"},
            {{"path", path}, {"why", why}}},
           language);
  return std::nullopt;
}

std::optional<SuiteResult> merge(const std::vector<std::string>& paths, Language language) {
  std::vector<NamedResults> parts;
  bool ok = true;
  for (const std::string& path : paths) {
    std::optional<SuiteResult> one = results_in(path, language);
    ok = ok && one;
    if (one) parts.push_back({path, std::move(*one)});
  }
  if (!ok) return std::nullopt;
  auto joined = merged(parts);
  if (joined.index() == 0) return std::move(std::get<SuiteResult>(joined));
  complain({{"these results cannot be joined: {why}", "这些结果不能合并：{why}"},
            {{"why", std::get<Message>(joined)}}},
           language);
  return std::nullopt;
}

/// One file after the other: what is written must not depend on who is first.
int update_all(const TestOptions& options, Language language) {
  bool ok = true;
  Counts counts;
  std::string before;
  for (const Case& one : cases_of(options, language, ok)) {
    if (one.file == before) continue;  // all cases of a file follow one another
    before = one.file;
    switch (update(one.file, language)) {
      case UpdateResult::passed:
        ++counts.passed;
        break;
      case UpdateResult::failed:
        ++counts.failed;
        break;
      case UpdateResult::broken:
        ++counts.broken;
        break;
    }
  }
  std::cout << counts_text(counts, language) << "\n" << std::flush;
  if (!ok || counts.broken > 0) return kBadInput;
  return counts.failed == 0 ? kOk : kFailed;
}

}  // namespace

int test(const TestOptions& options, Language language) {
  if (options.update) return update_all(options, language);
  ResultFiles files;
  if (const Message why = files.open(options, language); !why.empty()) {
    complain(why, language);
    return kBadInput;
  }
  std::ostream& out = files.take_stdout() ? std::cerr : std::cout;
  const int fd = files.take_stdout() ? STDERR_FILENO : STDOUT_FILENO;
  TestLines lines(out, {wants_colours(fd), is_terminal(fd), options.quiet}, language);
  SuiteResult suite;
  bool ok = true;
  if (options.merge) {
    std::optional<SuiteResult> joined = merge(options.paths, language);
    if (!joined) return kBadInput;
    suite = std::move(*joined);
    for (const CaseResult& result : suite.cases) lines.tell(result);
    lines.tell(suite);
  } else {
    suite = run(options, lines, files.any(), language, ok);
  }
  if (const Message why = files.write(suite); !why.empty()) {
    complain(why, language);
    ok = false;
  }
  const Counts counts = count(suite);
  if (!ok || counts.broken > 0) return kBadInput;
  return counts.failed == 0 ? kOk : kFailed;
}

}  // namespace gogoscope
