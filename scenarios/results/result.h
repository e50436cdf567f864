// What a suite of scenarios has come to, as values: all that the text on the terminal, JSON, JUnit, TAP and
// Markdown say is written from these, and shards are joined by them. Texts are in the language of the run,
// valid UTF-8, and fit to be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gogoscope {

/// `broken`: it cannot be read, or its process was ended from outside; an error of the suite, not an answer.
/// `skipped`: it was not run.
enum class CaseVerdict : std::uint8_t { passed, failed, broken, skipped };
/// "passed"
std::string_view name(CaseVerdict verdict);
std::optional<CaseVerdict> case_verdict_by_name(std::string_view name);

struct Points {
  std::int64_t got = 0;
  std::int64_t of = 0;
  bool operator==(const Points&) const = default;
};

/// One thing that is wrong.
struct CaseFailure {
  std::string file;  ///< where it is expected: of the scenario, or of what it includes
  int line = 1;      ///< lines and columns count from 1, columns in characters
  int column = 1;
  std::string key;      ///< the section of the scenario: "at", "events"; empty if it is about none
  std::string place;    ///< of `at`: "runtime.goexit0#1"
  std::string message;  ///< the sentence
  std::string expected, got;
  std::optional<std::uint64_t> state;  ///< right after the first step that differs
  std::string open;                    ///< the command that opens the window there
  std::vector<std::string> context;    ///< lines: events and steps around, and what that step changed
  bool operator==(const CaseFailure&) const = default;
};

struct CaseResult {
  std::string file;
  std::string name;  ///< of the case; one file may have several
  CaseVerdict verdict = CaseVerdict::skipped;
  std::uint64_t steps = 0;
  std::optional<double> seconds;  ///< by the clock, where asked for
  Points points;
  std::string note;  ///< a remark on one that passed
  std::vector<CaseFailure> failures;
  bool operator==(const CaseResult&) const = default;
};

/// Which part of a suite it is: `index` of `of`, from 1.
struct Shard {
  int index = 1;
  int of = 1;
  bool operator==(const Shard&) const = default;
};

struct SuiteResult {
  std::vector<CaseResult> cases;  ///< in the order of files and names
  std::optional<Shard> shard;     ///< nothing: all of it
  bool operator==(const SuiteResult&) const = default;
};

struct Counts {
  std::size_t passed = 0, failed = 0, broken = 0, skipped = 0;
  Points points;
};
Counts count(const SuiteResult& suite);

/// The order of all results: by file, then by name; standard input comes last.
bool comes_before(const std::string& file, const std::string& name, const std::string& other_file,
                  const std::string& other_name);

}  // namespace gogoscope
