#include "scenarios/results/result.h"

#include <algorithm>
#include <array>
#include <compare>

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

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Like <=>, but the numbers in them count as numbers: "seed=7" comes before "seed=10".
std::strong_ordering compare_names(std::string_view a, std::string_view b) {
  std::size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[j])) {
      if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) <=> static_cast<unsigned char>(b[j]);
      ++i, ++j;
      continue;
    }
    const auto number = [](std::string_view text, std::size_t& at) {
      while (at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1])) ++at;
      const std::size_t start = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      return text.substr(start, at - start);
    };
    const std::string_view x = number(a, i), y = number(b, j);
    if (x.size() != y.size()) return x.size() <=> y.size();
    if (const auto order = x <=> y; order != 0) return order;
  }
  const auto order = a.size() - i <=> b.size() - j;
  return order != 0 ? order : a <=> b;  // names that differ in leading zeros only
}

}  // namespace

bool comes_before(const CaseId& a, const CaseId& b) {
  if (a.student != b.student) return a.student < b.student;
  const bool input = a.file == "-", other_input = b.file == "-";
  if (input != other_input) return other_input;
  if (a.file != b.file) return a.file < b.file;
  return compare_names(a.name, b.name) < 0;
}

std::vector<StudentResult> students(const SuiteResult& suite) {
  std::vector<StudentResult> out;
  for (std::size_t i = 0; i < suite.cases.size();) {
    SuiteResult own;
    const std::string& student = suite.cases[i].student;
    for (; i < suite.cases.size() && suite.cases[i].student == student; ++i)
      own.cases.push_back(suite.cases[i]);
    if (!student.empty()) out.push_back({student, count(own)});
  }
  return out;
}

void hide(CaseResult& one) {
  std::erase_if(one.failures, [](const CaseFailure& failure) { return failure.hidden; });
  for (CaseFailure& failure : one.failures) failure.open.clear();
  int n = 0;
  for (GradeResult& grade : one.grades) {
    if (grade.hidden) grade.name = "hidden " + std::to_string(++n);
  }
}

}  // namespace gogoscope
