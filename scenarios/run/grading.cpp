#include "scenarios/run/grading.h"

#include <algorithm>
#include <tuple>

#include "asm/text/printable.h"

namespace gogoscope {
namespace {

bool is_about_places(std::string_view section) {
  return section == "events" || section == "at" || section == "breaks";
}

bool same_place(const FileMark& a, const FileMark& b) {
  return std::tie(a.file, a.line, a.column) == std::tie(b.file, b.line, b.column);
}

/// "events, line 12"; of another file, "events, common.yaml line 12".
Message name_of(const Scenario& scenario, const Grade& grade) {
  if (grade.mark.file == 0)
    return {{"{section}, line {line}", "{section}，第 {line} 行"},
            {{"section", grade.section}, {"line", grade.mark.line}}};
  const std::string& file = scenario.includes[static_cast<std::size_t>(grade.mark.file - 1)].name;
  return {{"{section}, {file} line {line}", "{section}，{file} 第 {line} 行"},
          {{"section", grade.section}, {"file", printable(file)}, {"line", grade.mark.line}}};
}

/// The grades of what would have been asked in an entry that never matches.
template <class Entry>
void add_unasked(const std::vector<Entry>& entries, const FileMark& failed, const Grades& grades,
                 std::vector<int>& out) {
  for (const Entry& entry : entries) {
    if (!same_place(entry.mark, failed)) continue;
    for (const Expectation& one : entry.expect) out.push_back(grades.at(one.mark));
  }
}

}  // namespace

void grade(const Scenario& scenario, bool ended, Verdict& verdict) {
  const std::vector<Grade>& grades = scenario.grades.all();
  verdict.earned.assign(grades.size(), true);
  const auto lose = [&](int grade) {
    for (; grade >= 0; grade = grades[static_cast<std::size_t>(grade)].part_of)
      verdict.earned[static_cast<std::size_t>(grade)] = false;
  };
  for (Failure& failure : verdict.failures) {
    failure.grade = scenario.grades.at(failure.mark);
    failure.hidden = failure.grade >= 0 && grades[static_cast<std::size_t>(failure.grade)].hidden;
    lose(failure.grade);
    std::vector<int> unasked;
    add_unasked(scenario.at, failure.mark, scenario.grades, unasked);
    add_unasked(scenario.whenever, failure.mark, scenario.grades, unasked);
    for (const int one : unasked) lose(one);
  }
  verdict.points = {};
  for (std::size_t i = 0; i < grades.size(); ++i) {
    if (!ended && !is_about_places(grades[i].section)) lose(static_cast<int>(i));
    verdict.points.of += grades[i].points;
    if (verdict.earned[i]) verdict.points.got += grades[i].points;
  }
}

std::vector<GradeResult> grades_of(const Scenario& scenario, const Verdict* verdict, Language language) {
  std::vector<GradeResult> out;
  for (const Grade& grade : scenario.grades.all()) {
    const bool earned = verdict != nullptr && verdict->earned[out.size()];
    GradeResult one;
    one.name = name_of(scenario, grade).in(language);
    one.points = {earned ? grade.points : 0, grade.points};
    one.hidden = grade.hidden;
    out.push_back(std::move(one));
  }
  return out;
}

bool events_are_graded(const Scenario& scenario) {
  return std::ranges::any_of(scenario.grades.all(),
                             [](const Grade& one) { return one.section == "events" && one.points > 0; });
}

}  // namespace gogoscope
