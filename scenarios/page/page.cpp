#include "scenarios/page/page.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/page/head.h"
#include "scenarios/page/html.h"
#include "scenarios/page/player_files.h"
#include "scenarios/page/run_json.h"

namespace gogoscope {

Message page_problem(const Trace& trace, const PageOptions& options) {
  if (options.to < options.from) return {{"--to is before --from", "--to 在 --from 之前"}};
  const std::uint64_t steps = options.to - options.from;
  if (steps <= kMostPageSteps) return {};
  return Message(
      {"{steps} of the run's {all} steps are too many for a page, which holds at most {most}: choose "
       "a part with --from and --to",
       "整个运行有 {all} 步，其中的 {steps} 步对一个页面来说太多；一页最多 {most} 步：请用 --from 和 "
       "--to 选取一段"},
      {{"steps", steps}, {"all", trace.steps()}, {"most", kMostPageSteps}});
}

std::string page_of(const Trace& trace, const std::vector<Event>& events, const PageOptions& options) {
  const bool chinese = options.language == Language::zh;
  const std::string& title = options.title.in(options.language);
  const std::string name = printable(title.empty() ? options.name : title);
  const std::string about = printable_lines(options.about.in(options.language));
  const std::string_view no_script =
      chinese ? "这个页面用 JavaScript 单步显示一次运行；请打开 JavaScript。"
              : "This page steps through a run with JavaScript; please turn JavaScript on.";
  std::string out =
      page_head(name + " - gogoscope", options.language, page_files::script_hash()) + "<body>\n";
  out += fmt::format("<noscript><h1>{}</h1><p>{}</p><p>{}</p></noscript>\n", escaped_html(name),
                     escaped_html(about), no_script);
  out += "<script type=\"application/json\" id=\"run\">";
  out += json_in_html(run_json(trace, events, options).dump());
  out += "</script>\n<script type=\"module\">";
  out.append(page_files::script()).append("</script>\n</body>\n</html>\n");
  return out;
}

}  // namespace gogoscope
