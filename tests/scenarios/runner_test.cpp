// A scenario passes only if what it expects comes true, and says precisely what did not.
#include "scenarios/run/runner.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "asm/text/printable.h"
#include "emu/layout/describe.h"
#include "scenarios/format/cases.h"
#include "scenarios/format/reader.h"
#include "scenarios/run/first_step.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::kSample;
using testing::replaced;
using testing::sample_with;

struct Judged {
  std::string report;
  std::size_t failures = 0;
};

Judged judged(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return {testing::told(std::get<1>(loaded)), 999};
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  return {report(scenario.scenario, verdict), verdict.failures.size()};
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Runner, sample_passes) {
  const Judged j = judged(std::string(kSample));
  EXPECT_EQ(j.failures, 0U);
  EXPECT_EQ(j.report, "");
}

TEST(Runner, false_field_at_the_end_fails_at_its_line) {
  const Judged j = judged(sample_with("finally:\n  g2.atomicstatus: running\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:12:3: at the end (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected g2.atomicstatus == running, but g2.atomicstatus is dead (6)"))
      << j.report;
}

TEST(Runner, field_and_value_may_be_in_every_list_of_expectations) {
  const std::string at = "at:\n  - place: runtime.goexit0\n    expect:\n      - tls == m0.g0\n";
  EXPECT_EQ(
      judged(sample_with(at + "      - m0.curg: g2\n      - {g2.atomicstatus: running, rsp: rsp}\n")).report,
      "");
  const Judged j = judged(sample_with(at + "      - m0.curg: g1\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:15:9: at runtime.goexit0 (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected m0.curg == g1, but m0.curg is g2")) << j.report;
}

/// Two goroutines of one function; the second runs first, and a third gets the g of the one that died last.
constexpr std::string_view kThreeGoroutines = R"(      GO   main·worker(SB)
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
      GO   main·worker(SB)
      CALL runtime·Gosched(SB)
      RET
)";
constexpr std::string_view kNames =
    "goroutines: {elder: main.worker#1, younger: main.worker#2, heir: main.worker#3}\n";

Judged with_goroutines(const std::string& sections) {
  const std::string text = replaced(std::string(kSample),
                                    "      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n",
                                    std::string(kThreeGoroutines));
  return judged(text + sections);
}

TEST(Runner, a_goroutine_goes_by_its_name_wherever_a_g_does) {
  const std::string right =
      std::string(kNames) +
      "set:\n  - {at: main.worker#1, field: elder.param, value: younger}\n"
      "events:\n  - status: {g: younger, to: dead}\n  - status: {g: elder, to: dead}\n  - curg: {to: heir}\n"
      "at:\n  - place: main.worker#1\n    expect: [tls == younger, m0.curg: younger, elder in p0.runq, "
      "'[younger.stack.hi - 40] == runtime.goexit + 1', elder.atomicstatus == runnable]\n"
      "  - place: main.worker#2\n    expect: [tls == elder, elder.param == g3]\n"
      "finally:\n  heir.atomicstatus: dead\n  younger: g3\n  heir: g2\n";
  EXPECT_EQ(with_goroutines(right).report, "");
  const Judged j = with_goroutines(replaced(right, "g: younger, to", "g: elder, to"));
  EXPECT_EQ(j.failures, 1U) << j.report;
  EXPECT_TRUE(contains(j.report, "expected the event status {g: elder, to: dead}")) << j.report;
  EXPECT_TRUE(contains(with_goroutines(replaced(right, "younger: g3", "younger: g2")).report,
                       "expected younger == g2, but younger is g3"));
}

TEST(Runner, a_name_is_a_goroutine_not_the_g_that_it_used) {
  const Judged late = with_goroutines(std::string(kNames) + "finally: {elder.atomicstatus: dead}\n");
  EXPECT_TRUE(contains(late.report,
                       "expected elder.atomicstatus == dead, but there is no goroutine elder at this "
                       "moment"))
      << late.report;
  const Judged early =
      with_goroutines(std::string(kNames) + "at:\n  - place: main.main\n    expect: [elder != nil]\n");
  EXPECT_TRUE(contains(early.report, "there is no goroutine elder")) << early.report;
  // Both have the same g; each event is of one of them.
  EXPECT_EQ(with_goroutines(std::string(kNames) +
                            "events:\n  - status: {g: heir, to: dead}\n  - exit: {}\nexact: true\n")
                .failures,
            1U);
  EXPECT_EQ(with_goroutines(std::string(kNames) +
                            "events:\n  - status: {g: heir, to: running}\n  - status: {g: elder}\n")
                .failures,
            1U);
}

TEST(Runner, a_goroutine_that_is_never_started_fails) {
  const Judged j = with_goroutines("goroutines: {fourth: main.worker#4}\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:14:14: expected the goroutine fourth, main.worker#4, but go statements "
                       "start main.worker 3 times"))
      << j.report;
}

TEST(Runner, always_fails_at_the_first_step_that_makes_it_untrue) {
  EXPECT_EQ(judged(sample_with("always: [g2.stack.lo <= g2.stack.hi, p0.gFree.n <= 1]\n")).report, "");
  const Judged j = judged(sample_with("always:\n  - p0.gFree.n: 0\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:12:5: always, but not after step ")) << j.report;
  EXPECT_TRUE(contains(j.report, ", at runtime.gfput+0x")) << j.report;
  EXPECT_TRUE(contains(j.report, "`_p_.gFree.n++` (gfput.go:")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected p0.gFree.n == 0, but p0.gFree.n is 1")) << j.report;
}

TEST(Runner, always_asks_only_where_its_names_have_a_value_but_somewhere) {
  EXPECT_EQ(with_goroutines(std::string(kNames) + "always: [elder.startpc != 0, elder != g9]\n").failures, 1U)
      << "there is no g9";
  const Judged j = judged(sample_with("always: [g7.goid > 0]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:10: always, but it has a value in no state of the run: expected "
                       "g7.goid > 0, but there is no g7 at this moment"))
      << j.report;
  EXPECT_EQ(with_goroutines(std::string(kNames) + "always: [elder.startpc == main.worker]\n").report, "");
  EXPECT_TRUE(
      contains(with_goroutines(std::string(kNames) + "always: [elder.atomicstatus != running]\n").report,
               "expected elder.atomicstatus != running, but elder.atomicstatus is running (2)"));
}

TEST(Runner, never_fails_at_the_first_such_event) {
  EXPECT_EQ(judged(sample_with("never:\n  - thread: {what: ends}\n  - status: {g: g1, to: dead}\n")).report,
            "");
  const Judged j = judged(sample_with("never:\n  - status: {to: dead, from: running}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:12:5: the event status {from: running, to: dead} must never come, but "
                       "it does: step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "  > step ")) << j.report;
  const std::string named =
      std::string(kNames) + "never:\n  - status: {g: heir, to: runnable, from: running}\n";
  EXPECT_EQ(with_goroutines(named).report, "");
  EXPECT_EQ(with_goroutines(replaced(named, "from: running", "from: dead")).failures, 1U);
}

TEST(Runner, whenever_asks_at_every_event_with_the_values_of_the_event) {
  EXPECT_EQ(
      judged(sample_with("whenever:\n"
                         "  - status: {from: running, to: dead}\n"
                         "    expect: [event.g.m == m0, event.m.curg == event.g, event.from == running, "
                         "event.to: event.g.atomicstatus, '[event.g.stack.hi - 96] != event.m.id']\n"
                         "  - {stack: {from: g0}, expect: [event.from == m0.g0, tls == event.to]}\n"
                         "  - {gfree: {op: put}, expect: {first(event.list): event.g}}\n"
                         "  - {runq: {op: put}, expect: [event.g in event.queue]}\n"
                         "  - {curg: {to: nil}, expect: [event.to == nil, event.from != nil]}\n"
                         "  - {exit: {}, expect: [event.code == 0]}\n"))
          .report,
      "");
  const Judged j = judged(sample_with("whenever:\n  - status: {to: running}\n    expect: [event.g == g1]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:14: whenever status {to: running}, here step ")) << j.report;
  EXPECT_TRUE(contains(j.report, ": g2: runnable -> running on m0 (state ")) << j.report;
  EXPECT_TRUE(contains(j.report, "expected event.g == g1, but event.g is g2")) << j.report;
  EXPECT_TRUE(contains(j.report, "\n  > step ")) << j.report;
  const Judged nil =
      judged(sample_with("whenever:\n  - curg: {to: nil}\n    expect: [event.to.goid == 1]\n"));
  EXPECT_TRUE(contains(nil.report, "expected event.to.goid == 1, but event.to is nil")) << nil.report;
  const Judged status =
      judged(sample_with("whenever:\n  - {status: {g: g2, to: dead}, expect: [event.from == runnable]}\n"));
  EXPECT_TRUE(contains(status.report, "but event.from is running (2)")) << status.report;
}

TEST(Runner, whenever_asks_at_every_visit_and_reports_the_first_that_breaks_it) {
  const std::string always = "whenever:\n  - place: runtime.gogo\n    expect: [tls == m0.g0]\n";
  EXPECT_EQ(judged(sample_with(always)).report, "");
  const Judged j = judged(sample_with(replaced(always, "tls == m0.g0", "sched.runqsize == 0, tls == m0.g0")));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:14: whenever at runtime.gogo, time 2 (state ")) << j.report;
}

TEST(Runner, whenever_that_never_matches_fails) {
  const Judged j =
      judged(sample_with("whenever:\n  - {status: {g: g1, to: dead}, expect: [tls == g1]}\n"
                         "  - {place: runtime.badctxt, expect: [tls == g1]}\n"));
  EXPECT_EQ(j.failures, 2U);
  EXPECT_TRUE(
      contains(j.report, "sample.yaml:12:6: whenever status {g: g1, to: dead}, but that never happens"))
      << j.report;
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:13: whenever runtime.badctxt, but that never happens"))
      << j.report;
}

/// What a run of the sample with these sections earns: "got/of", then the points of what it loses.
std::string earned(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) return testing::told(std::get<1>(loaded));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  std::string out = std::to_string(verdict.points.got) + "/" + std::to_string(verdict.points.of);
  const std::vector<Grade>& grades = scenario.scenario.grades.all();
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (!verdict.earned[i]) out += " -" + std::to_string(grades[i].points);
  }
  return out;
}

constexpr std::string_view kGraded = R"(events:
  - {status: {g: g2, to: running}, points: 1}
  - {status: {g: g2, to: waiting}, points: 2}
  - status: {g: g2, to: dead}
    points: 4
at:
  - place: runtime.goexit0
    points: 8
    expect:
      - {expect: tls == m0.g0, points: 16}
      - {expect: [tls == g1, rsp > 0], points: 32}
      - {g2.atomicstatus: running, m0.curg: g2, points: 64}
always: {p0.gFree.n: 0, points: 128}
never:
  - {thread: {what: ends}, points: 256}
whenever:
  - {place: runtime.gogo, expect: [tls == m0.g0], points: 512}
within: {steps: 3000, points: 1}
finally:
  g2.atomicstatus: dead
  exit: 0
  points: 7
  expect: [{expect: g2.goid > 0, points: 3}]
)";

TEST(Grading, an_expectation_earns_its_points_if_all_of_it_comes_true) {
  EXPECT_EQ(earned(sample_with(kGraded)), "864/1034 -2 -8 -32 -128");
  EXPECT_EQ(earned(std::string(kSample)), "0/0");
}

TEST(Grading, what_is_about_the_whole_run_or_its_end_earns_nothing_where_that_fails) {
  EXPECT_EQ(earned(replaced(sample_with(kGraded), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n      UNDEF")),
            "1/1034 -2 -4 -8 -16 -32 -64 -128 -256 -512 -1 -7 -3");
  EXPECT_EQ(earned(replaced(sample_with(kGraded), "exit: 0", "exit: 1")),
            "85/1034 -2 -8 -32 -128 -256 -512 -1 -7 -3");
}

TEST(Grading, a_failure_knows_its_expectation_and_whether_that_is_hidden) {
  const auto loaded = load_scenario_text(
      "sample.yaml", sample_with("at:\n  - place: runtime.goexit0\n    hidden: true\n    expect:\n"
                                 "      - {expect: tls == g1, points: 2}\n      - tls == g2\n"
                                 "finally:\n  m0.id: 5\n  expect:\n    - {m0.id: 6, hidden: true}\n"));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  ASSERT_EQ(verdict.failures.size(), 4U);
  std::vector<std::pair<int, bool>> found;
  for (const Failure& failure : verdict.failures) found.emplace_back(failure.grade, failure.hidden);
  EXPECT_EQ(found, (std::vector<std::pair<int, bool>>{{1, true}, {0, true}, {-1, false}, {2, true}}));
}

TEST(Runner, bounds_are_kept_to_the_step_and_the_handoff) {
  const Judged whole = judged(sample_with("within: {steps: 1}\n"));
  EXPECT_EQ(whole.failures, 1U);
  const std::string_view taken = "sample.yaml:11:17: expected at most 1 steps, but the run takes ";
  ASSERT_TRUE(contains(whole.report, taken)) << whole.report;
  const std::size_t steps = std::stoul(whole.report.substr(whole.report.find(taken) + taken.size()));
  EXPECT_EQ(judged(sample_with("within: {steps: " + std::to_string(steps) + "}\n")).report, "");
  EXPECT_EQ(judged(sample_with("within: {steps: " + std::to_string(steps - 1) + "}\n")).failures, 1U);
  EXPECT_EQ(judged(sample_with("within: {handoffs: 3}\n")).report, "") << "main, worker, main";
  const Judged j = judged(sample_with("within: {handoffs: 2}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:20: expected at most 2 handoffs, but the run makes 3; the first too "
                       "many is step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "at runtime.gogo+0x23, `MOVQ gobuf_sp(BX), SP`")) << j.report;
}

/// A folder of files that goes away with it.
class Folder {
 public:
  Folder() { std::filesystem::create_directories(path_); }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_ =
      std::filesystem::temp_directory_path() / ("gogoscope-include-" + std::to_string(getpid()));
};

Judged judged_file(const std::string& path) {
  const auto loaded = load_scenario(path);
  if (loaded.index() == 1) return {testing::told(std::get<1>(loaded)), 999};
  const LoadedScenario& scenario = std::get<0>(loaded);
  const Verdict verdict = judge(scenario, run_scenario(scenario));
  return {report(scenario.scenario, verdict), verdict.failures.size()};
}

TEST(Runner, included_sections_join_those_of_the_scenario_which_has_the_last_word) {
  const Folder folder;
  folder.write(
      "common.yaml",
      "title: {en: Common, zh: 公用}\nabout: {en: Of all., zh: 所有的。}\nprocs: 2\nbudget: 4000\n"
      "goroutines: {worker: main.worker}\nbodies: |\n  TEXT main·worker(SB), NOSPLIT, $0-0\n      RET\n"
      "events:\n  - status: {g: worker, to: running}\nalways: [p0.gFree.n <= 1]\n"
      "finally: {worker.atomicstatus: dead, exit: 3}\n");
  const std::string path = folder.write(
      "own.yaml",
      "include: common.yaml\nprocs: 1\ntitle: {en: Own, zh: 自己的}\nbodies: |\n  TEXT main·main(SB), $16-0\n"
      "      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n"
      "events:\n  - status: {g: worker, to: dead}\nfinally: {exit: 0}\n");
  EXPECT_EQ(judged_file(path).report, "");
  const auto loaded = load_scenario(path);
  ASSERT_EQ(loaded.index(), 0U);
  const Scenario& scenario = std::get<0>(loaded).scenario;
  EXPECT_EQ(scenario.procs, 1);
  EXPECT_EQ(scenario.budget, 4000U);
  EXPECT_EQ(scenario.title.en, "Own");
  EXPECT_EQ(scenario.about.en, "Of all.");
  ASSERT_EQ(scenario.events.size(), 2U);
  EXPECT_EQ(scenario.events[0].fields.at("to"), "running") << "what is included comes first";
}

TEST(Runner, what_an_included_file_expects_fails_at_its_place_there) {
  const Folder folder;
  folder.write("common.yaml", "finally:\n  g2.atomicstatus: running\n");
  const Judged j = judged_file(folder.write("own.yaml", std::string(kSample) + "include: [common.yaml]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "/common.yaml:2:3: at the end (state ")) << j.report;
}

TEST(Runner, event_that_never_comes_fails) {
  const Judged j =
      judged(sample_with("events:\n  - status: {g: g2, to: dead}\n  - status: {g: g1, to: dead}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "sample.yaml:13:5: expected the event status {g: g1, to: dead} after step "))
      << j.report;
  EXPECT_TRUE(contains(j.report, "g2: running -> dead on m0")) << j.report;
  EXPECT_TRUE(contains(j.report, "but it never happens")) << j.report;
}

TEST(Runner, order_of_events_matters) {
  const std::string right = "  - status: {g: g2, to: running}\n  - status: {g: g2, to: dead}\n";
  const std::string wrong = "  - status: {g: g2, to: dead}\n  - status: {g: g2, to: running}\n";
  EXPECT_EQ(judged(sample_with("events:\n" + right)).failures, 0U);
  EXPECT_EQ(judged(sample_with("events:\n" + wrong)).failures, 1U);
}

TEST(Runner, exact_forbids_events_in_between) {
  const std::string gfree = "events:\n  - gfree: {op: put, g: g2}\n";
  EXPECT_EQ(judged(sample_with(gfree + "exact: true\n")).failures, 0U);
  const Judged j = judged(sample_with("events:\n  - status: {g: g2, to: dead}\nexact: true\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected the event status {g: g2, to: dead} next, but found step "))
      << j.report;
}

TEST(Runner, exact_forbids_further_events_afterwards) {
  const Judged j = judged(sample_with("events:\n  - curg: {from: nil, to: g1}\nexact: true\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected no more events of this type, but found step ")) << j.report;
}

TEST(Runner, place_that_is_not_visited_so_often_fails) {
  const Judged j = judged(sample_with("at:\n  - place: runtime.goexit0#2\n    expect: [rsp > 0]\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(
      j.report, "sample.yaml:12:12: expected to reach runtime.goexit0#2, but the run reaches it 1 time"))
      << j.report;
}

TEST(Runner, fault_without_expectation_fails) {
  const std::string faulting = replaced(std::string(kSample), "      RET\n  TEXT",
                                        "      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n  TEXT");
  const Judged j = judged(faulting);
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected that the run exits with code 0, but it stops with a fault"))
      << j.report;
  EXPECT_EQ(judged(faulting + "finally:\n  stop: {reason: fault}\n").failures, 0U);
}

/// The sample with other lines in its worker.
std::string working(std::string_view lines) {
  return replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET\n", "NOSPLIT, $0-0\n" + std::string(lines));
}

/// The sample with other lines in main.main.
std::string main_of(std::string_view lines) {
  return replaced(std::string(kSample),
                  "      GO   main·worker(SB)\n      CALL runtime·Gosched(SB)\n      RET\n", lines);
}

TEST(Runner, fault_names_function_line_goroutine_and_m) {
  const Judged j = judged(working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:11:7: expected that the run exits with code 0, but it stops with a "
                       "fault: read of unmapped memory at 0x0 (nil pointer)\n"
                       "    at main.worker+0x2, `MOVQ 0(AX), CX` (sample.yaml:11), g2 on m0\n"))
      << j.report;
}

TEST(Runner, throw_names_what_threw_and_the_task_that_led_there) {
  const Judged j = judged(working("      CALL runtime·badctxt(SB)\n      RET\n"));
  EXPECT_TRUE(contains(j.report, "but it stops with a throw: fatal error: ctxt != 0\n    at runtime.badctxt"))
      << j.report;
  EXPECT_TRUE(contains(j.report,
                       "`throw(\"ctxt != 0\")` (badctxt.go:2), g2 on m0, called from main.worker+0x5, "
                       "`CALL runtime·badctxt(SB)` (sample.yaml:10)"))
      << j.report;
}

TEST(Runner, spent_budget_names_where_the_run_is) {
  const Judged j = judged(main_of("  loop:\n      JMP loop\n") + "budget: 5000\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:7:7: the run did not stop within its budget of 5000 steps\n    at "
                       "main.main+0xe, `JMP loop` (sample.yaml:7), g1 on m0\n"))
      << j.report;
}

TEST(Runner, deadlock_lists_what_each_goroutine_waits_for) {
  const Judged j =
      judged(replaced(main_of("      GO   main·worker(SB)\n      CALL runtime·gopark(SB)\n      RET\n"),
                      "NOSPLIT, $0-0\n      RET", "$48-0\n      CALL runtime·gopark(SB)\n      RET"));
  EXPECT_TRUE(contains(j.report, "all goroutines are asleep - deadlock!\n    at runtime.checkdead+"))
      << j.report;
  for (const char* line : {"\n    g1 [", "(sample.yaml:7)\n", "\n    g2 [", "(sample.yaml:10)\n"}) {
    EXPECT_TRUE(contains(j.report, line)) << line << " in " << j.report;
  }
}

TEST(Runner, task_without_ret_is_what_happened) {
  const Judged j = judged(main_of("      GO   main·worker(SB)\n"));
  EXPECT_TRUE(contains(j.report, "sample.yaml:6:7: expected that the run exits with code 0, but step "))
      << j.report;
  EXPECT_TRUE(contains(j.report,
                       " runs past the last line of main.main, main.main+0x30, `GO main·worker(SB)` "
                       "(sample.yaml:6): a RET or a JMP is missing there; in the end it stops with a throw"))
      << j.report;
  // One of nothing but a NOP, which emits nothing, ends where it begins.
  const Judged empty = judged(
      replaced(main_of("      NOP\n"), "TEXT main·main(SB), $16-0", "TEXT main·main(SB), NOSPLIT, $0-0"));
  EXPECT_TRUE(contains(empty.report, " runs past the last line of main.main, ")) << empty.report;
  // One whose stack grows as it should has not run past anything.
  const Judged grown = judged(working("      INT $3\n"));
  EXPECT_FALSE(contains(grown.report, "runs past")) << grown.report;
}

TEST(Runner, nosplit_task_without_ret_is_what_happened) {
  const Judged j = judged(working("      XORL AX, AX\n"));
  EXPECT_TRUE(contains(
      j.report, " runs past the last line of main.worker, main.worker, `XORL AX, AX` (sample.yaml:10)"))
      << j.report;
}

TEST(Runner, stop_may_name_its_place) {
  const std::string faulting = working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n");
  const auto stops_at = [&](const std::string& place) {
    return judged(faulting + "finally:\n  stop: {reason: fault, at: '" + place + "'}\n");
  };
  EXPECT_EQ(stops_at("main.worker").report, "");
  EXPECT_EQ(stops_at("main.worker+0x2").report, "");
  EXPECT_EQ(stops_at("main.worker:\"MOVQ 0(AX), CX\"").report, "");
  EXPECT_TRUE(contains(stops_at("main.worker:\"XORL AX, AX\"").report,
                       "expected that the run stops at main.worker:\"XORL AX, AX\", but it does not"));
  EXPECT_TRUE(
      contains(stops_at("main.main").report, "expected that the run stops at main.main, but it does not"));
  EXPECT_TRUE(
      contains(stops_at("main.worker#2").report, "a run stops only once: write the place without #2"));
}

TEST(Runner, process_ends_with_2_after_a_throw_or_fault) {
  const std::string faulting = working("      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n");
  EXPECT_EQ(judged(faulting + "finally:\n  stop: {reason: fault}\n  exit: 2\n").report, "");
  const Judged j = judged(faulting + "finally:\n  stop: {reason: fault}\n  exit: 1\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(
      contains(j.report, "expected that the process exits with code 1, but a fault ends it with code 2"))
      << j.report;
  EXPECT_TRUE(contains(judged(sample_with("finally:\n  stop: {reason: budget}\n  exit: 2\n")).report,
                       "a run that spends its budget has not ended"));
}

/// What is shown of the first step that differs.
std::string first_step_of(const std::string& sections) {
  const auto loaded = load_scenario_text("sample.yaml", sample_with(sections));
  const LoadedScenario& scenario = std::get<0>(loaded);
  const ScenarioRun run = run_scenario(scenario);
  Verdict verdict = judge(scenario, run);
  show_first_steps(scenario, run, verdict);
  return report(scenario.scenario, verdict);
}

TEST(Runner, a_failure_shows_the_step_that_made_it_so_what_it_changed_and_the_command_to_see_it) {
  const std::string field = first_step_of("finally:\n  g2.atomicstatus: running\n");
  EXPECT_TRUE(contains(field, "    > step 1328, at runtime.casgstatus+0x16, `for i := 0; ")) << field;
  EXPECT_TRUE(contains(field, "          changes g2.atomicstatus: running (2) -> dead (6)\n")) << field;
  EXPECT_TRUE(contains(field, "    to see it: gogoscope sample.yaml --at 1329\n")) << field;
  const std::string tls = first_step_of("at:\n  - place: runtime.goexit0\n    expect: [tls == g2]\n");
  EXPECT_TRUE(contains(tls, "`MOVQ SI, g(CX)` (mcall.s:28)\n          changes m0.tls[0]: ")) << tls;
  const std::string always = first_step_of("always:\n  - p0.gFree.n: 0\n");
  EXPECT_TRUE(contains(always, "changes p0.gFree.n: 0 -> 1\n")) << always;
  const std::string never = first_step_of("never:\n  - status: {g: g2, to: dead}\n");
  EXPECT_TRUE(contains(never, "changes g2.atomicstatus: running (2) -> dead (6)\n")) << never;
}

TEST(Runner, an_event_that_never_comes_shows_what_came_instead_and_where) {
  const std::string said = first_step_of("events:\n  - status: {g: g2, from: running, to: waiting}\n");
  EXPECT_TRUE(contains(said, "\n    instead, by step 1328, at runtime.casgstatus+0x16, ")) << said;
  EXPECT_TRUE(contains(said, "(casgstatus.go:5): g2: running -> dead on m0\n")) << said;
  EXPECT_TRUE(contains(said, "--at 1329\n")) << said;
}

TEST(Runner, event_that_came_too_early_is_shown_where_it_came) {
  const Judged j = judged(sample_with(
      "events:\n  - status: {g: g2, to: dead}\n  - status: {g: g2, from: runnable, to: running}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, ", but it came too early: step ")) << j.report;
  EXPECT_TRUE(contains(j.report, "\n  > step ")) << j.report;
}

TEST(Runner, event_that_never_comes_shows_the_end_of_the_run) {
  const Judged j = judged(sample_with("events:\n  - status: {g: g1, to: dead}\n"));
  EXPECT_TRUE(contains(j.report, "but it never happens\n")) << j.report;
  EXPECT_TRUE(contains(j.report, ": exit 0\n")) << j.report;
}

TEST(Runner, numbers_of_one_comparison_have_one_base) {
  const Judged j =
      judged(sample_with("finally:\n  g2.stack.hi: 17\n  p0.gFree.n: 0x2f\n  g2.goid: g2.stack.lo\n"));
  EXPECT_TRUE(contains(j.report, "but g2.stack.hi is 0xc000017000 and 17 is 0x11\n")) << j.report;
  EXPECT_TRUE(contains(j.report, "but p0.gFree.n is 1 and 0x2f is 47\n")) << j.report;
  EXPECT_TRUE(contains(j.report, "but g2.goid is 0x2 and g2.stack.lo is 0xc")) << j.report;
}

TEST(Runner, report_shows_line_breaks_of_the_guest_and_no_control_characters) {
  EXPECT_EQ(printable_lines("a\nb\x1b"), "a\nb\uFFFD");
  EXPECT_EQ(on_one_line("a\nb"), "a / b");
}

TEST(Runner, fault_that_does_not_come_fails) {
  const Judged j = judged(sample_with("finally:\n  stop: {reason: fault}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(
      j.report, "sample.yaml:12:3: expected that the run stops with a fault, but it exits with code 0"))
      << j.report;
}

TEST(Runner, other_detail_of_a_fault_fails) {
  const std::string faulting = replaced(std::string(kSample), "      RET\n  TEXT",
                                        "      XORL AX, AX\n      MOVQ 0(AX), CX\n      RET\n  TEXT");
  const Judged j = judged(faulting + "finally:\n  stop: {reason: fault, detail-contains: no such words}\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected a fault whose detail contains \"no such words\", but it is \""))
      << j.report;
}

TEST(Runner, other_exit_code_fails) {
  const Judged j = judged(sample_with("finally: {exit: 3}\n"));
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "expected that the run exits with code 3, but it exits with code 0"))
      << j.report;
}

TEST(Runner, endless_run_ends_at_its_budget) {
  const std::string endless =
      replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n  loop:\n      JMP loop");
  const Judged j = judged(endless + "budget: 20000\n");
  EXPECT_EQ(j.failures, 1U);
  EXPECT_TRUE(contains(j.report, "the run did not stop within its budget of 20000 steps")) << j.report;
}

TEST(Runner, an_invariant_that_breaks_is_reported_first_and_not_as_a_run_without_an_end) {
  const Judged j = judged(sample_with(
      "listings:\n  - {function: runtime.goexit0, line: dropg(), with: \"\"}\nfinally: {m0.curg: g1}\n"));
  EXPECT_EQ(j.failures, 2U);
  EXPECT_EQ(j.report.find("sample.yaml:1:1: an invariant broke: step "), 0U) << j.report;
  EXPECT_FALSE(contains(j.report, "budget")) << j.report;
}

// dropg left out of goexit0: m.curg keeps naming the g that has ended.
const char* const kBroken = "listings:\n  - {function: runtime.goexit0, line: dropg(), with: \"\"}\n";

Verdict verdict_of(const std::string& text) {
  const auto loaded = load_scenario_text("sample.yaml", text);
  const LoadedScenario& scenario = std::get<0>(loaded);
  return judge(scenario, run_scenario(scenario));
}

TEST(Runner, a_run_that_breaks_what_it_is_to_break_stops_there_unless_its_end_is_stated) {
  const std::string breaks = std::string(kBroken) + "breaks: {invariant: free-g-has-no-m}\n";
  const Verdict stopped = verdict_of(sample_with(breaks));
  EXPECT_TRUE(stopped.passed());
  const Verdict ended = verdict_of(sample_with(breaks + "finally: {exit: 0}\n"));
  EXPECT_TRUE(ended.passed()) << report({}, ended);
  EXPECT_GT(ended.steps, stopped.steps);
  const Judged wrong = judged(sample_with(breaks + "finally: {exit: 3}\n"));
  EXPECT_EQ(wrong.failures, 1U);
  EXPECT_TRUE(contains(wrong.report, "expected that the run exits with code 3, but it exits with code 0"))
      << wrong.report;
}

TEST(Runner, a_run_that_is_to_go_on_past_a_break_is_judged_by_its_end) {
  const std::string breaks = std::string(kBroken) + "breaks: {invariant: free-g-has-no-m, then: go-on}\n";
  const Verdict whole = verdict_of(sample_with(breaks + "events: [{exit: {code: 0}}]\n"));
  EXPECT_TRUE(whole.passed()) << report({}, whole);
  const Judged stopped =
      judged(sample_with(replaced(breaks, "go-on", "stop") + "events: [{exit: {code: 0}}]\n"));
  EXPECT_TRUE(contains(stopped.report, "expected the event exit {code: 0}, but it never happens"))
      << stopped.report;
  const Judged wrong = judged(sample_with(breaks + "finally: {exit: 3}\n"));
  EXPECT_TRUE(contains(wrong.report, "expected that the run exits with code 3, but it exits with code 0"))
      << wrong.report;
  const Judged other = judged(sample_with(replaced(breaks, "free-g-has-no-m", "sp-in-tls-g")));
  EXPECT_EQ(other.failures, 1U);
  EXPECT_TRUE(contains(other.report, "expected that sp-in-tls-g is the first to break, but step "))
      << other.report;
}

std::vector<std::string> case_names(const std::string& matrix) {
  const auto read = read_scenario("sample.yaml", sample_with("matrix: " + matrix + "\n"));
  std::vector<std::string> out;
  if (read.index() == 1) return {testing::told(std::get<1>(read))};
  for (const MatrixCase& one : cases_of(std::get<0>(read))) out.push_back(one.name);
  return out;
}

TEST(Cases, are_each_value_with_each_the_last_section_first) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(case_names("{procs: [1, 3..4], sysmon: [false, true]}"),
            (Names{"procs=1, sysmon=false", "procs=1, sysmon=true", "procs=3, sysmon=false",
                   "procs=3, sysmon=true", "procs=4, sysmon=false", "procs=4, sysmon=true"}));
  EXPECT_EQ(case_names("{schedule: [round-robin, {seed: 1..2, quantum: 8..9}, [m0*5, m1], seed 7]}"),
            (Names{"schedule=round-robin", "seed=1, quantum=8", "seed=1, quantum=9", "seed=2, quantum=8",
                   "seed=2, quantum=9", "schedule=[m0*5, m1]", "schedule=seed 7"}));
  EXPECT_EQ(case_names("{build: [{race: true}, {goos: plan9}]}"), (Names{"race=true", "goos=plan9"}));
  EXPECT_EQ(case_names("{schedule: [{seed: 1..1000}]}").size(), 1000U);
  const auto plain = read_scenario("sample.yaml", std::string(kSample));
  ASSERT_EQ(plain.index(), 0U);
  EXPECT_EQ(cases_of(std::get<0>(plain)).size(), 1U);
  EXPECT_EQ(with_case("x", std::get<0>(plain)), "x");
}

TEST(Cases, run_on_their_own_machine) {
  const auto loaded = load_scenario_text(
      "sample.yaml", sample_with("build: {goos: plan9}\nmatrix: {procs: [1, 2], build: [{race: true}, {race: "
                                 "false}], schedule: [{seed: 7}]}\nfinally: {p1.id: 1}\n"));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const Scenario& scenario = std::get<0>(loaded).scenario;
  EXPECT_EQ(scenario.case_name, "procs=1, race=true, seed=7");
  const auto found = find_case(scenario, "[procs=2,race=false, seed=7]");
  ASSERT_EQ(found.index(), 0U);
  const Scenario second = in_case(scenario, std::get<MatrixCase>(found));
  EXPECT_EQ(second.procs, 2);
  EXPECT_FALSE(second.race);
  EXPECT_EQ(second.goos, "plan9");
  EXPECT_EQ(second.turns.seed, 7U);
  const auto as_case = load_scenario(second);
  ASSERT_EQ(as_case.index(), 0U);
  EXPECT_TRUE(judge(std::get<0>(as_case), run_scenario(std::get<0>(as_case))).passed());
  const Verdict first = judge(std::get<0>(loaded), run_scenario(std::get<0>(loaded)));
  EXPECT_TRUE(contains(report(scenario, first), "[procs=1, race=true, seed=7] at the end (state "))
      << "there is no p1";
  const auto near = find_case(scenario, "procs=2, race=false, seed=8");
  ASSERT_EQ(near.index(), 1U);
  EXPECT_EQ(
      std::get<1>(near).in(Language::en),
      "sample.yaml has no case 'procs=2, race=false, seed=8'; did you mean procs=2, race=false, seed=7?");
}

TEST(Runner, a_break_among_the_expected_events_does_not_hide_how_the_run_ends) {
  const std::string events = std::string(kBroken) + "events:\n  - invariant: {}\n";
  EXPECT_EQ(judged(sample_with(events)).report, "");
  const Judged wrong = judged(sample_with(events + "finally: {exit: 3}\n"));
  EXPECT_EQ(wrong.failures, 1U);
  EXPECT_TRUE(contains(wrong.report, "but it exits with code 0")) << wrong.report;
}

TEST(Runner, poke_changes_the_run) {
  const std::string poke = "set:\n  - {at: runtime.goexit0, field: g2.param, value: 0x1234}\n";
  const std::string at = "at:\n  - place: runtime.goexit0\n    expect: {g2.param: 0x1234}\n";
  const Judged j = judged(sample_with(poke + at + "finally: {g2.param: 0}\n"));
  EXPECT_EQ(j.report, "");
}

TEST(Runner, poke_at_a_place_that_is_never_reached_fails) {
  const Judged j = judged(sample_with("set:\n  - {at: runtime.goexit0#9, field: g2.param, value: 1}\n"));
  EXPECT_TRUE(contains(
      j.report,
      "sample.yaml:12:36: g2.param cannot be set at runtime.goexit0#9: the run ends before it gets there"))
      << j.report;
}

TEST(Runner, pokes_are_carried_out_in_the_order_of_the_run) {
  const std::string late = "  - {at: runtime.gfput, field: g2.param, value: 0x22}\n";
  const std::string early = "  - {at: runtime.goexit0, field: g2.param, value: 0x11}\n";
  const std::string expected =
      "at:\n  - {place: runtime.goexit0, expect: {g2.param: 0x11}}\n"
      "  - {place: runtime.gfput, expect: {g2.param: 0x22}}\n";
  EXPECT_EQ(judged(sample_with("set:\n" + late + early + expected)).report, "");
  EXPECT_EQ(judged(sample_with("set:\n" + early + late + expected)).report, "");
}

TEST(Runner, pokes_of_one_place_are_carried_out_in_the_order_of_the_file) {
  const std::string one = "  - {at: runtime.goexit0, field: g2.param, value: 1}\n";
  const std::string more = "  - {at: runtime.goexit0, field: g2.param, value: g2.param + 1}\n";
  const std::string at = "at:\n  - {place: runtime.goexit0, expect: {g2.param: 2}}\n";
  EXPECT_EQ(judged(sample_with("set:\n" + one + more + at)).report, "");
  EXPECT_EQ(judged(sample_with("set:\n" + more + one + at)).failures, 1U);
}

TEST(Runner, ticks_move_the_clock_on) {
  const auto loaded =
      load_scenario_text("sample.yaml", sample_with("ticks:\n  - {at: runtime.goexit0, clock: 20us}\n"
                                                    "  - {at: runtime.newproc1, clock: 7}\n"));
  ASSERT_EQ(loaded.index(), 0U);
  const ScenarioRun run = run_scenario(std::get<0>(loaded));
  EXPECT_TRUE(run.error.empty()) << run.error.in(Language::en);
  const auto clock = find_field(run.session->guest(), run.session->cursor().state(), "kernel.clock");
  ASSERT_TRUE(clock);
  EXPECT_EQ(run.session->cursor().state().load_or_zero(clock->addr), 20'007U);
  EXPECT_TRUE(judge(std::get<0>(loaded), run).passed());
}

TEST(Runner, tick_at_a_place_that_is_never_reached_fails) {
  const Judged j = judged(sample_with("ticks:\n  - {at: runtime.goexit0#9, clock: 1ms}\n"));
  EXPECT_TRUE(contains(j.report,
                       "sample.yaml:12:36: kernel.clock cannot be set at runtime.goexit0#9: the run ends "
                       "before it gets there"))
      << j.report;
}

TEST(Runner, a_budget_that_runs_out_may_be_expected) {
  const std::string endless =
      replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n  loop:\n      JMP loop");
  const std::string expected = "budget: 20000\nfinally: {stop: {reason: budget}}\n";
  EXPECT_EQ(judged(endless + expected).report, "");
  const Judged j = judged(std::string(kSample) + expected);
  EXPECT_EQ(j.failures, 1U);
}

TEST(Runner, two_runs_make_the_same_record) {
  const auto loaded = load_scenario_text("sample.yaml", std::string(kSample));
  ASSERT_EQ(loaded.index(), 0U);
  const ScenarioRun a = run_scenario(std::get<0>(loaded));
  const ScenarioRun b = run_scenario(std::get<0>(loaded));
  EXPECT_EQ(a.session->trace().steps(), b.session->trace().steps());
  EXPECT_EQ(a.session->cursor().state().hash(), b.session->cursor().state().hash());
}

TEST(Runner, every_shipped_scenario_has_expectations_of_each_kind) {
  for (const auto& entry : std::filesystem::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    SCOPED_TRACE(entry.path().filename().string());
    const auto loaded = load_scenario(entry.path().string());
    ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
    const Scenario& scenario = std::get<0>(loaded).scenario;
    EXPECT_FALSE(scenario.events.empty());
    EXPECT_FALSE(scenario.finally.empty());
  }
}

}  // namespace
}  // namespace gogoscope
