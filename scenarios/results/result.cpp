#include "scenarios/results/result.h"

#include <array>
#include <tuple>

namespace gogoscope {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"passed", "failed", "broken", "skipped"};

}  // namespace

std::string_view name(CaseVerdict verdict) { return kNames[static_cast<std::size_t>(verdict)]; }

std::optional<CaseVerdict> case_verdict_by_name(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<CaseVerdict>(i);
  }
  return std::nullopt;
}

Counts count(const SuiteResult& suite) {
  Counts out;
  for (const CaseResult& one : suite.cases) {
    switch (one.verdict) {
      case CaseVerdict::passed:
        ++out.passed;
        break;
      case CaseVerdict::failed:
        ++out.failed;
        break;
      case CaseVerdict::broken:
        ++out.broken;
        break;
      case CaseVerdict::skipped:
        ++out.skipped;
        break;
    }
    out.points.got += one.points.got;
    out.points.of += one.points.of;
  }
  return out;
}

bool comes_before(const std::string& file, const std::string& name, const std::string& other_file,
                  const std::string& other_name) {
  const auto is_input = [](const std::string& path) { return path == "-"; };
  return std::forward_as_tuple(is_input(file), file, name) <
         std::forward_as_tuple(is_input(other_file), other_file, other_name);
}

}  // namespace gogoscope
