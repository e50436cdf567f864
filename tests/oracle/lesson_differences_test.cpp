// The lesson against the truth: shipped scenarios, run by the modelled runtime of 1.16, and Go programs with
// the same task, run as go 1.19 has built them. Both records are read by the same code.
#include "tests/oracle/lesson_differences.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "emu/live/live.h"
#include "scenarios/format/loader.h"
#include "tests/oracle/real_go_events.h"
#include "tests/oracle/real_go_machine.h"

namespace gogoscope::oracle {
namespace {

Moments events_of_lesson(std::string_view lesson) {
  const auto loaded =
      load_scenario(std::string(GOGOSCOPE_SOURCE) + "/scenarios/" + std::string(lesson) + ".yaml");
  if (const auto* const problems = std::get_if<Diagnostics>(&loaded))
    throw std::runtime_error(format(problems->front()));
  const auto session = live_session(std::get<LoadedScenario>(loaded).program);
  session->execute({CommandId::run});
  return scheduler_events(session->trace());
}

class LessonAndProgram : public testing::TestWithParam<LessonTwin> {};

TEST_P(LessonAndProgram, have_the_same_events_but_for_the_table) {
  const std::string program(GetParam().program);
  const auto binary = real_go_binary_of_tables(program);
  if (binary == nullptr) GTEST_SKIP() << "no go " << kRealGoRelease << " is installed";
  const Moments lesson = events_of_lesson(GetParam().lesson);
  const Moments real = scheduler_events(run_in_the_machine(program, *binary)->trace());
  EXPECT_GT(lesson.size(), 40U);
  EXPECT_EQ(lesson.back().what, "exit 0");
  std::vector<RunDifference> differences = compare_runs(std::string(GetParam().lesson), lesson, real);
  for (const LessonDifference& row : lesson_differences()) {
    if (row.lesson != GetParam().lesson) continue;
    int in_lesson = 0, in_program = 0;
    std::erase_if(differences, [&](const RunDifference& d) {
      if (!is_about(row, d)) return false;
      ++(d.ours == "happens" ? in_lesson : in_program);
      return true;
    });
    EXPECT_EQ(in_lesson, row.in_lesson) << row.events;
    EXPECT_EQ(in_program, row.in_program) << row.events;
  }
  EXPECT_EQ(listed(differences), "");
}

INSTANTIATE_TEST_SUITE_P(Twins, LessonAndProgram, testing::ValuesIn(lesson_twins()),
                         [](const auto& twin) { return std::string(twin.param.program); });

TEST(LessonDifferences, are_each_of_a_lesson_that_is_compared) {
  for (const LessonDifference& row : lesson_differences()) {
    EXPECT_TRUE(std::ranges::any_of(lesson_twins(), [&](const LessonTwin& twin) {
      return twin.lesson == row.lesson;
    })) << row.lesson;
    EXPECT_GT(row.in_lesson + row.in_program, 0) << row.events;
    EXPECT_NE(row.reason, "");
  }
}

TEST(LessonDifferences, are_shown_in_the_document) {
  const std::vector<std::string> table = lesson_differences_as_markdown();
  EXPECT_EQ(table_in("docs/oracles.md", table.front()), table) << "docs/oracles.md should hold this table";
}

}  // namespace
}  // namespace gogoscope::oracle
