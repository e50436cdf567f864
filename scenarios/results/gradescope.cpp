#include "scenarios/results/gradescope.h"

#include <nlohmann/json.hpp>

#include "scenarios/results/text.h"

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

/// What there is to say of the failures that cost a grade; of none, those that cost none in particular.
std::string said_of(const CaseResult& one, std::optional<std::uint64_t> grade, Language language) {
  std::vector<CaseFailure> failures;
  for (const CaseFailure& failure : one.failures) {
    if (failure.grade == grade && !failure.hidden) failures.push_back(failure);
  }
  return failures_text(failures, language);
}

Json test(const std::string& name, const Points& points, const std::string& output) {
  Json out{{"name", name},
           {"score", points.got},
           {"max_score", points.of},
           {"status", points.got == points.of ? "passed" : "failed"},
           {"visibility", "visible"}};
  if (!output.empty()) {
    out["output"] = output;
    out["output_format"] = "text";
  }
  return out;
}

void add(const CaseResult& one, Language language, Json& tests, std::string& output) {
  const std::string rest = said_of(one, std::nullopt, language);
  if (one.points.of == 0) {
    const bool passed = one.verdict == CaseVerdict::passed;
    tests.push_back(test(one.name, {passed ? 1 : 0, 1}, rest));
    return;
  }
  for (std::size_t i = 0; i < one.grades.size(); ++i) {
    const GradeResult& grade = one.grades[i];
    if (grade.points.of == 0) continue;
    tests.push_back(test(one.name + ": " + grade.name, grade.points,
                         grade.hidden ? std::string() : said_of(one, i, language)));
  }
  if (!rest.empty()) output += (output.empty() ? "" : "\n") + one.name + "\n" + rest;
}

}  // namespace

std::variant<std::vector<GradescopeFile>, Message> to_gradescope(const SuiteResult& suite,
                                                                 Language language) {
  std::vector<GradescopeFile> out;
  for (std::size_t i = 0; i < suite.cases.size();) {
    const std::string& student = suite.cases[i].student;
    if (student.empty()) {
      return Message(
          {"{file} has been run without anything that was handed in", "{file} 运行时没有用到任何提交的文件"},
          {{"file", suite.cases[i].file}});
    }
    Json json{{"output", ""}, {"output_format", "text"}, {"visibility", "visible"}, {"tests", Json::array()}};
    std::string output;
    for (; i < suite.cases.size() && suite.cases[i].student == student; ++i) {
      const CaseResult& one = suite.cases[i];
      if (one.verdict == CaseVerdict::skipped || one.verdict == CaseVerdict::broken) {
        return Message({"there is no result of {file} for {student}", "{student} 的 {file} 没有结果"},
                       {{"file", one.file}, {"student", student}});
      }
      add(one, language, json["tests"], output);
    }
    json["output"] = output;
    out.push_back({student, json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"});
  }
  if (out.empty()) return Message({"there are no results", "没有结果"});
  return out;
}

}  // namespace gogoscope
