// What a run shows, written into its scenario, passes; and nothing else of the file changes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/rewrite/recorded.h"
#include "scenarios/rewrite/replace_file.h"
#include "scenarios/rewrite/updated.h"
#include "scenarios/rewrite/yaml_source.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::kSample;
using testing::replaced;
using testing::sample_with;

namespace fs = std::filesystem;

LoadedScenario loaded_text(const std::string& text) {
  auto loaded = load_scenario_text("sample.yaml", text);
  if (loaded.index() == 1) {
    ADD_FAILURE() << testing::told(std::get<1>(loaded)) << text;
    loaded = load_scenario_text("sample.yaml", std::string(kSample));
  }
  return std::move(std::get<0>(loaded));
}

std::string recorded_text(const std::string& text) {
  const LoadedScenario loaded = loaded_text(text);
  return with_edits(text, record_edits(loaded, run_scenario(loaded)));
}

std::string updated_text(const std::string& text) {
  const LoadedScenario loaded = loaded_text(text);
  return with_edits(text, update_edits(loaded, run_scenario(loaded)));
}

std::string judged_text(const std::string& text) {
  const LoadedScenario loaded = loaded_text(text);
  return report(loaded.scenario, judge(loaded, run_scenario(loaded)));
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::string kFaulting =
    replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n      UNDEF");

TEST(Record, writes_what_passes_below_what_is_there) {
  const std::string text = recorded_text(std::string(kSample));
  EXPECT_EQ(text.substr(0, kSample.size()), kSample);
  EXPECT_EQ(judged_text(text), "");
  for (const char* line :
       {"\nevents:\n  - status: {g: g2, from: dead, to: runnable}\n", "\n  - stack: {from: g0, to: g2}\n",
        "\n  - exit: {code: 0}\nat:\n  - place: runtime.gogo+0x26#1\n    expect: {tls: g1, m0.curg: g1, ",
        "\nfinally:\n  g1.atomicstatus: running\n  g2.atomicstatus: dead\n", "\n  exit: 0\n"}) {
    EXPECT_TRUE(has(text, line)) << line << " in\n" << text;
  }
}

constexpr std::string_view kCommented = R"(goroutines: {worker: main.worker}
events:                                  # a list
    - status: {g: worker, to: running}   # first
    # about the end
    - status: {g: worker, to: dead}
at:
  - place: runtime.gogo+0x26#2
    expect: [tls == g2]      # here
finally: {g2.atomicstatus: dead, exit: 0} # the end
)";

TEST(Record, extends_what_is_there_and_keeps_its_comments) {
  const std::string text = recorded_text(sample_with(kCommented));
  EXPECT_EQ(judged_text(text), "");
  for (const char* part :
       {"    - status: {g: worker, from: dead, to: runnable}\n    - status: {g: g1, from: running, to: "
        "runnable}\n"
        "    - status: {g: worker, to: running}   # first\n    - stack: {from: g0, to: worker}\n"
        "    # about the end\n    - status: {g: worker, to: dead}\n    - status: {g: g1, ",
        "expect: [tls == g2]      # here\n  - place: runtime.gogo+0x26#1\n",
        "finally: {g2.atomicstatus: dead, exit: 0, g1.atomicstatus: running, ",
        "sched.runqsize: 0} # the end\n"}) {
    EXPECT_TRUE(has(text, part)) << part << " in\n" << text;
  }
  EXPECT_FALSE(has(text, "gogo+0x26#2\n    expect: {")) << "a place that is there already";
  // All that was there is there, in its order.
  std::istringstream lines{std::string(kCommented.substr(0, kCommented.find("finally")))};
  std::size_t at = 0;
  for (std::string line; std::getline(lines, line);) {
    at = text.find(line + "\n", at);
    ASSERT_NE(at, std::string::npos) << line;
  }
}

TEST(Record, of_every_shipped_scenario_passes) {
  for (const auto& entry : fs::directory_iterator(GOGOSCOPE_SOURCE "/scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
#if defined(__SANITIZE_ADDRESS__)
    // Those whose number ends in 3: sanitizers see no more in the others.
    if (entry.path().stem().string().find("3-") != 1) continue;
#endif
    SCOPED_TRACE(entry.path().filename().string());
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    EXPECT_EQ(judged_text(recorded_text(text)), "");
  }
}

TEST(Record, says_how_a_run_stops) {
  const std::string text = recorded_text(kFaulting);
  EXPECT_TRUE(has(text, "\n  stop: {reason: fault, detail-contains: ")) << text;
  EXPECT_EQ(judged_text(text), "");
  const std::string endless =
      replaced(std::string(kSample), "NOSPLIT, $0-0\n      RET", "NOSPLIT, $0-0\n  loop:\n      JMP loop") +
      "budget: 9000\n";
  EXPECT_TRUE(has(recorded_text(endless), "\n  stop: {reason: budget}\n"));
  EXPECT_EQ(judged_text(recorded_text(endless)), "");
}

struct Rewritten {
  const char *claim, *before, *after;
};

TEST(Update, rewrites_each_kind_of_expectation_in_place) {
  const Rewritten all[] = {
      {"a status", "finally: {g2.atomicstatus: running}  # why\n",
       "finally: {g2.atomicstatus: dead}  # why\n"},
      {"a number", "finally:\n  p0.gFree.n:   3 # n\n", "finally:\n  p0.gFree.n:   1 # n\n"},
      {"a pointer in quotes", "finally: {m0.curg: 'g2'}\n", "finally: {m0.curg: 'g1'}\n"},
      {"the exit code", "finally: {exit: 4}\n", "finally: {exit: 0}\n"},
      {"a list of finally", "finally:\n  expect:\n    - {expect: m0.curg == g2, points: 1}\n",
       "finally:\n  expect:\n    - {expect: m0.curg == g1, points: 1}\n"},
      {"a comparison at a place",
       "at:\n  - place: runtime.goexit0\n    expect:\n      - \"tls == g2\"  # x\n",
       "at:\n  - place: runtime.goexit0\n    expect:\n      - \"tls == m0.g0\"  # x\n"},
      {"a distance", "at:\n  - {place: runtime.goexit0, expect: [rsp == m0.g0.sched.sp - 24]}\n",
       "at:\n  - {place: runtime.goexit0, expect: [rsp == m0.g0.sched.sp - 16]}\n"},
      {"membership", "at:\n  - {place: runtime.goexit0, expect: [g1 in p0.runq, g1 not in sched.runq]}\n",
       "at:\n  - {place: runtime.goexit0, expect: [g1 not in p0.runq, g1 in sched.runq]}\n"},
      {"an inequality", "finally: {expect: [g2.goid != 2]}\n", "finally: {expect: [g2.goid == 2]}\n"},
      {"bounds of a value", "finally: {expect: [p0.gFree.n < 1, p0.gFree.n >= 5]}\n",
       "finally: {expect: [p0.gFree.n < 2, p0.gFree.n >= 1]}\n"},
      {"bounds of the run", "within: {steps: 100, handoffs: 2}\n", "within: {steps: 1584, handoffs: 3}\n"},
      {"fields of events",
       "events:\n  - status: {g: g2, from: idle, to: running}  # a\n  - exit: {code: 7}\n",
       "events:\n  - status: {g: g2, from: runnable, to: running}  # a\n  - exit: {code: 0}\n"},
      {"the order of events",
       "events: [{status: {g: g2, to: dead}}, {status: {g: g2, to: running}}, {exit: {}}]\n",
       "events: [{status: {g: g2, to: runnable}}, {status: {g: g2, to: running}}, {exit: {}}]\n"},
      {"an event that comes no more",
       "events:\n  - status: {g: g2, to: dead}\n  # gone\n  - tls: {from: g7, to: g7}  # with it\n"
       "  - exit: {}\n",
       "events:\n  - status: {g: g2, to: dead}\n  # gone\n  - exit: {}\n"},
      {"a name of a goroutine", "goroutines: {worker: main.worker}\nevents:\n  - gfree: {op: put, g: g1}\n",
       "goroutines: {worker: main.worker}\nevents:\n  - gfree: {op: put, g: worker}\n"},
  };
  for (const Rewritten& one : all) {
    SCOPED_TRACE(one.claim);
    EXPECT_NE(judged_text(sample_with(one.before)), "");
    EXPECT_EQ(updated_text(sample_with(one.before)), sample_with(one.after));
    EXPECT_EQ(judged_text(sample_with(one.after)), "");
    EXPECT_EQ(updated_text(sample_with(one.after)), sample_with(one.after)) << "what passes stays";
  }
}

/// A scenario that prints 2, 0 and 1, with another section in the place of its `output`.
std::string printing(const std::string& section) {
  std::ifstream in(GOGOSCOPE_SOURCE "/scenarios/92-println.yaml");
  return replaced(std::string{std::istreambuf_iterator<char>(in), {}}, "output: {stderr: \"2\\n0\\n1\\n\"}\n",
                  section);
}

TEST(Record, writes_what_the_run_writes) {
  EXPECT_TRUE(has(recorded_text(printing("")), "\noutput:\n  stderr: \"2\\n0\\n1\\n\"\n"));
  EXPECT_EQ(judged_text(recorded_text(printing(""))), "");
  EXPECT_TRUE(has(recorded_text(printing("output: {stdout: \"\"}\n")),
                  "\noutput: {stdout: \"\", stderr: \"2\\n0\\n1\\n\"}\n"));
}

TEST(Update, rewrites_what_the_run_writes) {
  const Rewritten all[] = {
      {"in double quotes", "output: {stderr: \"0\\n1\\n2\\n\"}\n", "output: {stderr: \"2\\n0\\n1\\n\"}\n"},
      {"in single quotes", "output: {stderr: '0 1 2'} # c\n", "output: {stderr: \"2\\n0\\n1\\n\"} # c\n"},
      {"a block", "output:\n  stderr: |\n    0\n    1\n\n# c\n",
       "output:\n  stderr: |\n    2\n    0\n    1\n\n# c\n"},
      {"a folded block", "output:\n  stderr: >-\n    0 1\n    2\n", "output:\n  stderr: \"2\\n0\\n1\\n\"\n"},
  };
  for (const Rewritten& one : all) {
    SCOPED_TRACE(one.claim);
    EXPECT_NE(judged_text(printing(one.before)), "");
    EXPECT_EQ(updated_text(printing(one.before)), printing(one.after));
    EXPECT_EQ(judged_text(printing(one.after)), "");
  }
  const std::string silent = sample_with("output:\n  stderr: |\n    x\nbudget: 100000\n");
  EXPECT_EQ(updated_text(silent), sample_with("output:\n  stderr: \"\"\nbudget: 100000\n"));
}

TEST(Update, leaves_alone_what_no_run_can_say) {
  for (const char* sections :
       {"always: [p0.gFree.n == 0]\n", "never: [{exit: {}}]\n",
        "whenever: [{exit: {}, expect: [tls == g7]}]\n",
        "at: [{place: runtime.goexit0#9, expect: [tls == g1]}]\n", "finally: {g9.atomicstatus: dead}\n",
        "events:\n  - {status: {g: g2, to: dead}, points: 1}\n  - {tls: {from: g7, to: g7}, points: 2}\n"}) {
    EXPECT_NE(judged_text(sample_with(sections)), "") << sections;
    EXPECT_EQ(updated_text(sample_with(sections)), sample_with(sections));
  }
}

TEST(Update, does_not_follow_a_run_that_broke) {
  const auto why = [](const std::string& text) {
    const LoadedScenario loaded = loaded_text(text);
    return why_not_updated(loaded, run_scenario(loaded)).in(Language::en);
  };
  EXPECT_EQ(why(std::string(kSample)), "");
  EXPECT_EQ(why(sample_with("finally: {exit: 3}\n")), "");
  EXPECT_EQ(why(kFaulting), "the run ends with fault, not with exit");
  EXPECT_EQ(why(kFaulting + "finally: {stop: {reason: fault}}\n"), "");
  EXPECT_EQ(why(sample_with("finally: {stop: {reason: fault}}\n")), "the run ends with exit, not with fault");
  const std::string broken = "listings:\n  - {function: runtime.goexit0, line: dropg(), with: \"\"}\n";
  EXPECT_TRUE(has(why(sample_with(broken)), "an invariant broke: step "));
  EXPECT_EQ(why(sample_with(broken + "breaks: {invariant: free-g-has-no-m}\n")), "");
  EXPECT_TRUE(has(why(sample_with(broken + "breaks: {invariant: sp-in-tls-g}\n")), "is the first to break"));
  EXPECT_TRUE(has(why(sample_with("ticks: [{at: runtime.goexit0#9, clock: 1}]\n")), "cannot be set"));
}

TEST(Edits, are_shown_as_a_unified_diff) {
  std::string text;
  for (int i = 1; i <= 20; ++i) text += "line " + std::to_string(i) + "\n";
  const std::size_t two = text.find("line 2\n"), ten = text.find("line 10\n"),
                    nineteen = text.find("line 19\n");
  EXPECT_EQ(unified_diff("x", text, {}), "");
  EXPECT_EQ(unified_diff("x", text, {{ten, 8, ""}, {two + 5, 1, "two"}, {nineteen, 0, "new\n"}}),
            "--- x\n+++ x\n@@ -1,5 +1,5 @@\n line 1\n-line 2\n+line two\n line 3\n line 4\n line 5\n"
            "@@ -7,7 +7,6 @@\n line 7\n line 8\n line 9\n-line 10\n line 11\n line 12\n line 13\n"
            "@@ -16,5 +15,6 @@\n line 16\n line 17\n line 18\n+new\n line 19\n line 20\n");
  EXPECT_EQ(unified_diff("x", "a\n", {{2, 0, "b\n"}}), "--- x\n+++ x\n@@ -1 +1,2 @@\n a\n+b\n");
}

TEST(YamlSource, knows_where_parts_end) {
  const std::string text =
      "a: plain  # c\nb: 'it''s'\nc: \"q\\\"]\"\nd: [1, {x: ']', y: \"}\"}, it's] # e\n文: 字\n";
  const YamlSource source(text);
  const auto shown = [&](std::string_view key) {
    const YamlNode& node = *source.root().find(key);
    return text.substr(source.at(node.mark), source.end_of(node).value_or(0) - source.at(node.mark));
  };
  EXPECT_EQ(shown("a"), "plain");
  EXPECT_EQ(shown("b"), "'it''s'");
  EXPECT_EQ(shown("c"), "\"q\\\"]\"");
  EXPECT_EQ(shown("d"), "[1, {x: ']', y: \"}\"}, it's]");
  EXPECT_EQ(shown("文"), "字");
  EXPECT_EQ(yaml_scalar("g2"), "g2");
  EXPECT_EQ(yaml_scalar("-5"), "-5");
  EXPECT_EQ(yaml_scalar("[x]"), "\"[x]\"");
  EXPECT_EQ(yaml_scalar("a: b"), "\"a: b\"");
}

TEST(ReplaceFile, is_whole_or_untouched_and_keeps_permissions) {
  const fs::path folder = fs::temp_directory_path() / ("gogoscope-replace-" + std::to_string(getpid()));
  fs::create_directories(folder);
  const fs::path file = folder / "x.yaml", link = folder / "link.yaml";
  const auto content = [&] {
    std::ifstream in(file);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  EXPECT_TRUE(replace_file(file, "one").empty());
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink(file, link);
  EXPECT_TRUE(replace_file(link, "two").empty());
  EXPECT_EQ(content(), "two");
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  fs::permissions(file, fs::perms::owner_read);
  EXPECT_EQ(replace_file(file, "three").in(Language::en), "it is read-only");
  EXPECT_EQ(content(), "two");
  EXPECT_FALSE(replace_file(folder / "no" / "x.yaml", "x").empty());
  EXPECT_EQ(replace_file(folder, "x").in(Language::en), "it is not a file");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 2)
      << "nothing is left over";
  fs::remove_all(folder);
}

}  // namespace
}  // namespace gogoscope
