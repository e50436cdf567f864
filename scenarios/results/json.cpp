#include "scenarios/results/json.h"

#include <nlohmann/json.hpp>

namespace gogoscope {
namespace {

using Json = nlohmann::ordered_json;

Json points_json(const Points& points) { return {{"got", points.got}, {"of", points.of}}; }

Json failure_json(const CaseFailure& failure) {
  Json out;
  out["file"] = failure.file;
  out["line"] = failure.line;
  out["column"] = failure.column;
  out["key"] = failure.key;
  out["place"] = failure.place;
  out["message"] = failure.message;
  out["expected"] = failure.expected;
  out["got"] = failure.got;
  out["state"] = failure.state ? Json(*failure.state) : Json();
  out["open"] = failure.open;
  out["context"] = failure.context;
  if (failure.grade) out["grade"] = *failure.grade;
  if (failure.hidden) out["hidden"] = true;
  return out;
}

Json case_json(const CaseResult& one) {
  Json out;
  if (!one.student.empty()) out["student"] = one.student;
  out["file"] = one.file;
  out["name"] = one.name;
  out["verdict"] = name(one.verdict);
  out["steps"] = one.steps;
  if (one.seconds) out["seconds"] = *one.seconds;
  out["points"] = points_json(one.points);
  if (!one.grades.empty()) {
    out["grades"] = Json::array();
    for (const GradeResult& grade : one.grades) {
      Json& json =
          out["grades"].emplace_back(Json{{"name", grade.name}, {"points", points_json(grade.points)}});
      if (grade.hidden) json["hidden"] = true;
    }
  }
  if (!one.note.empty()) out["note"] = one.note;
  out["failures"] = Json::array();
  for (const CaseFailure& failure : one.failures) out["failures"].push_back(failure_json(failure));
  if (one.end) {
    out["end"] = {{"reason", one.end->reason},
                  {"en", one.end->sentence.en},
                  {"zh", one.end->sentence.zh},
                  {"detail", one.end->detail},
                  {"order", one.end->order}};
  }
  return out;
}

}  // namespace

std::string to_json(const SuiteResult& suite) {
  const Counts counts = count(suite);
  Json out;
  out["version"] = 1;
  out["passed"] = counts.passed;
  out["failed"] = counts.failed;
  out["broken"] = counts.broken;
  out["skipped"] = counts.skipped;
  out["points"] = points_json(counts.points);
  if (suite.shard) out["shard"] = {{"index", suite.shard->index}, {"of", suite.shard->of}};
  const std::vector<StudentResult> by_student = students(suite);
  if (!by_student.empty()) {
    out["students"] = Json::array();
    for (const StudentResult& one : by_student) {
      out["students"].push_back({{"name", one.name},
                                 {"points", points_json(one.counts.points)},
                                 {"passed", one.counts.passed},
                                 {"failed", one.counts.failed}});
    }
  }
  out["scenarios"] = Json::array();
  for (const CaseResult& one : suite.cases) out["scenarios"].push_back(case_json(one));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json_line(const CaseResult& one) {
  return case_json(one).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gogoscope
