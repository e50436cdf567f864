#include "scenarios/page/site.h"

#include <fmt/format.h>

#include "asm/text/message.h"
#include "asm/text/printable.h"
#include "scenarios/page/head.h"
#include "scenarios/page/html.h"

namespace gogoscope {
namespace {

std::string shown(const std::string& text) { return escaped_html(printable_lines(text)); }

std::string item(const SiteEntry& entry, Language language) {
  const std::string& title = entry.title.in(language);
  std::string out = fmt::format("<li><a href=\"{}?lang={}\">{}</a> <code>{}</code>", escaped_html(entry.file),
                                language == Language::zh ? "zh" : "en",
                                shown(title.empty() ? entry.name : title), shown(entry.name));
  const bool lesson = !entry.goal.empty();
  if (const std::string& text = (lesson ? entry.goal : entry.about).in(language); !text.empty())
    out += fmt::format("<p>{}</p>", shown(text));
  if (entry.steps_left_out > 0) {
    const Message cut(
        {"Too long for a page: the last {n} steps are left out.", "太长，一页放不下：略去了最后 {n} 步。"},
        {{"n", entry.steps_left_out}});
    out += fmt::format("<p class=\"cut\">{}</p>", escaped_html(cut.in(language)));
  }
  return out + "</li>\n";
}

}  // namespace

std::string site_index(const std::vector<SiteEntry>& entries, Language language, const std::string& other) {
  const bool chinese = language == Language::zh;
  const std::string_view title =
      chinese ? "Go 调度器的切换，一步一步看" : "The Go scheduler's handoff, step by step";
  const std::string_view about =
      chinese
          ? "每一页都是一次运行：机器码一条一条执行，可以前进，也可以后退。课程会提问，答案由运行本身给出。"
          : "Each page is a run: machine code is executed instruction by instruction, forwards and back. A "
            "lesson "
            "asks questions, and the run itself has the answers.";
  std::string out = page_head(std::string(title), language, "");
  out += fmt::format(
      "<body class=\"index\">\n<main>\n<p class=\"other\"><a href=\"{}\" "
      "lang=\"{}\">{}</a></p>\n<h1>{}</h1>\n"
      "<p>{}</p>\n",
      escaped_html(other), chinese ? "en" : "zh-CN", chinese ? "English" : "中文", title, about);
  std::string lessons;
  for (const SiteEntry& entry : entries) {
    if (!entry.goal.empty()) lessons += item(entry, language);
  }
  if (!lessons.empty())
    out += fmt::format("<h2>{}</h2>\n<ol>\n{}</ol>\n", chinese ? "课程" : "Lessons", lessons);
  const std::string* folder = nullptr;
  for (const SiteEntry& entry : entries) {
    if (!entry.goal.empty()) continue;
    if (folder == nullptr || *folder != entry.folder) {
      if (folder != nullptr) out += "</ul>\n";
      folder = &entry.folder;
      const std::string below = folder->empty() ? "" : " <code>" + shown(*folder) + "</code>";
      out += fmt::format("<h2>{}{}</h2>\n<ul>\n", chinese ? "场景" : "Scenarios", below);
    }
    out += item(entry, language);
  }
  if (folder != nullptr) out += "</ul>\n";
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace gogoscope
