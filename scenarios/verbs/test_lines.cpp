#include "scenarios/verbs/test_lines.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "asm/text/message.h"
#include "asm/text/printable.h"
#include "scenarios/results/text.h"

namespace gogoscope {
namespace {

struct Word {
  std::string_view text;
  std::string_view colour;
};

Word word(CaseVerdict verdict) {
  switch (verdict) {
    case CaseVerdict::passed:
      return {"ok  ", "\x1b[32m"};
    case CaseVerdict::failed:
      return {"FAIL", "\x1b[1;31m"};
    case CaseVerdict::broken:
      return {"BROKEN", "\x1b[1;35m"};
    case CaseVerdict::skipped:
      break;
  }
  return {"skip", "\x1b[2m"};
}

Message details(const CaseResult& result) {
  if (result.verdict == CaseVerdict::broken) return {{": it gives no result", "：没有结果"}};
  Message seconds, points;
  if (result.seconds) seconds = {{", {s} s", "，{s} 秒"}, {{"s", fmt::format("{:.3f}", *result.seconds)}}};
  if (result.points.of > 0) {
    points = {{", {got} of {of} points", "，{of} 分中得 {got} 分"},
              {{"got", result.points.got}, {"of", result.points.of}}};
  }
  const Message steps({" ({n} steps{seconds}{points})", "（{n} 步{seconds}{points}）"},
                      {{"n", result.steps}, {"seconds", seconds}, {"points", points}});
  if (result.note.empty()) return steps;
  return {{"{steps}, which {note}", "{steps}，{note}"}, {{"steps", steps}, {"note", result.note}}};
}

}  // namespace

void TestLines::wipe() {
  if (!wiped_) out_ << "\r\x1b[K";
  wiped_ = true;
}

void TestLines::tell(const CaseResult& result) {
  if (result.verdict == CaseVerdict::skipped) return;
  if (style_.quiet && result.verdict == CaseVerdict::passed) return;
  wipe();
  const Word verdict = word(result.verdict);
  const std::string stem = std::filesystem::path(result.file).stem().string();
  // "95-any-order [procs=2]" of 95-any-order.yaml
  const std::string more =
      result.name.starts_with(stem) ? result.name.substr(stem.size()) : ": " + result.name;
  const std::string shown =
      style_.colours ? fmt::format("{}{}\x1b[0m", verdict.colour, verdict.text) : std::string(verdict.text);
  const std::string student = result.student.empty() ? "" : printable(result.student) + ": ";
  out_ << fmt::format("{} {}{}{}{}\n", shown, student, printable(result.file), printable(more),
                      printable(details(result).in(language_)))
       << std::flush;
  std::cerr << failures_text(result.failures, language_) << std::flush;
}

void TestLines::tell(const SuiteProgress& progress) {
  if (!style_.progress) return;
  const Message running = progress.longest == nullptr
                              ? Message()
                              : Message({": {file}", "：{file}"}, {{"file", progress.longest->file}});
  const Message line(
      {"{done} of {n}, {wrong} wrong{running}", "{done}/{n}，{wrong} 个不对{running}"},
      {{"done", progress.done}, {"n", progress.of}, {"wrong", progress.wrong}, {"running", running}});
  std::string text = printable(line.in(language_));
  // It must not wrap, or it could not be wiped.
  if (columns(text) >= 79) text.resize(std::min<std::size_t>(text.size(), 60));
  out_ << "\r\x1b[K" << printable(text) << std::flush;
  wiped_ = false;
}

void TestLines::tell(const SuiteResult& suite) {
  wipe();
  for (const StudentResult& one : students(suite)) {
    const Counts& counts = one.counts;
    const Message earned = counts.points.of > 0
                               ? Message({"{got} of {of} points", "{of} 分中得 {got} 分"},
                                         {{"got", counts.points.got}, {"of", counts.points.of}})
                               : Message({"{passed} of {n} passed", "{n} 个中通过 {passed} 个"},
                                         {{"passed", counts.passed}, {"n", counts.passed + counts.failed}});
    const std::size_t missing = counts.broken + counts.skipped;
    const Message rest =
        missing == 0 ? Message() : Message({", {n} without a result", "，{n} 个没有结果"}, {{"n", missing}});
    out_ << printable(one.name) << std::string(one.name.size() < 24 ? 24 - one.name.size() : 0, ' ') << " "
         << earned.in(language_) << rest.in(language_) << "\n";
  }
  const Counts counts = count(suite);
  out_ << counts_text(counts, language_) << "\n" << std::flush;
}

}  // namespace gogoscope
