// Every mistake in a scenario file is told at its place, in these words; and the text with only that mistake
// repaired is accepted.
#include "scenarios/reader.h"

#include <gtest/gtest.h>

#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::kSample;
using testing::problems_of;
using testing::replaced;
using testing::sample_with;

struct Mistake {
  const char* claim;
  std::string broken;
  std::string expected;
  std::string repaired;
};

/// A mistake in a section put behind the sample, which has ten lines.
Mistake in_section(const char* claim, std::string broken, std::string expected, std::string repaired) {
  return {claim, sample_with(broken), std::move(expected), sample_with(repaired)};
}

/// A mistake in the sample itself.
Mistake in_sample(const char* claim, std::string_view right, std::string_view wrong, std::string expected) {
  return {claim, replaced(std::string(kSample), right, wrong), std::move(expected), std::string(kSample)};
}

std::vector<Mistake> mistakes() {
  return {
      in_sample("unknown_key_names_the_nearest", "about:", "abuot:",
                "sample.yaml:1:1: error: the key 'about' is missing\n"
                "title: {en: A sample, zh: 样例}\n^\n"
                "sample.yaml:2:1: error: unknown key 'abuot' in a scenario; did you mean about?\n"
                "abuot: {en: About it, zh: 关于它}\n^~~~~\n"),
      in_section("duplicate_key_is_an_error", "go: \"1.16\"\n",
                 "sample.yaml:11:1: error: the key 'go' stands here twice\ngo: \"1.16\"\n^~\n", ""),
      in_sample("both_languages_are_needed", ", zh: 关于它", "",
                "sample.yaml:2:8: error: about has no 'zh': texts come in both languages\n"
                "about: {en: About it}\n       ^\n"),
      in_sample("empty_text_is_an_error", "en: A sample", "en: ''",
                "sample.yaml:1:13: error: title.en is empty\ntitle: {en: '', zh: 样例}\n            ^~\n"),
      in_sample("other_releases_are_not_supported", "1.16", "1.17",
                "sample.yaml:3:5: error: go is '1.17', but this release supports the layout of Go 1.16 only\n"
                "go: \"1.17\"\n    ^~~~~~\n"),
      in_section(
          "several_ps_are_not_supported", "procs: 2\n",
          "sample.yaml:11:8: error: procs is '2', but this release supports one P only: several Ps are not "
          "supported yet\nprocs: 2\n       ^\n",
          "procs: 1\n"),
      in_section("other_schedules_are_not_supported", "schedule: [m0*5]\n",
                 "sample.yaml:11:11: error: schedule is a list, but this release supports round-robin only, "
                 "which one "
                 "M does not notice\nschedule: [m0*5]\n          ^\n",
                 "schedule: round-robin\n"),
      in_section("race_builds_are_not_supported", "build: {race: true}\n",
                 "sample.yaml:11:15: error: race is 'true', but this release supports builds without the "
                 "race detector "
                 "only\nbuild: {race: true}\n              ^~~~\n",
                 "build: {race: false}\n"),
      in_section(
          "listings_are_not_supported", "listings: {}\n",
          "sample.yaml:11:1: error: 'listings' is not supported by this release: the shipped listings run as "
          "they are\nlistings: {}\n^~~~~~~~\n",
          ""),
      in_section(
          "budget_is_bounded", "budget: 0\n",
          "sample.yaml:11:9: error: budget must be a whole number from 1 to 10000000\nbudget: 0\n        ^\n",
          "budget: 100000\n"),
      in_section("unknown_event_names_the_nearest", "events:\n  - statsu: {g: g2}\n",
                 "sample.yaml:12:5: error: unknown event 'statsu'; did you mean status?\n"
                 "  - statsu: {g: g2}\n    ^~~~~~\n",
                 "events:\n  - status: {g: g2}\n"),
      in_section("unknown_status_is_an_error", "events:\n  - status: {g: g2, to: deadd}\n",
                 "sample.yaml:12:25: error: to must be a status of a g, such as running or dead\n"
                 "  - status: {g: g2, to: deadd}\n                        ^~~~~\n",
                 "events:\n  - status: {g: g2, to: _Gdead}\n"),
      in_section("place_of_an_unknown_function", "at:\n  - place: runtime.gogoo\n    expect: [rsp > 0]\n", "",
                 "at:\n  - place: runtime.gogo\n    expect: [rsp > 0]\n"),
      in_section(
          "assignment_is_no_comparison",
          "finally: {exit: 0}\nat:\n  - place: runtime.gogo\n    expect: [rsp = 4]\n",
          "sample.yaml:14:18: error: a comparison is written ==\n    expect: [rsp = 4]\n                 ^\n",
          "finally: {exit: 0}\nat:\n  - place: runtime.gogo\n    expect: [rsp == 4]\n"),
      in_section("unknown_register_names_the_nearest",
                 "at:\n  - place: runtime.gogo\n    expect: [raxx == 4]\n",
                 "sample.yaml:13:14: error: unknown name 'raxx'; did you mean rax?\n"
                 "    expect: [raxx == 4]\n             ^~~~\n",
                 "at:\n  - place: runtime.gogo\n    expect: [rax == 4]\n"),
      in_section("unknown_field_names_the_nearest", "finally:\n  g2.atomicstats: dead\n",
                 "sample.yaml:12:3: error: g2 has no field 'atomicstats'; did you mean atomicstatus?\n"
                 "  g2.atomicstats: dead\n  ^~~~~~~~~~~~~~\n",
                 "finally:\n  g2.atomicstatus: dead\n"),
      in_section("unknown_status_word_names_the_nearest", "finally:\n  g2.atomicstatus: ded\n",
                 "sample.yaml:12:20: error: no g has the status 'ded'; did you mean dead?\n"
                 "  g2.atomicstatus: ded\n                   ^~~\n",
                 "finally:\n  g2.atomicstatus: dead\n"),
      in_section("a_struct_is_no_word", "finally:\n  g2.stack: 0\n",
                 "sample.yaml:12:3: error: g2.stack is a struct: name one of its fields: stack.lo, stack.hi\n"
                 "  g2.stack: 0\n  ^~~~~~~~\n",
                 "finally:\n  g2.stack.lo: 0\n"),
      in_section("exit_and_stop_exclude_each_other", "finally:\n  exit: 0\n  stop: {reason: fault}\n",
                 "sample.yaml:13:9: error: a run ends by 'exit' or by 'stop', not by both\n"
                 "  stop: {reason: fault}\n        ^\n",
                 "finally:\n  stop: {reason: fault}\n"),
      in_section("poke_of_a_sum_is_refused",
                 "set:\n  - {at: runtime.goexit0, field: g2.param + 1, value: 5}\n",
                 "sample.yaml:12:34: error: field must be one field or one register\n"
                 "  - {at: runtime.goexit0, field: g2.param + 1, value: 5}\n"
                 "                                 ^~~~~~~~~~~~\n",
                 "set:\n  - {at: runtime.goexit0, field: g2.param, value: 5}\n"),
      in_section("unknown_symbol_is_told", "finally:\n  g2.sched.pc: runtime.goexitt\n", "",
                 "finally:\n  g2.sched.pc: runtime.goexit\n"),
      in_sample(
          "bodies_must_be_a_literal_block", "bodies: |", "bodies: >",
          "sample.yaml:4:9: error: write the bodies as a literal block: bodies: |\nbodies: >\n        ^\n"),
      in_sample("assembler_errors_stand_at_their_place_in_the_file", "NOSPLIT, $0-0\n      RET",
                "NOSPLIT, $0-0\n      RETT", ""),
      in_section("aliases_are_refused", "finally: &x {exit: 0}\n",
                 "sample.yaml:11:10: error: anchors (&name) are not supported in a scenario\n"
                 "finally: &x {exit: 0}\n         ^\n",
                 "finally: {exit: 0}\n"),
      in_section(
          "a_second_document_is_refused", "---\na: 1\n",
          "sample.yaml:12:1: error: a second document starts here; one file is one scenario\na: 1\n^\n", ""),
      in_section(
          "control_characters_do_not_reach_the_terminal", "budget: 5\x1b[31m\n",
          "sample.yaml:11:10: error: a control character stands in the file\nbudget: 5?[31m\n         ^\n",
          "budget: 500000\n"),
      in_section("escaped_control_characters_are_refused", "finally: {\"\\e[31m\": 0}\n", "",
                 "finally: {exit: 0}\n"),
      in_section("text_that_is_not_utf8_is_refused", "budget: \xff\n",
                 "sample.yaml:11:9: error: the file is not UTF-8 text\nbudget: ?\n        ^\n",
                 "budget: 500000\n"),
      in_section("a_section_of_the_wrong_kind_is_told", "events: {}\n",
                 "sample.yaml:11:9: error: events must be a list, not a mapping\nevents: {}\n        ^\n",
                 "events: []\n"),
  };
}

TEST(Reader, each_mistake_is_told_and_its_repaired_twin_passes) {
  for (const Mistake& m : mistakes()) {
    SCOPED_TRACE(m.claim);
    const std::string told = problems_of(m.broken);
    EXPECT_FALSE(told.empty());
    if (!m.expected.empty()) {
      EXPECT_EQ(told, m.expected);
    }
    EXPECT_EQ(problems_of(m.repaired), "");
  }
}

TEST(Reader, several_mistakes_are_told_in_one_go) {
  const std::string told = problems_of(sample_with("procs: 2\nbudget: 0\nexact: maybe\n"));
  EXPECT_NE(told.find("sample.yaml:11:8"), std::string::npos);
  EXPECT_NE(told.find("sample.yaml:12:9"), std::string::npos);
  EXPECT_NE(told.find("sample.yaml:13:8"), std::string::npos);
}

TEST(Reader, column_counts_characters_behind_chinese) {
  const std::string told = problems_of(replaced(std::string(kSample), "zh: 样例}", "zh: 样例, xx: 1}"));
  EXPECT_EQ(told,
            "sample.yaml:1:31: error: unknown key 'xx' in title; known: en, zh\n"
            "title: {en: A sample, zh: 样例, xx: 1}\n"
            "                                ^~\n");
}

TEST(Reader, file_that_is_too_long_is_refused) {
  const std::string text(kMaxScenarioBytes + 1, '#');
  EXPECT_EQ(problems_of(text),
            "sample.yaml:1:1: error: the file has 1048577 bytes; a scenario has at most 1048576\n");
}

TEST(Reader, empty_file_is_refused) {
  EXPECT_EQ(problems_of(""), "sample.yaml:1:1: error: the file is empty\n");
}

TEST(Reader, deep_nesting_is_refused_quickly) {
  const std::string told = problems_of("a: " + std::string(100'000, '[') + "\n");
  EXPECT_NE(told.find("nested too deep"), std::string::npos) << told;
}

TEST(Reader, wide_files_are_refused_quickly) {
  std::string text = "a: [";
  for (int i = 0; i < 50'000; ++i) text += "1,";
  EXPECT_NE(problems_of(text + "]\n").find("too many parts"), std::string::npos);
}

TEST(Reader, missing_file_is_told) {
  const auto loaded = load_scenario("/nonexistent/x.yaml");
  ASSERT_EQ(loaded.index(), 1U);
  EXPECT_EQ(testing::told(std::get<1>(loaded)), "/nonexistent/x.yaml:1:1: error: this file cannot be read\n");
}

}  // namespace
}  // namespace gogoscope
