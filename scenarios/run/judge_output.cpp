#include "scenarios/run/judge_output.h"

#include <algorithm>

#include "asm/text/printable.h"
#include "asm/text/utf8.h"
#include "emu/history/output.h"

namespace gogoscope {
namespace {

/// How many bytes both begin with.
std::size_t agreeing(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find('\n', at), text.size() - 1);
  return text.substr(at, end - at + 1);
}

}  // namespace

void judge_output(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  for (const ExpectedOutput& expected : scenario.output) {
    const std::string raw = output(told.events, expected.fd, trace.steps());
    const std::string got = valid_utf8(raw);
    if (got == expected.text) continue;
    const std::size_t same = agreeing(expected.text, got);
    const std::size_t line = same == 0 ? 0 : got.rfind('\n', same - 1) + 1;
    const auto number = std::ranges::count(got.substr(0, line), '\n') + 1;
    const auto words = [&](std::string_view text) -> Message {
      if (line >= text.size()) return {{"nothing", "没有内容"}};
      return Message::untranslated(escaped(line_at(text, line)));
    };
    const Message wanted = words(expected.text), written = words(got);
    const auto step = writer(told.events, expected.fd, agreeing(expected.text, raw));
    verdict.failures.push_back({expected.mark,
                                {{"line {n} of {what}: expected {expected}, but the run writes {got}",
                                  "{what}的第 {n} 行：应为 {expected}，而运行写的是 {got}"},
                                 {{"n", number},
                                  {"what", expected.fd == 1 ? TextView{"the standard output", "标准输出"}
                                                            : TextView{"the standard error", "标准错误"}},
                                  {"expected", wanted},
                                  {"got", written}}},
                                step ? around_step(told, *step) : at_the_end(told),
                                {"output", {}, wanted, written, step, std::nullopt}});
  }
}

}  // namespace gogoscope
