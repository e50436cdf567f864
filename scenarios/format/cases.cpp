#include "scenarios/format/cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/near.h"
#include "asm/text/printable.h"

namespace gogoscope {
namespace {

std::string without_spaces(std::string_view name) {
  std::string out(name);
  std::erase_if(out, [](char c) { return c == ' '; });
  if (out.starts_with('[') && out.ends_with(']') && out.find('=') != std::string::npos)
    out = out.substr(1, out.size() - 2);
  return out;
}

}  // namespace

std::vector<MatrixCase> cases_of(const Scenario& scenario) {
  return scenario.cases.empty() ? std::vector<MatrixCase>{{"", scenario}} : scenario.cases;
}

Scenario in_case(Scenario scenario, const MatrixCase& one) {
  static_cast<MachineSettings&>(scenario) = one.machine;
  scenario.case_name = one.name;
  return scenario;
}

std::variant<MatrixCase, Message> find_case(const Scenario& scenario, std::string_view name) {
  if (scenario.cases.empty()) {
    return Message({"{file} has no matrix, and so no case {name}", "{file} 没有 matrix，也就没有情形 {name}"},
                   {{"file", scenario.path}, {"name", in_quotes(name)}});
  }
  std::vector<std::string_view> known;
  for (const MatrixCase& one : scenario.cases) {
    if (without_spaces(one.name) == without_spaces(name)) return one;
    known.push_back(one.name);
  }
  Message hint = did_you_mean(name, known);
  if (hint.empty()) {
    hint = {{"; the first of its {n} is {first}", "；共 {n} 个，第一个是 {first}"},
            {{"n", known.size()}, {"first", known.front()}}};
  }
  return Message({"{file} has no case {name}{hint}", "{file} 没有情形 {name}{hint}"},
                 {{"file", scenario.path}, {"name", in_quotes(name)}, {"hint", hint}});
}

std::string with_case(std::string_view what, const Scenario& scenario) {
  if (scenario.case_name.empty()) return std::string(what);
  return fmt::format("{} [{}]", what, scenario.case_name);
}

}  // namespace gogoscope
