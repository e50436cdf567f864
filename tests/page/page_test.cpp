// The writer of pages: the same bytes for the same run, a size within bounds, and nothing in a scenario that
// could run in a page.
#include "scenarios/page/page.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "scenarios/lesson/answer.h"
#include "scenarios/page/base64.h"
#include "scenarios/page/cells.h"
#include "scenarios/page/html.h"
#include "scenarios/page/site.h"
#include "scenarios/page/values.h"
#include "scenarios/run/opening.h"

namespace gogoscope {
namespace {

using Json = nlohmann::json;

OpenedRun opened(const std::string& name) {
  return std::get<0>(open_run(GOGOSCOPE_SOURCE "/scenarios/" + name + ".yaml"));
}

PageOptions whole(const OpenedRun& run) {
  PageOptions options;
  options.name = run.name;
  options.title = run.title;
  options.about = run.about;
  options.to = run.session->trace().steps();
  return options;
}

std::string page_of(OpenedRun& run, const PageOptions& options) {
  return page_of(run.session->trace(), run.session->events(), options);
}

Json data_of(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"run\">";
  const auto from = page.find(open) + open.size();
  return Json::parse(page.substr(from, page.find("</script>", from) - from));
}

TEST(Page, of_two_exits_is_at_most_400_kilobytes) {
  OpenedRun run = opened("02-two-exits");
  EXPECT_LE(page_of(run, whole(run)).size(), 400'000U);
}

// A page takes five seconds with sanitizers. What these would show them, the others and the command line do.
#if !defined(__SANITIZE_ADDRESS__)
TEST(Page, of_the_same_run_has_the_same_bytes) {
  OpenedRun one = opened("02-two-exits"), other = opened("02-two-exits");
  EXPECT_EQ(page_of(one, whole(one)), page_of(other, whole(other)));
}
#endif

TEST(Page, holds_the_part_that_is_asked_for) {
  OpenedRun run = opened("02-two-exits");
  PageOptions part = whole(run);
  part.from = 1000;
  part.to = 1100;
  const Json data = data_of(page_of(run, part));
  EXPECT_EQ(data["from"], 1000);
  EXPECT_EQ(data["to"], 1100);
  EXPECT_EQ(data["total"], run.session->trace().steps());
  EXPECT_TRUE(data["end"].is_null()) << "the run goes on after the part";
  for (const Json& event : data["events"]) {
    EXPECT_GE(event[0], 1000);
    EXPECT_LT(event[0], 1100);
  }
  EXPECT_LT(page_of(run, part).size(), page_of(run, whole(run)).size());
}

TEST(Page, of_too_many_steps_or_of_a_part_that_ends_before_it_begins_is_refused_in_both_languages) {
  OpenedRun run = opened("02-two-exits");
  PageOptions wrong = whole(run);
  wrong.from = 5;
  wrong.to = 4;
  EXPECT_EQ(page_problem(run.session->trace(), wrong).in(Language::en), "--to is before --from");
  PageOptions many;
  many.to = kMostPageSteps + 1;
  const Message told = page_problem(run.session->trace(), many);
  EXPECT_NE(told.in(Language::en).find("choose a part with --from and --to"), std::string::npos);
  EXPECT_NE(told.in(Language::zh).find("--from"), std::string::npos);
  many.to = kMostPageSteps;
  EXPECT_TRUE(page_problem(run.session->trace(), many).empty());
}

// What would run, if it came into the page as it is.
const std::string kHostile =
    "</script><script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;\" "
    "onload=\"alert(3)\u202Egnp\u2066";

TEST(Page, cannot_be_made_to_run_what_a_scenario_says) {
  OpenedRun run = opened("01-one-exit");
  PageOptions options = whole(run);
  options.name = kHostile;
  options.title = {kHostile, kHostile};
  options.about = {kHostile, "\u2067" + kHostile};
  const std::string page = page_of(run, options);
  // Its own two scripts and no other, and no attribute that is not ours.
  const auto count = [&](std::string_view part) {
    std::size_t n = 0;
    for (auto at = page.find(part); at != std::string::npos; at = page.find(part, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("<script"), 2U);
  EXPECT_EQ(count("</script"), 2U);
  EXPECT_EQ(count("<img"), 0U);
  EXPECT_EQ(page.find("\u202E"), std::string::npos);
  EXPECT_EQ(page.find("\u2066"), std::string::npos);
  EXPECT_EQ(page.find("\u2067"), std::string::npos);
  EXPECT_NE(page.find("&lt;/script&gt;&lt;script&gt;alert(1)"), std::string::npos) << "as a text it is shown";
  // And the data say what the scenario says.
  const std::string title = data_of(page)["title"][0];
  EXPECT_EQ(title.substr(0, 34), kHostile.substr(0, 34));
}

TEST(Page, of_a_site_lists_lessons_before_scenarios_by_folder_without_a_script) {
  const std::vector<SiteEntry> entries = {
      {"", "a.html", "a", {kHostile, kHostile}, {kHostile, ""}, {}, 12},
      {"lessons/", "lessons/01-x.html", "01-x", {"One", "一"}, {"about", "关于"}, {"To see", "看"}, 0},
      {"mutants/", "mutants/m.html", "m", {"M", "M"}, {}, {}, 0}};
  const std::string index = site_index(entries, Language::en, "index.zh.html");
  EXPECT_EQ(index.find("<script"), std::string::npos);
  EXPECT_NE(index.find("script-src 'none'"), std::string::npos);
  EXPECT_NE(index.find("<a href=\"index.zh.html\" lang=\"zh-CN\">中文</a>"), std::string::npos);
  const auto lesson = index.find("<a href=\"lessons/01-x.html?lang=en\">One</a>");
  const auto scenario = index.find("<a href=\"a.html?lang=en\">");
  const auto mutant = index.find("mutants/</code></h2>");
  ASSERT_NE(lesson, std::string::npos);
  EXPECT_LT(lesson, scenario);
  EXPECT_LT(scenario, mutant);
  EXPECT_LT(mutant, index.find("mutants/m.html"));
  EXPECT_NE(index.find("<p>To see</p>"), std::string::npos) << "a lesson says its goal";
  EXPECT_NE(index.find("the last 12 steps are left out"), std::string::npos);
  EXPECT_NE(site_index(entries, Language::zh, "index.html").find("略去了最后 12 步"), std::string::npos);
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(Page, of_a_lesson_holds_its_stops_filled_in_and_what_is_right) {
  OpenedRun run = opened("lessons/03-gogo");
  PageOptions options = whole(run);
  ASSERT_TRUE(run.lesson);
  options.lesson = &*run.lesson;
  const Json lesson = data_of(page_of(run, options))["lesson"];
  ASSERT_EQ(lesson["stops"].size(), run.lesson->stops.size());
  const Json& stop = lesson["stops"][2];
  EXPECT_EQ(stop["state"], run.lesson->stops[2].state);
  EXPECT_EQ(stop["say"].dump().find("{stack}"), std::string::npos) << "texts are filled in";
  const Json& question = stop["ask"][0];
  EXPECT_EQ(question["kind"], "value");
  EXPECT_EQ(question["value"], fmt::format("{:#x}", run.lesson->stops[2].ask[0].value));
  // What a word comes to is what the terminal would take it for.
  Cursor at(run.session->trace());
  at.seek(stop["state"]);
  EXPECT_FALSE(question["words"].empty());
  for (const auto& [word, value] : question["words"].items()) {
    const auto typed = typed_value(run.lesson->stops[2].ask[0], word, at);
    ASSERT_EQ(typed.index(), 0U) << word;
    EXPECT_EQ(value, fmt::format("{:#x}", std::get<0>(typed))) << word;
  }
  EXPECT_EQ(question["alone"][run.lesson->stops[2].ask[0].value_text], question["value"]);
  EXPECT_TRUE(lesson["symbols"].contains("runtime.gogo"));
  options.to = run.lesson->stops[1].state;
  EXPECT_EQ(data_of(page_of(run, options))["lesson"]["stops"].size(), 2U)
      << "stops after the part are left out";
}

TEST(Page, of_a_lesson_has_the_titles_of_its_stops) {
  OpenedRun run = opened("tour");
  PageOptions options = whole(run);
  ASSERT_TRUE(run.lesson);
  options.lesson = &*run.lesson;
  const Json lesson = data_of(page_of(run, options))["lesson"];
  EXPECT_EQ(lesson["stops"][0].value("title", Json()), Json::array({"The window", "窗口"}));
  OpenedRun untitled = opened("lessons/03-gogo");
  options = whole(untitled);
  options.lesson = &*untitled.lesson;
  EXPECT_FALSE(data_of(page_of(untitled, options))["lesson"]["stops"][0].contains("title"));
}
#endif

TEST(Page, has_what_the_run_wrote_and_the_calls) {
  OpenedRun run = opened("92-println");
  const Json data = data_of(page_of(run, whole(run)));
  ASSERT_FALSE(data["output"].empty());
  EXPECT_FALSE(data["output"][0]["pieces"][0][1].get<std::string>().empty());
  ASSERT_FALSE(data["traceback"]["all"].empty());
  EXPECT_EQ(data["traceback"]["all"][0]["calls"].size() % 2, 0U) << "a function and its line";
}

TEST(Page, says_that_before_any_g_no_g_is_idle) {
  OpenedRun run = opened("01-one-exit");
  const std::string values = data_of(page_of(run, whole(run)))["values"].dump();
  EXPECT_NE(values.find("goroutine 0 [before any g]:"), std::string::npos);
}

TEST(Page, allows_no_request_and_no_script_but_its_own) {
  OpenedRun run = opened("01-one-exit");
  const std::string page = page_of(run, whole(run));
  std::smatch policy;
  ASSERT_TRUE(std::regex_search(page, policy, std::regex("Content-Security-Policy\" content=\"([^\"]*)\"")));
  EXPECT_EQ(policy[1].str().rfind("default-src 'none'; script-src 'sha256-", 0), 0U);
  EXPECT_EQ(policy[1].str().find("unsafe"), std::string::npos);
  EXPECT_EQ(policy[1].str().find("http"), std::string::npos);
}

TEST(PageCells, keep_what_came_last_in_a_step_and_that_it_was_stored) {
  CellTable cells;
  const int a = cells.add(), b = cells.add();
  cells.set(a, 3);
  cells.end_moment();
  cells.write(b, 1);
  cells.set(b, 2);
  cells.write(a, 3);
  cells.end_moment();
  ASSERT_EQ(cells.steps().size(), 1U);
  const std::vector<CellChange>& step = cells.steps()[0];
  ASSERT_EQ(step.size(), 2U);
  EXPECT_EQ(step[0].value, 3);
  EXPECT_TRUE(step[0].written) << "a store of an equal value counts";
  EXPECT_EQ(step[1].value, 2);
  EXPECT_TRUE(step[1].written);
  EXPECT_EQ(cells.start(a), 3);
  EXPECT_EQ(cells.start(b), 0);
}

TEST(PageValues, are_kept_once_and_without_controls) {
  ValueTable values;
  EXPECT_EQ(values.of(""), 0);
  const int one = values.of(Shown{"0x1", {"g2", "g2"}});
  EXPECT_EQ(values.of(Shown{"0x1", {"g2", "g2"}}), one);
  EXPECT_NE(values.of(Shown{"0x1", {"g2", "第二个 g"}}), one);
  values.of("a\u202Eb\x1b[1m");
  const std::string json = values.json([](const Shown&) { return -1; }).dump();
  EXPECT_EQ(json.find("\u202E"), std::string::npos);
  EXPECT_EQ(json.find("\x1b"), std::string::npos);
}

TEST(PageValues, that_are_addresses_of_instructions_are_numbers_of_those) {
  ValueTable values;
  values.of(Shown{"0x10", {"f+0x1", "f+0x1"}});
  values.of(Shown{"0x11", {"g2", "g2"}});
  const auto json = values.json([](const Shown& shown) { return shown.text == "0x10" ? 7 : -1; });
  EXPECT_EQ(json[1], 7);
  EXPECT_EQ(json[2][1], "g2");
}

TEST(PageBase64, is_that_of_everyone_else) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  std::string bytes;
  put_number(bytes, 300);
  put_signed(bytes, -1);
  EXPECT_EQ(bytes, std::string("\xAC\x02\x01"));
}

TEST(PageHtml, takes_the_meaning_from_what_has_one) {
  EXPECT_EQ(escaped_html("<a href=\"x\">&</a>"), "&lt;a href=&quot;x&quot;&gt;&amp;&lt;/a&gt;");
  EXPECT_EQ(json_in_html("\"</script>&\""), "\"\\u003c/script\\u003e\\u0026\"");
}

}  // namespace
}  // namespace gogoscope
