// What `gogoscope functions` and `gogoscope fields` say is true: each example runs and calls what it is an
// example of, each name is one that the reader of expectations takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "emu/layout/release.h"
#include "emu/runtime/functions.h"
#include "emu/session/place.h"
#include "scenarios/format/fields.h"
#include "scenarios/reference/callable.h"
#include "scenarios/reference/names.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/runner.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

/// What is wrong with an example: with its text, with its run; that `function` is not called.
std::string wrong(const Callable& one, const std::string& function) {
  const auto loaded = load_scenario_text("example.yaml", example_scenario(one));
  if (const auto* errors = std::get_if<Diagnostics>(&loaded)) return testing::told(*errors);
  const auto& scenario = std::get<LoadedScenario>(loaded);
  const ScenarioRun run = run_scenario(scenario);
  const Verdict verdict = judge(scenario, run);
  if (!verdict.passed()) return report(scenario.scenario, verdict);
  const auto found = find_moment(function, run.session->trace());
  return found.index() == 0 ? "" : std::get<1>(found).in(Language::en);
}

/// CALLs of an example whose caller has less than `bytes` for it.
std::vector<std::string> too_small_frames(const Callable& one, int bytes) {
  static const std::regex text(R"(TEXT ([^ ]+)\(SB\),.* ?\$(\d+)-\d+.*)"), call(R"( +CALL ([^ ]+)\(SB\).*)");
  std::vector<std::string> out;
  std::istringstream lines{std::string(one.example)};
  std::string caller;
  int frame = 0;
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_match(line, match, text)) {
      caller = match[1];
      frame = std::stoi(match[2]);
    } else if (std::regex_match(line, match, call) && go_name(match[1].str()) == one.signature->name &&
               frame < bytes) {
      out.push_back(caller);
    }
  }
  return out;
}

TEST(Callables, each_example_is_a_scenario_that_passes_and_calls_the_function) {
  EXPECT_GT(callables().size(), 25U);
  for (const Callable& one : callables()) {
    EXPECT_EQ(wrong(one, one.signature->name), "") << one.signature->name;
  }
}

TEST(Callables, an_example_that_does_not_call_or_does_not_come_true_is_noticed) {
  Callable gosched = *callable("Gosched");
  EXPECT_EQ(wrong(gosched, "runtime.gopark"), "the run never reaches runtime.gopark");
  gosched.ends = "finally: {g2.atomicstatus: running}";
  EXPECT_NE(wrong(gosched, "runtime.Gosched"), "");
}

TEST(Callables, each_caller_has_room_for_arguments_and_results) {
  for (const Callable& one : callables()) {
    EXPECT_EQ(too_small_frames(one, one.signature->size()), std::vector<std::string>{})
        << one.signature->name;
  }
  EXPECT_EQ(too_small_frames(*callable("goready"), 17), std::vector<std::string>{"main·main"});
}

TEST(Callables, are_found_by_each_spelling_and_no_other_name) {
  for (const char* name : {"Gosched", "runtime.Gosched", "runtime·Gosched"}) {
    ASSERT_NE(callable(name), nullptr) << name;
    EXPECT_EQ(callable(name)->signature->name, "runtime.Gosched");
  }
  EXPECT_EQ(callable("runtime∕debug·setMaxStack"), callable("runtime/debug.setMaxStack"));
  EXPECT_EQ(callable("runtime.schedule"), nullptr);
  EXPECT_EQ(callable(""), nullptr);
}

TEST(Callables, what_shipped_scenarios_call_is_among_them) {
  // Of the runtime; each is a line of the folder's files.
  for (const char* name :
       {"Gosched", "LockOSThread", "UnlockOSThread", "usleep", "exitsyscall", "entersyscall", "gopark",
        "goready", "stopTheWorld", "startTheWorld", "StartTrace", "StopTrace", "Goexit", "systemstack",
        "newproc", "lockOSThread", "goyield", "deferproc"}) {
    EXPECT_NE(callable(name), nullptr) << name;
  }
}

const Program& program() {
  static const Program built = [] {
    auto loaded = load_scenario_text("sample.yaml", std::string(testing::kSample));
    return std::get<0>(std::move(loaded)).program;
  }();
  return built;
}

/// "g0.goid" of "gN.goid".
std::string with_number(std::string name) {
  if (name.substr(1, 1) == "N") name[1] = '0';
  return name;
}

TEST(Nameables, each_is_read_in_an_expectation) {
  const Layout& layout = release_named(kDefaultRelease)->layout;
  const Code& code = program().guest->code;
  std::set<std::pair<std::string, Nameable::Kind>> seen;
  for (const Nameable& one : nameables(code)) {
    EXPECT_TRUE(seen.insert({one.name, one.kind}).second) << one.name << " twice";
    const bool of_guest = one.kind == Nameable::Kind::function || one.kind == Nameable::Kind::data;
    const std::string name = of_guest ? one.name : with_number(one.name);
    const auto read = parse_comparison(
        one.kind == Nameable::Kind::list ? "g1 not in " + name : name + " == " + name, layout);
    if (read.index() == 1) {
      ADD_FAILURE() << one.name << ": " << std::get<1>(read).message.in(Language::en);
      continue;
    }
    EXPECT_TRUE(check_symbols(std::get<0>(read).left, code).empty()) << one.name;
    for (const std::string& word : one.words) {
      EXPECT_EQ(parse_comparison(name + " == " + word, layout).index(), 0U) << one.name << " == " << word;
    }
  }
}

TEST(Nameables, leave_out_no_field_that_expectations_take) {
  std::set<std::string> known;
  for (const Nameable& one : nameables(program().guest->code)) known.insert(one.name);
  const Layout& layout = release_named(kDefaultRelease)->layout;
  const auto check = [&](const char* of, const char* first, const std::string& shown) {
    for (const Field& field : layout.find(of)->fields) {
      const auto read = parse_field(std::string(first) + "." + field.name, layout);
      if (!read || read->index() != 0) continue;
      EXPECT_TRUE(known.contains(shown + "." + field.name)) << field.name;
    }
  };
  check("g", "g2", "gN");
  check("m", "m0", "mN");
  check("p", "p0", "pN");
  check("schedt", "sched", "sched");
  EXPECT_TRUE(known.contains("pN.runq[0]"));
  EXPECT_TRUE(known.contains("runtime.gogo"));
  EXPECT_TRUE(known.contains("runtime.allgs"));
  EXPECT_FALSE(known.contains("main.main")) << "a task is no part of the runtime";
}

TEST(Nameables, follow_a_prefix_through_objects_and_pointers) {
  const auto names = [](std::string_view prefix) {
    std::vector<std::string> out;
    for (const Nameable& one : nameables(program().guest->code, prefix)) out.push_back(one.name);
    return out;
  };
  EXPECT_EQ(names("g7.sched.s"), std::vector<std::string>{"g7.sched.sp"});
  EXPECT_EQ(names("m0.curg.goid"), std::vector<std::string>{"m0.curg.goid"});
  EXPECT_EQ(names("m1.p.runqh"), std::vector<std::string>{"m1.p.runqhead"});
  EXPECT_EQ(names("m0.g0.stack.h"), std::vector<std::string>{"m0.g0.stack.hi"});
  EXPECT_EQ(names("rs"), (std::vector<std::string>{"rsp", "rsi"}));
  EXPECT_EQ(names("gN.goid"), std::vector<std::string>{"gN.goid"});
  EXPECT_EQ(names("g2.nothing"), std::vector<std::string>{});
  EXPECT_GT(names("g2").size(), 30U);
}

}  // namespace
}  // namespace gogoscope
