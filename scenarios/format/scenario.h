// A scenario file, read and checked: what runs, and what must result.
//
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "asm/assembler.h"
#include "asm/text/language.h"
#include "emu/history/trace.h"
#include "emu/linux/process.h"
#include "emu/runtime/program.h"
#include "emu/session/place.h"
#include "scenarios/format/expected_event.h"
#include "scenarios/format/expression.h"
#include "scenarios/format/file_mark.h"
#include "scenarios/format/grade.h"
#include "scenarios/format/lesson_plan.h"

namespace gogoscope {

/// A comparison that must hold at some moment.
struct Expectation {
  Comparison comparison;
  FileMark mark;
};

/// A goroutine that the scenario calls by a name of its own.
struct NamedGoroutine {
  std::string name;
  Place function;  ///< the N-th goroutine that is started with it
  std::string function_text;
  FileMark mark, function_mark;
};

/// Expectations that hold when the PC is at a place.
struct PlaceExpectations {
  Place place;
  std::string place_text;
  FileMark mark;
  std::vector<Expectation> expect;
};

/// Expectations that hold each time an event comes, in the state that its step leaves, or the PC is at a
/// place.
struct WheneverExpectations {
  std::optional<ExpectedEvent> event;  ///< if there is none, the place
  Place place;
  std::string place_text;
  FileMark mark;
  std::vector<Expectation> expect;  ///< in an event's, terms may be of the event
};

/// A field that the scenario changes at a place; an edit step of the record shows it. A tick is one of
/// kernel.clock.
struct Poke {
  Place place;
  std::string place_text;
  FileMark place_mark;
  std::string field;      ///< as written: "g2.lockedm", "worker.lockedm", "rax"
  std::string goroutine;  ///< whose field it is, if that is a named one
  Sum value;
  std::uint64_t clock_ns = 0;  ///< of a tick, which has no `value`: how far the clock advances
  FileMark mark;
};

/// How the run must end. Without one, it must exit with code 0.
struct ExpectedStop {
  StopReason reason = StopReason::exit;
  std::optional<int> exit_code;  ///< of the process
  std::string detail_contains;
  std::optional<Place> place;  ///< one of those that the report of the end names
  std::string place_text;
  FileMark mark, exit_mark, place_mark;
};

/// A line of the runtime that the scenario leaves out or replaces.
struct ListingChange {
  Mutation mutation;
  FileMark function_mark, line_mark, with_mark;
};

/// The invariant that must be the first to break. The run stops there, unless it is to go on or `finally`
/// states its end.
struct ExpectedBreak {
  std::string invariant;
  std::optional<Place> place;  ///< of the step that breaks it
  std::string place_text;
  bool goes_on = false;
  FileMark mark, place_mark;
};

/// How much a run may take.
struct Bounds {
  std::optional<std::uint64_t> steps, handoffs;
  FileMark steps_mark, handoffs_mark;
};

/// Where a scenario opens.
struct Opening {
  Where where;
  FileMark mark;
};

/// All that the run must write to a file; with U+FFFD for each byte that is no part of a character.
struct ExpectedOutput {
  int fd = 0;  ///< as in Write
  std::string text;
  FileMark mark;
};

/// The tasks in Plan 9 assembly, and where they are in the file, so that errors point there.
struct Bodies {
  std::string text;
  int first_line = 0;  ///< of the file, counted from 1
  int indent = 0;      ///< spaces that YAML took away
};

/// A Go program that runs instead of bodies.
struct ProgramPlan {
  std::string path;                      ///< as this process opens it
  std::vector<std::string> arguments;    ///< without the program's own name
  std::vector<std::string> environment;  ///< "NAME=VALUE"
  std::string input;                     ///< its standard input
  std::vector<ProcessFile> files;
  std::shared_ptr<const Binary> binary;  ///< null in an outline, and where the program cannot be opened
  FileMark mark;
};

/// A file whose sections are part of the scenario.
struct IncludedFile {
  std::string name;  ///< as it is included; the guest's source is called so
  std::string path;
  std::string text;
  Bodies bodies;
};

/// What others hand in as a part of the bodies: a source of its own, whose macros are not those of the
/// bodies.
struct Submission {
  std::string file;  ///< "student.s": its name beside the scenario, and in each student's folder
  std::vector<std::string> include;  ///< of the scenario's folder: what it may #include
  FileMark mark;
};

/// Such a file.
struct SubmittedFile {
  std::string name;  ///< the guest's source is called so
  std::string path;
  std::string text;
};

/// What a scenario runs on.
struct MachineSettings {
  int procs = 1;
  Turns turns;
  std::uint32_t usual_quantum = Turns().quantum;  ///< of turns that name none
  bool sysmon = false;
  std::uint64_t heap_bytes = ProgramOptions().heap_bytes;
  bool race = false;
  std::string goos = "linux";
  std::string goarch = "amd64";
  std::uint64_t budget = 1'000'000;
};

/// One of the runs that `matrix` asks for.
struct MatrixCase {
  std::string name;  ///< "procs=2, seed=7"
  MachineSettings machine;
};

struct Scenario : MachineSettings {
  std::string path;  ///< as it was given
  std::string name;  ///< "02-two-exits": the file's name without its ending
  std::string file_text;
  std::vector<IncludedFile> includes;  ///< the file k of a mark is includes[k - 1]
  Text title;
  Text about;
  std::string go{kDefaultRelease};  ///< one that there are lessons for
  std::vector<MatrixCase> cases;    ///< of its matrix
  std::string case_name;  ///< of the case that its machine is that of, at first the first; empty: no matrix
  Bodies bodies;
  std::optional<ProgramPlan> program;  ///< instead of bodies
  std::optional<Submission> submission;
  std::optional<SubmittedFile> submitted;  ///< at first the one beside the scenario, if there is one
  bool handed_in = false;                  ///< `submitted` is another than that one
  std::vector<NamedGoroutine> goroutines;
  std::vector<ListingChange> listings;
  std::vector<Poke> set;  ///< ticks among them, in the order of the file
  std::vector<ExpectedEvent> events;
  bool exact = false;  ///< no other event of the types named in `events` may come between them
  std::vector<ExpectedEvent> never;
  std::vector<PlaceExpectations> at;
  std::vector<Expectation> always;
  std::vector<WheneverExpectations> whenever;
  Bounds within;
  std::vector<ExpectedOutput> output;
  std::vector<Expectation> finally;
  std::optional<ExpectedBreak> breaks;
  ExpectedStop stop;
  Grades grades;
  std::optional<Opening> start;
  std::optional<LessonPlan> lesson;

  /// Whether the run goes past the invariant that is to break, and so has an end that is judged.
  bool goes_on() const { return breaks && (breaks->goes_on || stop.mark.line > 0); }
};

/// The path of the file that a mark is in.
const std::string& path_of(const Scenario& scenario, const FileMark& mark);

/// Name of the source that holds the bodies, in the guest and in its listings.
inline constexpr std::string_view kBodiesSource = "bodies";

}  // namespace gogoscope
