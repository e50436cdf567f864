#include "scenarios/results/tap.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace gogoscope {
namespace {

/// What a description may not hold as it is: a # begins a directive.
std::string description(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '#') out += '\\';
    out += c;
  }
  return out;
}

/// A scalar of YAML: JSON's strings are some.
std::string scalar(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string block(const CaseResult& one) {
  std::string out =
      fmt::format("  ---\n  severity: {}\n", one.verdict == CaseVerdict::failed ? "fail" : "error");
  if (one.failures.empty()) return out + "  ...\n";
  out += "  failures:\n";
  for (const CaseFailure& failure : one.failures) {
    out += fmt::format("    - message: {}\n      at: {{file: {}, line: {}, column: {}}}\n",
                       scalar(failure.message), scalar(failure.file), failure.line, failure.column);
    const auto line = [&](const char* key, const std::string& value) {
      if (!value.empty()) out += fmt::format("      {}: {}\n", key, scalar(value));
    };
    line("key", failure.key);
    line("place", failure.place);
    line("expected", failure.expected);
    line("got", failure.got);
    if (failure.state) out += fmt::format("      state: {}\n", *failure.state);
    line("open", failure.open);
    if (failure.context.empty()) continue;
    out += "      context:\n";
    for (const std::string& context : failure.context) out += fmt::format("        - {}\n", scalar(context));
  }
  return out + "  ...\n";
}

}  // namespace

std::string to_tap(const SuiteResult& suite) {
  std::string out = fmt::format("TAP version 14\n1..{}\n", suite.cases.size());
  for (std::size_t i = 0; i < suite.cases.size(); ++i) {
    const CaseResult& one = suite.cases[i];
    const bool ok = one.verdict == CaseVerdict::passed || one.verdict == CaseVerdict::skipped;
    const std::string student = one.student.empty() ? "" : description(one.student) + ": ";
    out += fmt::format("{} {} - {}{}: {}{}\n", ok ? "ok" : "not ok", i + 1, student, description(one.file),
                       description(one.name), one.verdict == CaseVerdict::skipped ? " # SKIP not run" : "");
    if (!ok) out += block(one);
  }
  return out;
}

}  // namespace gogoscope
