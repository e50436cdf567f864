#include "scenarios/results/markdown.h"

#include <fmt/format.h>

#include <algorithm>

#include "asm/text/message.h"
#include "asm/text/printable.h"
#include "scenarios/results/text.h"

namespace gogoscope {
namespace {

constexpr std::size_t kMostBytes = 1'000'000;

/// A text as Markdown shows it as it is: nothing in it is a table's bar, a tag or an emphasis.
std::string plain(const std::string& text) {
  std::string out;
  for (const char c : on_one_line(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      if (std::string_view("\\`*_{}[]()#+!|~>").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

/// The same inside a tag, where only tags count.
std::string in_tag(const std::string& text) {
  std::string out;
  for (const char c : on_one_line(text)) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

/// A fence that no line of the text ends.
std::string fenced(const std::string& text) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  const std::string fence(longest + 1, '`');
  return fmt::format("{}\n{}{}\n", fence, text, fence);
}

std::string title(const CaseResult& one) {
  // The name is mostly that of the file.
  const bool says_more = one.file.find(one.name) == std::string::npos;
  return (one.student.empty() ? "" : one.student + ": ") + one.file + (says_more ? ": " + one.name : "");
}

std::string verdict_word(CaseVerdict verdict, Language language) {
  const TextView words =
      verdict == CaseVerdict::failed ? TextView{"failed", "失败"} : TextView{"broken", "损坏"};
  return words.str(language);
}

}  // namespace

std::string to_markdown(const SuiteResult& suite, Language language) {
  const Counts counts = count(suite);
  std::string out = "### gogoscope: " + counts_text(counts, language) + "\n";
  if (const std::vector<StudentResult> all = students(suite); !all.empty()) {
    out += Message({"\n| student | points | passed | failed |\n|---|---|---|---|\n",
                    "\n| 学生 | 得分 | 通过 | 失败 |\n|---|---|---|---|\n"})
               .in(language);
    for (const StudentResult& one : all) {
      out += fmt::format("| {} | {}/{} | {} | {} |\n", plain(one.name), one.counts.points.got,
                         one.counts.points.of, one.counts.passed, one.counts.failed);
    }
  }
  if (counts.failed + counts.broken == 0) return out;
  const Message head({"\n| scenario | verdict | where | what |\n|---|---|---|---|\n",
                      "\n| 场景 | 结论 | 位置 | 内容 |\n|---|---|---|---|\n"});
  out += head.in(language);
  std::string details;
  std::size_t left_out = 0;
  for (const CaseResult& one : suite.cases) {
    if (one.verdict != CaseVerdict::failed && one.verdict != CaseVerdict::broken) continue;
    std::string row = fmt::format("| {} | {} |", plain(title(one)), verdict_word(one.verdict, language));
    if (one.failures.empty()) {
      row += "  |  |\n";
    } else {
      const CaseFailure& first = one.failures.front();
      row += fmt::format(" {}:{} | {} |\n", plain(first.file), first.line, plain(first.message));
    }
    const std::string detail = fmt::format("\n<details><summary>{}</summary>\n\n{}\n</details>\n",
                                           in_tag(title(one)), fenced(failures_text(one.failures, language)));
    if (out.size() + details.size() + row.size() + detail.size() > kMostBytes) {
      ++left_out;
      continue;
    }
    out += row;
    details += detail;
  }
  if (left_out > 0) {
    details += "\n" +
               Message({"{n} more do not fit in here.", "还有 {n} 个，这里放不下。"}, {{"n", left_out}})
                   .in(language) +
               "\n";
  }
  return out + details;
}

}  // namespace gogoscope
