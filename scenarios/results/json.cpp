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
  return out;
}

Json case_json(const CaseResult& one) {
  Json out;
  out["file"] = one.file;
  out["name"] = one.name;
  out["verdict"] = name(one.verdict);
  out["steps"] = one.steps;
  if (one.seconds) out["seconds"] = *one.seconds;
  out["points"] = points_json(one.points);
  if (!one.note.empty()) out["note"] = one.note;
  out["failures"] = Json::array();
  for (const CaseFailure& failure : one.failures) out["failures"].push_back(failure_json(failure));
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
  out["scenarios"] = Json::array();
  for (const CaseResult& one : suite.cases) out["scenarios"].push_back(case_json(one));
  return out.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string to_json_line(const CaseResult& one) {
  return case_json(one).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace gogoscope
