// What the verbs share: opening a scenario or a saved trace, and where their words go.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "emu/elf/binary.h"
#include "scenarios/format/problems.h"
#include "scenarios/run/opening.h"
#include "scenarios/suite/run_suite.h"
#include "scenarios/verbs/verbs.h"

namespace gogoscope {

/// Nothing, and the reasons printed on stderr, if that is not a scenario that can be read.
std::optional<LoadedScenario> load_or_complain(const RunSource& source, Language language);
/// Nothing, and the reasons printed on stderr, if the file is neither scenario nor trace.
std::optional<OpenedRun> open_or_complain(const RunSource& source, Language language);
/// The same, with the cursor at a moment; an empty `at` is where it opens.
std::optional<OpenedRun> open_at(const RunSource& source, const std::string& at, Language language);

/// The state that a WHERE names; nothing, and the reason printed on stderr, if there is none.
std::optional<std::uint64_t> moment_of(const std::string& where, const Trace& trace, Language language);

void print_diagnostics(const Diagnostics& diagnostics, Language language);
/// "gogoscope: sentence" on stderr; control characters never get there.
void complain(const Message& sentence, Language language);

/// A program of the runtime's functions and the tasks of the scenario built in.
std::shared_ptr<const Guest> lesson_guest();

/// Whether a path names a file of assembly, "F.s".
bool is_assembly_file(const std::string& path);
/// What is wrong with a file of assembly; nothing if it assembles. It need not be a whole program.
Diagnostics check_assembly(const std::string& path);

// Each verb gets the language in force: what --lang says, else that of the environment.

struct WalkOptions {
  RunSource source;
  std::string from;
  std::string to;
  std::string only;
};
int walk(const WalkOptions& options, Language language);

struct RunOptions {
  RunSource source;
};
int run(const RunOptions& options, Language language);

int check(const std::vector<std::string>& paths, Language language);

struct TestOptions {
  std::vector<std::string> paths;
  bool update = false;     ///< make expectations those of the run
  std::string submission;  ///< what students have handed in: a file, or a folder; empty: nothing
  std::string gradescope;  ///< the folder for a file a student; empty: none
  bool merge = false;      ///< the paths are files of results
  SuiteOptions suite;
  std::string filter;  ///< a shell's pattern; empty: all
  std::optional<Shard> shard;
  bool quiet = false;  ///< only what did not pass, and the counts
  // Where results go besides the terminal; empty: nowhere; "-": standard output, and then nothing else.
  std::string json, junit, markdown;
  bool tap = false;  ///< to standard output
};
int test(const TestOptions& options, Language language);

struct ExploreVerbOptions {
  RunSource source;
  // Of a lesson.
  std::optional<int> preemptions;
  std::optional<std::uint64_t> max_states;
  // Of a program.
  std::optional<std::uint64_t> seeds;
  std::optional<std::uint32_t> quantum;
  double seconds = 0;  ///< 0: as many as it takes
  std::string json;    ///< file, or - for stdout
  std::string save;    ///< likewise
  unsigned jobs = 1;   ///< processes
};
int explore(const ExploreVerbOptions& options, Language language);
/// Of a scenario with a program.
int explore_program(const ExploreVerbOptions& options, const Scenario& scenario, Language language);

enum class UpdateResult : std::uint8_t { passed, failed, broken };
/// Rewrites the expectations of a scenario that its run does not meet, and prints a line and what it changed.
/// What cannot follow the run stays, and has failed.
UpdateResult update(const std::string& path, Language language);

struct RecordOptions {
  RunSource source;
  std::string output;  ///< empty: stdout
};
int record(const RecordOptions& options, Language language);

struct TraceOptions {
  RunSource source;
  std::string format = "text";
  std::string save;
};
int trace(const TraceOptions& options, Language language);

struct StateOptions {
  RunSource source;
  std::string at;
  std::string format = "text";
};
int state(const StateOptions& options, Language language);

struct PageVerbOptions {
  RunSource source;  ///< or a folder of scenarios: then the output is a folder
  std::string from;
  std::string to;
  std::string output;
};
int page(const PageVerbOptions& options, Language language);

struct TracebackOptions {
  RunSource source;
  std::string at;
  std::string g;                   ///< "g2", "m0.g0"; empty: all
  std::string goroutines = "all";  ///< or "user"
  std::string format = "text";
};
int traceback(const TracebackOptions& options, Language language);

struct FunctionsOptions {
  std::string name;  ///< empty: all
  std::string format = "text";
};
int functions(const FunctionsOptions& options, Language language);

struct FieldsOptions {
  std::string prefix;  ///< empty: all
  std::string format = "text";
};
int fields(const FieldsOptions& options, Language language);

struct GlossaryOptions {
  std::string term;  ///< empty: all
  std::string format = "text";
};
int glossary(const GlossaryOptions& options, Language language);

int scenarios(const std::string& format, Language language);

/// Of a file: "scenario", which is read, "results" or "answers", which are written.
int schema(std::string_view what, Language language);

struct LessonOptions {
  RunSource source;
  std::string answers;  ///< a file of answers; empty: they are typed
  std::string json;     ///< file, or - for stdout
  std::string format = "text";
};
int lesson(const LessonOptions& options, Language language);

struct NewOptions {
  std::string path;
  std::string from;     ///< a scenario; empty: the one built in for this
  std::string program;  ///< a Go program that it is to run; empty: none
};
int make_new(const NewOptions& options, Language language);

struct ListingOptions {
  std::string what;      ///< a symbol, a file of assembly, or a Go program
  std::string function;  ///< of a program; empty: those of package main
  std::string format = "text";
};
int listing(const ListingOptions& options, Language language);

struct LayoutOptions {
  std::string program;  ///< empty: a release
  std::string release;
  std::string format = "text";
};
int layout(const LayoutOptions& options, Language language);

/// A Go program, or nothing, and the reason printed on stderr.
std::optional<Binary> go_program_or_complain(const std::string& path, Language language);

struct OpenOptions {
  RunSource source;  ///< without a path: the start page
  std::string at;
  bool presenter = false;
  bool lesson = false;               ///< for a room: the lesson's panel in presenter mode
  std::optional<Language> language;  ///< that was asked for; else the window keeps its own
};
int open(const OpenOptions& options, const Front& front, Language language);

/// `size` is what was typed: "1600x1000".
int shot(ShotOptions options, const std::string& size, const Front& front);

}  // namespace gogoscope
