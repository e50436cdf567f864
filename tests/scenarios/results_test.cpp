// Results are written and read without loss, joined to what one run would have given, and a file that is none
// is refused with a reason.
#include <gtest/gtest.h>

#include "scenarios/results/gradescope.h"
#include "scenarios/results/json.h"
#include "scenarios/results/junit.h"
#include "scenarios/results/markdown.h"
#include "scenarios/results/merge.h"
#include "scenarios/results/tap.h"
#include "scenarios/results/text.h"
#include "scenarios/suite/cases.h"
#include "tests/scenarios/judged.h"
#include "tests/scenarios/sample.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::replaced;

CaseResult passed(const std::string& name) {
  CaseResult out;
  out.file = "folder/" + name + ".yaml";
  out.name = name;
  out.verdict = CaseVerdict::passed;
  out.steps = 1582;
  return out;
}

CaseResult failed(const std::string& name) {
  CaseResult out = passed(name);
  out.verdict = CaseVerdict::failed;
  out.points = {1, 3};
  out.seconds = 0.125;
  CaseFailure failure;
  failure.file = "folder/common.yaml";
  failure.line = 12;
  failure.column = 5;
  failure.key = "at";
  failure.place = "runtime.goexit0#1";
  failure.message = "a <b> & \"c\" | `d`\n    第二行";
  failure.expected = "g2.atomicstatus == dead (6)";
  failure.got = "running (2)";
  failure.state = 813;
  failure.open = "gogoscope folder/x.yaml --at 813";
  failure.context = {"    step 1: one", "  > step 2: two"};
  out.failures.push_back(failure);
  return out;
}

CaseResult broken(const std::string& name) {
  CaseResult out = passed(name);
  out.verdict = CaseVerdict::broken;
  out.failures.emplace_back();
  out.failures.back().file = out.file;
  out.failures.back().message = "signal 11 ended its process";
  return out;
}

CaseResult skipped(const std::string& name) {
  CaseResult out = passed(name);
  out.verdict = CaseVerdict::skipped;
  return out;
}

SuiteResult sample() { return {{passed("a"), failed("b"), broken("c"), skipped("d")}, std::nullopt}; }

std::string why(const std::variant<SuiteResult, Message>& read) {
  return read.index() == 1 ? std::get<1>(read).in(Language::en) : "";
}

TEST(Results, come_back_from_json_as_they_were) {
  SuiteResult suite = sample();
  suite.cases.front().note = "expects nothing";
  suite.shard = Shard{2, 3};
  const auto read = results_from_json(to_json(suite));
  ASSERT_EQ(read.index(), 0U) << why(read);
  EXPECT_EQ(std::get<0>(read), suite);
  EXPECT_EQ(to_json(std::get<0>(read)), to_json(suite));
  suite.cases[1].end = RunEnd{"exit", {"exits with code 0", "以代码 0 退出"}, "code 0", ~std::uint64_t{0}};
  const auto one = case_from_json(to_json_line(suite.cases[1]));
  ASSERT_EQ(one.index(), 0U);
  EXPECT_EQ(std::get<0>(one), suite.cases[1]);
}

TEST(Results, of_another_form_are_refused_with_the_place_and_what_is_right) {
  const std::string good = to_json(sample());
  const auto refused = [&](std::string_view from, std::string_view to) {
    return why(results_from_json(replaced(good, from, to)));
  };
  EXPECT_EQ(why(results_from_json("")), "it is not JSON: line 1, byte 1 is not as it must be");
  EXPECT_EQ(why(results_from_json("[]")), "the file must be an object");
  EXPECT_EQ(why(results_from_json("{}")), "version is missing");
  EXPECT_EQ(refused("\"version\": 1", "\"version\": 2"), "version must be a whole number from 1 to 1");
  EXPECT_EQ(refused("\"passed\",", "\"fine\","),
            "scenarios[0].verdict must be passed, failed, broken or skipped");
  EXPECT_EQ(refused("\"line\": 12", "\"line\": 0"),
            "scenarios[1].failures[0].line must be a whole number from 1 to 2147483647");
  EXPECT_EQ(refused("\"steps\": 1582", "\"steps\": -1"),
            "scenarios[0].steps must be a whole number from 0 to 9007199254740992");
  EXPECT_EQ(refused("\"seconds\": 0.125", "\"seconds\": \"x\""),
            "scenarios[1].seconds must be a number of seconds");
  EXPECT_EQ(refused("\"folder/a.yaml\"", "\"\""), "scenarios[0].file must be a text that is not empty");
  EXPECT_EQ(refused("\"folder/a.yaml\"", "\"\\u001b[31m\""),
            "scenarios[0].file must be a text without control characters");
  EXPECT_TRUE(contains(refused("\"passed\": 1", "\"passed\": 7"), "passed says another number"));
  EXPECT_TRUE(contains(refused("\"steps\": 1582", "\"steps\": 1e999"), "number"));
}

TEST(Results, any_bytes_are_read_or_refused) {
  const std::string good = to_json(sample());
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    if (cut + 1 == good.size()) continue;  // only the last newline is missing
    EXPECT_EQ(results_from_json(good.substr(0, cut)).index(), 1U) << cut;
  }
  for (std::size_t at = 0; at < good.size(); at += 3) {
    for (const char byte : {'\0', '"', '{', '9', '\xff'}) {
      std::string spoiled = good;
      spoiled[at] = byte;
      const auto read = results_from_json(spoiled);
      if (read.index() == 1) {
        EXPECT_FALSE(why(read).empty());
      }
    }
  }
  EXPECT_EQ(why(results_from_json(std::string(1'000'000, '['))),
            "it is nested too deeply for a file of results");
  EXPECT_EQ(results_from_json("{\"version\":" + std::string(1'000'000, '1') + "}").index(), 1U);
}

TEST(Results, of_shards_joined_in_any_order_are_those_of_one_run) {
  const SuiteResult all = sample();
  std::vector<NamedResults> parts;
  for (int i = 1; i <= 3; ++i) {
    SuiteResult part;
    part.shard = Shard{i, 3};
    for (std::size_t k = static_cast<std::size_t>(i - 1); k < all.cases.size(); k += 3)
      part.cases.push_back(all.cases[k]);
    parts.push_back({"s" + std::to_string(i), std::get<0>(results_from_json(to_json(part)))});
  }
  std::swap(parts[0], parts[2]);
  auto joined = merged(parts);
  ASSERT_EQ(joined.index(), 0U) << std::get<1>(joined).in(Language::en);
  EXPECT_EQ(to_json(std::get<0>(joined)), to_json(all));
  EXPECT_EQ(to_junit(std::get<0>(joined), Language::en), to_junit(all, Language::en));

  const NamedResults lost = parts.back();
  parts.pop_back();
  EXPECT_EQ(std::get<1>(merged(parts)).in(Language::en), "shard 1 of 3 is missing");
  parts.push_back(parts.front());
  EXPECT_EQ(std::get<1>(merged(parts)).in(Language::en), "s3 and s3 are both shard 3 of 3");
  parts.back() = lost;
  parts.back().results.shard->of = 4;
  EXPECT_EQ(std::get<1>(merged(parts)).in(Language::en), "s3 is one of 3 shards, but s1 one of 4");
  const std::vector<NamedResults> twice = {{"x", all}, {"y", all}};
  EXPECT_EQ(std::get<1>(merged(twice)).in(Language::en), "folder/a.yaml is in x and in y");
}

TEST(Results, are_in_the_order_of_files_then_of_names_in_which_numbers_count) {
  EXPECT_TRUE(comes_before({"a.yaml", "a [seed=7]"}, {"a.yaml", "a [seed=10]"}));
  EXPECT_FALSE(comes_before({"a.yaml", "a [seed=10]"}, {"a.yaml", "a [seed=7]"}));
  EXPECT_TRUE(comes_before({"a.yaml", "a [procs=1, seed=10]"}, {"a.yaml", "a [procs=2, seed=7]"}));
  EXPECT_TRUE(comes_before({"a.yaml", "a"}, {"a.yaml", "a [seed=7]"}));
  EXPECT_TRUE(comes_before({"a.yaml", "7"}, {"a.yaml", "07"}) !=
              comes_before({"a.yaml", "07"}, {"a.yaml", "7"}));
  EXPECT_FALSE(comes_before({"a.yaml", "7"}, {"a.yaml", "7"}));
  EXPECT_TRUE(comes_before({"10.yaml", "x"}, {"9.yaml", "a"}))
      << "files are in the order that a shell gives them";
  EXPECT_TRUE(comes_before({"z.yaml", "z", "anna"}, {"a.yaml", "a", "bob"}));
  EXPECT_TRUE(comes_before({"z.yaml", "z"}, {"-", "-"}));
}

TEST(Results, as_xml_escape_what_xml_would_read) {
  const std::string xml = to_junit(sample(), Language::en);
  EXPECT_TRUE(contains(xml, "message=\"a &lt;b> &amp; &quot;c&quot;")) << xml;
  EXPECT_TRUE(
      contains(xml, "<testsuite name=\"folder\" tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""))
      << xml;
  EXPECT_TRUE(contains(xml, "<testcase classname=\"folder/a.yaml\" name=\"a\" />")) << xml;
  EXPECT_TRUE(contains(xml, "<testcase classname=\"folder/b.yaml\" name=\"b\" time=\"0.125\">")) << xml;
  EXPECT_TRUE(contains(xml, "<failure type=\"at\" message=\"a ")) << xml;
  EXPECT_TRUE(contains(xml, "<error type=\"broken\" message=\"signal 11 ended its process\">")) << xml;
  EXPECT_TRUE(contains(xml, "<skipped message=\"not run\" />")) << xml;
  SuiteResult odd = sample();
  odd.cases[1].failures[0].message = "\xef\xbf\xbf";
  EXPECT_FALSE(contains(to_junit(odd, Language::en), "\xef\xbf\xbf"));
}

TEST(Results, as_tap_have_a_plan_and_a_line_each) {
  SuiteResult suite = sample();
  suite.cases[0].name = "a#1";
  const std::string tap = to_tap(suite);
  EXPECT_TRUE(tap.starts_with(
      "TAP version 14\n1..4\nok 1 - folder/a.yaml: a\\#1\nnot ok 2 - folder/b.yaml: b\n  ---\n"))
      << tap;
  EXPECT_TRUE(contains(tap, "\nok 4 - folder/d.yaml: d # SKIP not run\n")) << tap;
}

TEST(Results, as_markdown_show_texts_as_they_are_and_fit_on_a_page) {
  const std::string page = to_markdown(sample(), Language::en);
  EXPECT_TRUE(contains(page, "| a &lt;b\\> &amp; \"c\" \\| \\`d\\` /     第二行 |")) << page;
  SuiteResult many = sample();
  many.cases.resize(2);
  many.cases[1].failures[0].context.assign(1000, std::string(100, 'x'));
  for (int i = 0; i < 30; ++i) many.cases.push_back(many.cases[1]);
  const std::string cut = to_markdown(many, Language::en);
  EXPECT_LE(cut.size(), 1'010'000U);
  EXPECT_TRUE(contains(cut, "more do not fit in here"));
}

/// Two students and one scenario: anna has all, bob lacks a point that he knows of and one that is hidden.
SuiteResult graded() {
  CaseResult anna;
  anna.student = "anna";
  anna.file = "f/task.yaml";
  anna.name = "task";
  anna.verdict = CaseVerdict::passed;
  anna.grades = {{"events, line 3", {2, 2}, false}, {"finally, line 9", {3, 3}, true}};
  anna.points = {5, 5};
  CaseResult bob = anna;
  bob.student = "bob";
  bob.verdict = CaseVerdict::failed;
  bob.grades[0].points.got = bob.grades[1].points.got = bob.points.got = 0;
  CaseFailure known = failed("b").failures[0], secret = known;
  known.message = "no such event";
  known.grade = 0;
  secret.message = "the secret is 55";
  secret.grade = 1;
  secret.hidden = true;
  bob.failures = {known, secret};
  return {{anna, bob}, {}};
}

TEST(Results, of_students_come_back_from_json_and_add_up) {
  const SuiteResult suite = graded();
  const auto read = results_from_json(to_json(suite));
  ASSERT_EQ(read.index(), 0U) << std::get<Message>(read).in(Language::en);
  EXPECT_EQ(std::get<0>(read), suite);
  const std::vector<StudentResult> all = students(suite);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].name, "anna");
  EXPECT_EQ(all[0].counts.points, (Points{5, 5}));
  EXPECT_EQ(all[1].counts.points, (Points{0, 5}));
  EXPECT_TRUE(students(sample()).empty());
}

TEST(Results, of_students_are_refused_where_a_name_could_be_a_path) {
  for (const char* name : {"../anna", "a/b", ".anna"}) {
    SuiteResult suite = graded();
    suite.cases[0].student = name;
    EXPECT_EQ(results_from_json(to_json(suite)).index(), 1U) << name;
  }
  SuiteResult suite = graded();
  suite.cases[1].failures[0].grade = 2;
  EXPECT_EQ(results_from_json(to_json(suite)).index(), 1U) << "there is no third grade";
}

TEST(Results, keep_what_is_hidden_from_students_but_for_its_points) {
  CaseResult bob = graded().cases[1];
  hide(bob);
  ASSERT_EQ(bob.failures.size(), 1U);
  EXPECT_EQ(bob.failures[0].message, "no such event");
  EXPECT_EQ(bob.failures[0].open, "") << "it would open another run";
  EXPECT_EQ(bob.grades[1].name, "hidden 1");
  EXPECT_EQ(bob.grades[1].points, (Points{0, 3}));
}

TEST(Results, for_gradescope_are_a_file_a_student_without_what_is_hidden) {
  const auto made = to_gradescope(graded(), Language::en);
  ASSERT_EQ(made.index(), 0U);
  const std::vector<GradescopeFile>& files = std::get<0>(made);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[1].student, "bob");
  EXPECT_TRUE(contains(files[1].text, "no such event"));
  EXPECT_FALSE(contains(files[1].text, "55"));
  EXPECT_TRUE(contains(files[1].text, "\"max_score\": 3"));
  SuiteResult ungraded = graded();
  ungraded.cases[1].failures[1].grade.reset();
  EXPECT_FALSE(contains(std::get<0>(to_gradescope(ungraded, Language::en))[1].text, "55"))
      << "what is hidden is, whatever it costs";
  SuiteResult missing = graded();
  missing.cases[1].verdict = CaseVerdict::skipped;
  EXPECT_EQ(to_gradescope(missing, Language::en).index(), 1U) << "what was not run is nobody's zero";
  EXPECT_EQ(to_gradescope(sample(), Language::en).index(), 1U) << "nothing was handed in";
  SuiteResult whole = graded();
  whole.cases.resize(1);
  whole.cases[0].grades.clear();
  whole.cases[0].points = {};
  const auto one = to_gradescope(whole, Language::en);
  EXPECT_TRUE(contains(std::get<0>(one)[0].text, "\"max_score\": 1")) << "a scenario without points is one";
}

TEST(Results, text_repeats_no_lines_that_two_failures_share) {
  std::vector<CaseFailure> two = {failed("b").failures[0], failed("b").failures[0]};
  two[1].message = "another";
  const std::string text = failures_text(two, Language::en);
  EXPECT_EQ(text.find("step 1: one"), text.rfind("step 1: one")) << text;
  EXPECT_EQ(text.find("--at 813"), text.rfind("--at 813")) << text;
}

TEST(Cases, match_by_file_or_name_and_fall_into_shards) {
  std::vector<Case> cases;
  for (const char* name : {"a", "b", "c", "d", "e"})
    cases.push_back({std::string("f/") + name + ".yaml", name});
  std::vector<Case> some = cases;
  keep_matching(some, "[bd]");
  EXPECT_EQ(some.size(), 2U);
  some = cases;
  keep_matching(some, "f/*");
  EXPECT_EQ(some.size(), 5U);
  std::size_t together = 0;
  for (int i = 1; i <= 7; ++i) {
    some = cases;
    keep_shard(some, {i, 7});
    together += some.size();
  }
  EXPECT_EQ(together, 5U);
}

}  // namespace
}  // namespace gogoscope
