// Sections of other files.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "scenarios/run/grading.h"
#include "tests/scenarios/judged.h"

namespace gogoscope {
namespace {

using testing::contains;
using testing::Judged;
using testing::kSample;

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

TEST(Grading, what_an_included_file_asks_is_named_after_it) {
  const Folder folder;
  folder.write("common.yaml", "events:\n  - {status: {g: g2, to: dead}, points: 2}\n");
  const auto loaded = load_scenario(folder.write(
      "own.yaml", std::string(kSample) + "include: common.yaml\nfinally: {exit: 0, points: 1}\n"));
  ASSERT_EQ(loaded.index(), 0U) << testing::told(std::get<1>(loaded));
  const auto names = [&](Language language) {
    std::string out;
    for (const GradeResult& one : grades_of(std::get<0>(loaded).scenario, nullptr, language))
      out += one.name + "\n";
    return out;
  };
  EXPECT_EQ(names(Language::en), "events, common.yaml line 2\nfinally, line 12\n");
  EXPECT_EQ(names(Language::zh), "events，common.yaml 第 2 行\nfinally，第 12 行\n");
}

}  // namespace
}  // namespace gogoscope
