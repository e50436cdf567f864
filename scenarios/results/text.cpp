#include "scenarios/results/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/message.h"
#include "asm/text/printable.h"

namespace gogoscope {
namespace {

/// Where there is no state, there was no run: the file itself is wrong.
std::string error_word(Language language) { return Message({"error: ", "错误: "}).in(language); }

}  // namespace

std::string failures_text(const std::vector<CaseFailure>& failures, Language language) {
  std::string out;
  const CaseFailure* above = nullptr;
  for (const CaseFailure& failure : failures) {
    out += fmt::format("{}:{}:{}: {}{}\n", printable(failure.file), failure.line, failure.column,
                       failure.state ? "" : error_word(language), printable_lines(failure.message));
    // The same lines need not be read twice.
    std::size_t same = 0;
    if (above != nullptr && failure.state) {
      const std::size_t most = std::min(above->context.size(), failure.context.size());
      while (same < most && above->context[same] == failure.context[same]) ++same;
    }
    for (std::size_t i = same; i < failure.context.size(); ++i) out += printable(failure.context[i]) + "\n";
    const bool again = above != nullptr && above->open == failure.open && same == failure.context.size();
    if (!failure.open.empty() && !again) {
      const Message look({"    to see it: {command}", "    查看：{command}"}, {{"command", failure.open}});
      out += printable(look.in(language)) + "\n";
    }
    above = &failure;
  }
  return out;
}

std::string counts_text(const Counts& counts, Language language) {
  const auto more = [&](std::size_t n, Pattern pattern) {
    return n == 0 ? std::string() : Message(pattern, {{"n", n}}).in(language);
  };
  return Message({"{passed} passed, {failed} failed", "{passed} 个通过，{failed} 个失败"},
                 {{"passed", counts.passed}, {"failed", counts.failed}})
             .in(language) +
         more(counts.broken, {", {n} broken", "，{n} 个损坏"}) +
         more(counts.skipped, {", {n} not run", "，{n} 个未运行"});
}

}  // namespace gogoscope
