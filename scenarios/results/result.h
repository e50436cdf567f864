// What a suite of scenarios has come to, as values: all that the text on the terminal, JSON, JUnit, TAP and
// Markdown say is written from these, and shards are joined by them. Texts are in the language of the run,
// valid UTF-8, and fit to be shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"

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
  std::optional<std::uint64_t> grade;  ///< of the case's grades, the one that it costs
  bool hidden = false;                 ///< not for students
  bool operator==(const CaseFailure&) const = default;
};

/// What one expectation, or several together, have earned.
struct GradeResult {
  std::string name;  ///< "events, line 12", or "events, common.yaml line 12" of an included file; of a hidden
                     ///< one it says no more than that
  Points points;
  bool hidden = false;
  bool operator==(const GradeResult&) const = default;
};

/// By what results are told apart, and their order: student, file, name.
struct CaseId {
  std::string_view file;
  std::string_view name;
  std::string_view student = {};
  bool operator==(const CaseId&) const = default;
};

/// How a run has ended, and in which order things happened in it.
struct RunEnd {
  std::string reason;       ///< "exit", "deadlock", "invariant"
  Text sentence;            ///< "exits with code 0"
  std::string detail;       ///< "code 0", in English
  std::uint64_t order = 0;  ///< a hash: runs in which the same happened in the same order have the same
  bool operator==(const RunEnd&) const = default;
};

struct CaseResult {
  std::string student;  ///< who handed in what has been run; empty: nothing was handed in
  std::string file;
  std::string name;  ///< of the case; one file may have several
  CaseVerdict verdict = CaseVerdict::skipped;
  std::uint64_t steps = 0;
  std::optional<double> seconds;  ///< by the clock, where asked for
  Points points;
  std::vector<GradeResult> grades;  ///< of what is worth points or is hidden
  std::string note;                 ///< a remark on one that passed
  std::vector<CaseFailure> failures;
  std::optional<RunEnd> end;  ///< where asked for
  bool operator==(const CaseResult&) const = default;
  CaseId id() const { return {file, name, student}; }
};

/// Which part of a suite it is: `index` of `of`, from 1.
struct Shard {
  int index = 1;
  int of = 1;
  bool operator==(const Shard&) const = default;
};

struct SuiteResult {
  std::vector<CaseResult> cases;  ///< in their order, see comes_before
  std::optional<Shard> shard;     ///< nothing: all of it
  bool operator==(const SuiteResult&) const = default;
};

struct Counts {
  std::size_t passed = 0, failed = 0, broken = 0, skipped = 0;
  Points points;
};
Counts count(const SuiteResult& suite);

/// What one student has earned.
struct StudentResult {
  std::string name;
  Counts counts;
};
/// In the order of names; none where nothing was handed in.
std::vector<StudentResult> students(const SuiteResult& suite);

/// Takes away what a student must not read of a result: of what is hidden all but the points, and of the rest
/// the command that would open the scenario.
void hide(CaseResult& one);

/// The order of all results: by student, then by file, then by name, in which numbers count; standard input
/// comes last.
bool comes_before(const CaseId& a, const CaseId& b);

}  // namespace gogoscope
