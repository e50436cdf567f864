#include "scenarios/verbs/verbs.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <iostream>
#include <new>

#include "scenarios/format/shape.h"
#include "scenarios/format/shipped.h"
#include "scenarios/suite/explore_seeds.h"
#include "scenarios/suite/run_case.h"
#include "scenarios/verbs/manual.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

constexpr const char* kWhereHelp =
    "\nWHERE is a state number (state k is the moment before step k; `end` is the last) or a place:\n"
    "  runtime.gogo   runtime.gogo+0x23   'runtime.goexit0:\"gp.m = nil\"'   each with #N for the N-th time\n"
    "Exit codes: 0 fine, 1 a scenario failed, 2 the input or the environment is wrong.";

/// Usage errors go to stderr and are bad input; --help and --version go to stdout.
int finish(const CLI::App& app, const CLI::ParseError& error) {
  const int code = app.exit(error, std::cout, std::cerr);
  return code == 0 ? kOk : kBadInput;
}

/// "2/8"
std::optional<Shard> shard_of(std::string_view text) {
  constexpr int kMost = 100'000;
  Shard shard;
  const char* const end = text.data() + text.size();
  const auto index = std::from_chars(text.data(), end, shard.index);
  if (index.ec != std::errc() || index.ptr == end || *index.ptr != '/') return std::nullopt;
  const auto of = std::from_chars(index.ptr + 1, end, shard.of);
  if (of.ec != std::errc() || of.ptr != end) return std::nullopt;
  if (shard.index < 1 || shard.index > shard.of || shard.of > kMost) return std::nullopt;
  return shard;
}

/// `language` starts as that of the environment; every verb lets --lang change it.
int parse_and_run(int argc, char** argv, const Front& front, Language& language) {
  CLI::App app("gogoscope: step through the Go scheduler's handoff, forwards and backwards", "gogoscope");
  app.set_version_flag("--version", "gogoscope " GOGOSCOPE_VERSION);
  app.set_help_flag("--help,-h", "Print this help");
  app.footer(kWhereHelp);
  app.require_subcommand(0, 1);
  int code = kOk;

  // An unset shell variable must not open the scenario built in.
  const CLI::Validator named(
      [](const std::string& path) { return path.empty() ? "the name of the file is empty" : ""; }, "");

  const auto of_case = [&named](CLI::App& verb, RunSource& source, const char* about) {
    CLI::Option* const path =
        verb.add_option("scenario", source.path, about)->check(named)->type_name("FILE");
    verb.add_option("--case", source.case_name,
                    "Of a scenario with a matrix: this case, the first if not given")
        ->check(named)
        ->type_name("NAME");
    return path;
  };
  const auto of_program = [&named](CLI::App& verb, ProgramRun& program) {
    verb.add_option("arguments", program.arguments, "Of a program: its arguments, after --")
        ->type_name("ARG");
    verb.add_option("--steps", program.steps, "Of a program: stop after so many steps, 20000000 if not given")
        ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
        ->type_name("N");
    verb.add_option("--cpus", program.procs, "Of a program: so many CPUs for it to see, 1 if not given")
        ->check(CLI::Range(1, 64))
        ->type_name("N");
    verb.add_option("--stdin", program.input, "Of a program: the file that it reads as its standard input")
        ->check(named)
        ->type_name("FILE");
    verb.add_option("--env", program.environment,
                    "Of a program: a variable of its environment; may be repeated")
        ->allow_extra_args(false)
        ->type_name("NAME=VALUE");
    verb.add_option("--file", program.files,
                    "Of a program: a file that it finds at the path GUEST, to be read; may be repeated")
        ->allow_extra_args(false)
        ->type_name("HOST=GUEST");
  };
  const auto of_run = [&](CLI::App& verb, RunSource& source, const char* about) {
    CLI::Option* const path = of_case(verb, source, about);
    of_program(verb, source.program);
    verb.add_option("--submission", source.submission,
                    "Of an exercise: what a student has handed in, not the file beside it")
        ->check(named)
        ->type_name("FILE.s|DIR")
        ->needs(path);
    return path;
  };

  OpenOptions to_open;
  of_run(app, to_open.source, "Scenario or saved trace to open in the window");
  app.add_option("--at", to_open.at, "Open at this moment, not where the first goroutine runs")
      ->type_name("WHERE");
  app.add_flag("--presenter", to_open.presenter, "Open in presenter mode, for a room");
  app.add_flag("--lesson", to_open.lesson, "Open the lesson of the file in presenter mode")
      ->needs("scenario")
      ->excludes("--at");

  const auto text_or_json = CLI::IsMember({"text", "json"});
  WalkOptions to_walk;
  CLI::App* walk_verb = app.add_subcommand("walk", "Print a run in the terminal, step by step");
  of_run(*walk_verb, to_walk.source, "Scenario or saved trace")->required();
  walk_verb->add_option("--from", to_walk.from, "Start at this moment")->type_name("WHERE");
  walk_verb->add_option("--to", to_walk.to, "End at this moment")->type_name("WHERE");
  walk_verb->add_option("--only", to_walk.only, "Print only these: events, or lines of the source")
      ->check(CLI::IsMember({"events", "lines"}));
  walk_verb->footer(kWhereHelp);
  walk_verb->callback([&] { code = walk(to_walk, language); });

  RunOptions to_run;
  CLI::App* run_verb = app.add_subcommand("run", "Run a Go program: what it writes, and how it ends");
  run_verb->add_option("program", to_run.source.path, "A static linux/amd64 program made by Go")
      ->check(named)
      ->required()
      ->type_name("FILE");
  of_program(*run_verb, to_run.source.program);
  run_verb->footer(
      "\nExit codes: 0 it has ended with 0, 1 with something else or not at all, 2 it cannot be run.");
  run_verb->callback([&] { code = run(to_run, language); });

  std::vector<std::string> to_check;
  CLI::App* check_verb = app.add_subcommand(
      "check", "Read and assemble scenarios and assembly files, run nothing: all errors with places");
  check_verb->add_option("files", to_check, "Scenarios, assembly files, or - for standard input")
      ->check(named)
      ->required()
      ->type_name("FILE");
  check_verb->callback([&] { code = check(to_check, language); });

  TestOptions to_test;
  double timeout = 60;
  std::uint64_t memory = 0;
  CLI::App* test_verb = app.add_subcommand("test", "Run scenarios and compare them with their expectations");
  test_verb->add_option("paths", to_test.paths, "Scenarios, folders, or - for standard input")
      ->check(named)
      ->required()
      ->type_name("PATH");
  test_verb->add_option("-j,--jobs", to_test.suite.jobs, "So many processes at a time, 1 if not given")
      ->check(CLI::Range(1, 1024))
      ->type_name("N");
  test_verb->add_option("--filter", to_test.filter, "Only those whose file or name fits, such as '*gosched*'")
      ->check(CLI::Validator([](const std::string& glob) { return glob.empty() ? "it is empty" : ""; }, ""))
      ->type_name("GLOB");
  test_verb
      ->add_option_function<std::string>(
          "--shard",
          [&](const std::string& text) {
            to_test.shard = shard_of(text);
            if (!to_test.shard)
              throw CLI::ValidationError("--shard", "must be I/N, such as 1/4 for the first of four");
          },
          "Only the I-th of N parts")
      ->type_name("I/N");
  test_verb->add_option("--timeout", timeout, "Longest time for a scenario, 60 if not given, 0 for no limit")
      ->check(CLI::Range(0.0, 1e6))
      ->type_name("SECONDS");
  test_verb->add_option("--memory", memory, "Most memory that a process may occupy")
      ->check(CLI::Range(1, 1 << 24))
      ->type_name("MB");
  test_verb->add_flag("--fail-fast", to_test.suite.fail_fast,
                      "Skip what comes after the first that does not pass");
  test_verb->add_flag("--quiet,-q", to_test.quiet, "Print only what does not pass, and the counts");
  test_verb->add_flag("--times", to_test.suite.times, "Say how long each took");
  test_verb->add_option("--json", to_test.json, "Write the results as JSON; - is standard output")
      ->check(named)
      ->type_name("FILE");
  test_verb->add_option("--junit", to_test.junit, "Write the results as JUnit's XML")
      ->check(named)
      ->type_name("FILE");
  test_verb->add_option("--markdown", to_test.markdown, "Write a summary for the page of a build server")
      ->check(named)
      ->type_name("FILE");
  test_verb->add_flag("--tap", to_test.tap, "Print the results in the Test Anything Protocol, version 14");
  test_verb->add_flag("--merge", to_test.merge,
                      "The paths are JSON files that shards have written: join them");
  test_verb
      ->add_option(
          "--submission", to_test.submission,
          "Grade what was handed in: the file of a student, or a folder with a file or folder of each")
      ->check(named)
      ->type_name("FILE.s|DIR")
      ->excludes("--merge");
  test_verb
      ->add_flag("--show-hidden", to_test.suite.show_hidden,
                 "Show what is hidden from students, too, and the steps that quote the exercise")
      ->needs("--submission");
  test_verb
      ->add_option("--gradescope", to_test.gradescope,
                   "Write Gradescope's results of each student to DIR/NAME.json")
      ->check(named)
      ->type_name("DIR");
  test_verb
      ->add_flag("--update", to_test.update,
                 "Rewrite expectations that a run does not meet, in place, and print the difference")
      ->excludes("--merge", "--shard", "--json", "--junit", "--markdown", "--tap", "--jobs", "--fail-fast",
                 "--submission", "--gradescope");
  test_verb->footer(
      "\nExit codes: 0 all passed, 1 a scenario failed, 2 one is broken, or the input or the environment is "
      "wrong.");
  test_verb->callback([&] {
    if (timeout > 0)
      to_test.suite.timeout =
          std::chrono::milliseconds(std::max<std::int64_t>(1, std::llround(timeout * 1000)));
    if (memory > 0) to_test.suite.memory = memory << 20;
    code = test(to_test, language);
  });

  RecordOptions to_record;
  CLI::App* record_verb =
      app.add_subcommand("record", "Write a scenario with what its run shows as expectations, to be pruned");
  of_case(*record_verb, to_record.source, "Scenario, or - for standard input")->required();
  record_verb->add_option("-o,--output", to_record.output, "The file to write, stdout if not given")
      ->check(named)
      ->type_name("FILE");
  record_verb->callback([&] { code = record(to_record, language); });

  NewOptions to_make;
  CLI::App* new_verb = app.add_subcommand("new", "Write a commented scenario to start from");
  new_verb->add_option("file", to_make.path, "The file to write; an existing file is never overwritten")
      ->check(named)
      ->required()
      ->type_name("FILE");
  new_verb->add_option("--from", to_make.from, "Start from this scenario")
      ->check(named)
      ->type_name("SCENARIO");
  new_verb->add_option("--program", to_make.program, "Run this Go program: built, a .go file, or a folder")
      ->check(named)
      ->type_name("PROGRAM")
      ->excludes("--from");
  new_verb->callback([&] { code = make_new(to_make, language); });

  ExploreVerbOptions to_explore;
  CLI::App* explore_verb = app.add_subcommand(
      "explore", "Every order in which the threads can move; of a program those of many seeds");
  of_case(*explore_verb, to_explore.source, "Scenario, or - for standard input")->required();
  explore_verb
      ->add_option("--preemptions", to_explore.preemptions,
                   "Of a lesson: up to so many in an order, 2 if not given")
      ->check(CLI::Range(0, 20))
      ->type_name("K");
  explore_verb
      ->add_option("--max-states", to_explore.max_states,
                   "Of a lesson: end early after so many states with one number of preemptions, 2000000 if "
                   "not given")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}))
      ->type_name("N");
  explore_verb
      ->add_option("--seeds", to_explore.seeds, "Of a program: the seeds from 1 to this, 50 if not given")
      ->check(CLI::Range(std::uint64_t{1}, kMostSeeds))
      ->type_name("N");
  explore_verb
      ->add_option("--quantum", to_explore.quantum,
                   "Of a program: the longest turn of a thread, in steps, 500 if not given")
      ->check(CLI::Range(std::uint32_t{1}, static_cast<std::uint32_t>(shapes().quantum.most)))
      ->type_name("Q");
  explore_verb
      ->add_option("--seconds", to_explore.seconds,
                   "End early after so long; the result then depends on the machine")
      ->check(CLI::PositiveNumber)
      ->type_name("S");
  explore_verb->add_option("--json", to_explore.json, "Write the result to this file; - is standard output")
      ->check(named)
      ->type_name("FILE");
  explore_verb
      ->add_option(
          "--save", to_explore.save,
          "Write a scenario that replays the shortest failing order, or the first failing seed; - is "
          "standard output")
      ->check(named)
      ->type_name("FILE.yaml");
  explore_verb->add_option("-j,--jobs", to_explore.jobs, "So many processes at a time, 1 if not given")
      ->check(CLI::Range(1U, 256U))
      ->type_name("N");
  explore_verb->callback([&] { code = explore(to_explore, language); });

  TraceOptions to_trace;
  CLI::App* trace_verb = app.add_subcommand("trace", "Write the whole record");
  of_run(*trace_verb, to_trace.source, "Scenario or saved trace")->required();
  trace_verb->add_option("--format", to_trace.format, "text or jsonl")
      ->check(CLI::IsMember({"text", "jsonl"}));
  trace_verb->add_option("--save", to_trace.save, "Also save the record as a trace that can be opened")
      ->check(named)
      ->type_name("FILE");
  trace_verb->callback([&] { code = trace(to_trace, language); });

  PageVerbOptions to_publish;
  CLI::App* page_verb = app.add_subcommand(
      "page", "Write a run as an HTML file that steps through it; of a folder of scenarios, a site");
  of_run(*page_verb, to_publish.source, "Scenario, saved trace, or a folder of scenarios")->required();
  page_verb->add_option("-o,--output", to_publish.output, "The file to write, for a folder the folder")
      ->check(named)
      ->required()
      ->type_name("FILE.html");
  page_verb->add_option("--from", to_publish.from, "Begin at this moment")->type_name("WHERE");
  page_verb->add_option("--to", to_publish.to, "End at this moment")->type_name("WHERE");
  page_verb->footer(kWhereHelp);
  page_verb->callback([&] { code = page(to_publish, language); });

  StateOptions to_state;
  CLI::App* state_verb = app.add_subcommand("state", "Every struct at one moment");
  of_run(*state_verb, to_state.source, "Scenario or saved trace")->required();
  state_verb->add_option("--at", to_state.at, "The moment")->required()->type_name("WHERE");
  state_verb->add_option("--format", to_state.format, "text or json")->check(text_or_json);
  state_verb->footer(kWhereHelp);
  state_verb->callback([&] { code = state(to_state, language); });

  TracebackOptions to_unwind;
  CLI::App* traceback_verb =
      app.add_subcommand("traceback", "The stack of every goroutine at one moment, as Go prints it");
  of_run(*traceback_verb, to_unwind.source, "Scenario or saved trace")->required();
  traceback_verb->add_option("--at", to_unwind.at, "The moment")->required()->type_name("WHERE");
  traceback_verb->add_option("--g", to_unwind.g, "Only this goroutine, such as g2 or m0.g0")->type_name("G");
  traceback_verb
      ->add_option("--goroutines", to_unwind.goroutines,
                   "all, or user: without those of the runtime itself, as isSystemGoroutine tells them apart")
      ->check(CLI::IsMember({"all", "user"}));
  traceback_verb->add_option("--format", to_unwind.format, "text or json")->check(text_or_json);
  traceback_verb->footer(kWhereHelp);
  traceback_verb->callback([&] { code = traceback(to_unwind, language); });

  ShotOptions to_shoot;
  std::string size;
  CLI::App* shot_verb = app.add_subcommand("shot", "The window as a picture, with no display needed");
  of_run(*shot_verb, to_shoot.source, "Scenario or saved trace")->required();
  CLI::Option* const shot_at = shot_verb->add_option("--at", to_shoot.at, "The moment")->type_name("WHERE");
  shot_verb
      ->add_option("--stop", to_shoot.stop, "Instead of a moment: this stop of the lesson, as it is played")
      ->type_name("N")
      ->excludes(shot_at);
  shot_verb
      ->add_option("--answers", to_shoot.answers, "With --stop: a file of the answers given in the lesson")
      ->type_name("FILE")
      ->excludes(shot_at);
  CLI::Option* shot_from =
      shot_verb->add_option("--from", to_shoot.from, "A picture of each moment from this one ...")
          ->type_name("WHERE")
          ->excludes(shot_at)
          ->excludes("--stop");
  shot_verb->add_option("--to", to_shoot.to, "... to this one; FILE.png gets their numbers: FILE-0412.png")
      ->type_name("WHERE")
      ->needs(shot_from);
  shot_verb->add_option("--by", to_shoot.by, "Which moments: step, line, event or handoff; step if not given")
      ->check(CLI::IsMember({"step", "line", "event", "handoff"}))
      ->needs(shot_from);
  shot_verb->add_option("-o,--output", to_shoot.output, "The PNG file")
      ->check(named)
      ->required()
      ->type_name("FILE.png");
  shot_verb->add_option("--size", size, "Pixels, 1600x1000 if not given; of the panel, with --panel")
      ->type_name("WxH");
  shot_verb->add_option("--scale", to_shoot.scale, "Pixels for each unit of size, 0.5 to 4")->type_name("S");
  shot_verb->add_option("--theme", to_shoot.theme, "dark or light")->check(CLI::IsMember({"dark", "light"}));
  shot_verb->add_flag("--presenter", to_shoot.presenter, "Large type and few panels, as on a projector");
  shot_verb
      ->add_option("--front", to_shoot.front, "Bring this panel to the front of its tabs; may be repeated")
      ->type_name("PANEL");
  shot_verb->add_option("--panel", to_shoot.panel, "Only this panel")->type_name("PANEL");
  shot_verb->add_option("--select", to_shoot.select, "Show this goroutine, such as g3")->type_name("G");
  shot_verb->add_option("--palette", to_shoot.palette, "With the command palette open at this text")
      ->type_name("TEXT");
  shot_verb->add_flag("--help-overlay", to_shoot.help, "With the table of all commands on top");
  shot_verb->footer(kWhereHelp);
  shot_verb->callback([&] {
    to_shoot.language = language;
    code = shot(to_shoot, size, front);
  });

  ListingOptions to_list;
  CLI::App* listing_verb =
      app.add_subcommand("listing", "A listing: bytes, source, disassembly; of a symbol or a Go program");
  listing_verb
      ->add_option(
          "what", to_list.what,
          "Symbol such as runtime.gogo, or a file.s; or a Go program: built, a .go file, or a folder")
      ->check(named)
      ->required()
      ->type_name("SYMBOL|FILE.s|PROGRAM");
  listing_verb
      ->add_option("function", to_list.function,
                   "Of a program: this function, such as runtime.goexit0; those of package main if not given")
      ->type_name("FUNCTION");
  listing_verb->add_option("--format", to_list.format, "text or json")->check(text_or_json);
  listing_verb->callback([&] { code = listing(to_list, language); });

  LayoutOptions to_lay_out;
  to_lay_out.release = kDefaultRelease;
  CLI::App* layout_verb =
      app.add_subcommand("layout", "The struct layouts in force, or those of a Go program beside them");
  CLI::Option* const program =
      layout_verb->add_option("program", to_lay_out.program, "A Go program: built, a .go file, or a folder")
          ->check(named)
          ->type_name("PROGRAM");
  layout_verb->add_option("--go", to_lay_out.release, "Go release")->type_name("RELEASE")->excludes(program);
  layout_verb->add_option("--format", to_lay_out.format, "text or json")->check(text_or_json);
  layout_verb->callback([&] { code = layout(to_lay_out, language); });

  FunctionsOptions to_call;
  CLI::App* functions_verb = app.add_subcommand("functions", "What a task may CALL, with examples");
  functions_verb->add_option("name", to_call.name, "Only this one, such as runtime.gopark")
      ->type_name("NAME");
  functions_verb->add_option("--format", to_call.format, "text or json")->check(text_or_json);
  functions_verb->callback([&] { code = functions(to_call, language); });

  FieldsOptions to_name;
  CLI::App* fields_verb =
      app.add_subcommand("fields", "Every field, register and symbol that an expectation may name");
  fields_verb->add_option("prefix", to_name.prefix, "Only names that begin so, such as g2.sched or m0.curg.")
      ->type_name("PREFIX");
  fields_verb->add_option("--format", to_name.format, "text or json")->check(text_or_json);
  fields_verb->callback([&] { code = fields(to_name, language); });

  GlossaryOptions to_explain;
  CLI::App* glossary_verb = app.add_subcommand("glossary", "What a word of the scheduler means");
  glossary_verb->add_option("term", to_explain.term, "Only this one, such as gobuf, or 'global queue'")
      ->type_name("TERM");
  glossary_verb->add_option("--format", to_explain.format, "text, json or markdown")
      ->check(CLI::IsMember({"text", "json", "markdown"}));
  glossary_verb->callback([&] { code = glossary(to_explain, language); });

  std::string scenarios_format = "text";
  CLI::App* scenarios_verb = app.add_subcommand("scenarios", "The scenarios that come with the program");
  scenarios_verb->add_option("--format", scenarios_format, "text or json")->check(text_or_json);
  scenarios_verb->callback([&] { code = scenarios(scenarios_format, language); });

  std::string completion_for;
  CLI::App* completion_verb =
      app.add_subcommand("completion", "What completes this command line in a shell, or its manual page");
  completion_verb->add_option("for", completion_for, "bash, zsh, fish or man")
      ->check(CLI::IsMember({"bash", "zsh", "fish", "man"}))
      ->required()
      ->type_name("SHELL");
  completion_verb->callback([&] {
    std::cout << (completion_for == "bash"   ? bash_completion(app)
                  : completion_for == "zsh"  ? zsh_completion(app)
                  : completion_for == "fish" ? fish_completion(app)
                                             : manual_page(app));
  });

  std::string schema_of = "scenario";
  CLI::App* schema_verb = app.add_subcommand("schema", "JSON Schema of the files that are read and written");
  schema_verb
      ->add_option("what", schema_of,
                   "scenario; results: of `test --json`; answers: what `lesson` writes and reads; "
                   "trace: a line of `trace --format jsonl`")
      ->check(CLI::IsMember({"scenario", "results", "answers", "trace"}));
  schema_verb->callback([&] { code = schema(schema_of, language); });

  LessonOptions to_learn;
  CLI::App* lesson_verb = app.add_subcommand("lesson", "A lesson in the terminal: stops, questions, score");
  of_run(*lesson_verb, to_learn.source, "Scenario with a lesson")->required();
  lesson_verb
      ->add_option("--answers", to_learn.answers,
                   "Answers to read, one a line, or JSON as --json writes it; - is standard input")
      ->check(named)
      ->type_name("FILE");
  lesson_verb->add_option("--json", to_learn.json, "Write answers and score; - is standard output")
      ->check(named)
      ->type_name("FILE");
  lesson_verb
      ->add_option("--format", to_learn.format,
                   "text, which is played, or markdown: a document with all answers")
      ->check(CLI::IsMember({"text", "markdown"}))
      ->excludes("--answers", "--json");
  lesson_verb->footer(
      "\nAn answer is a letter, letters, or a value: a number, a status, a goroutine, an expression;\n"
      "none: none of the choices; -: no answer.\n"
      "Exit codes: 0 all answers are right, 1 some are not, 2 the input is wrong or has ended early.");
  lesson_verb->callback([&] { code = lesson(to_learn, language); });

  const auto in_language = [&](CLI::App& command) {
    command
        .add_option_function<std::string>(
            "--lang", [&](const std::string& name) { to_open.language = language = *language_by_name(name); },
            "Language of what is said, that of the environment if not given")
        ->check(CLI::IsMember({"en", "zh"}));
  };
  // Scenarios that came with the program have no need of a path.
  const auto by_name = [](CLI::App& command) {
    for (CLI::Option* option : command.get_options()) {
      const std::string argument = option->get_name(true);
      const bool read = argument == "scenario" || argument == "files" || argument == "paths";
      if (read || option->get_type_name() == "SCENARIO") {
        option->transform([](const std::string& name) { return scenario_path(name); }, "");
      }
    }
  };
  for (CLI::App* verb : app.get_subcommands({})) {
    verb->set_help_flag("--help,-h", "Print this help");
    in_language(*verb);
    by_name(*verb);
  }
  in_language(app);
  by_name(app);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return finish(app, error);
  }
  return app.get_subcommands().empty() ? open(to_open, front, language) : code;
}

}  // namespace

int run_command_line(int argc, char** argv, const Front& front) {
  int code = kOk;
  Language language = language_of_environment();
  try {
    code = parse_and_run(argc, argv, front, language);
  } catch (const std::bad_alloc&) {
    complain(out_of_memory(), language);
    code = kBadInput;
  }
  std::cout.flush();
  if (std::cout.good()) return code;
  complain({{"the output could not be written", "无法写出结果"}}, language);
  return kBadInput;
}

}  // namespace gogoscope
