#include "scenarios/page/page.h"

#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "asm/text/printable.h"
#include "scenarios/page/base64.h"
#include "scenarios/page/html.h"
#include "scenarios/page/player_files.h"
#include "scenarios/page/run_json.h"
#include "scenarios/page/site.h"

namespace gogoscope {
namespace {

/// 'sha256-...': how a policy names a script or a style that is in the page itself.
std::string policy_hash(std::string_view hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned byte = 0;
    std::from_chars(hex.data() + i, hex.data() + i + 2, byte, 16);
    bytes.push_back(static_cast<char>(byte));
  }
  return "'sha256-" + base64(bytes) + "'";
}

/// Nothing may be fetched, and nothing may run but what is named.
std::string policy(const std::string& scripts) {
  return fmt::format(
      "default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; "
      "require-trusted-types-for 'script'; trusted-types 'none'",
      scripts, policy_hash(page_files::style_hash()));
}

std::string head(const std::string& title, Language language, const std::string& scripts) {
  std::string out = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n",
                                language == Language::zh ? "zh-CN" : "en");
  out += fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n", policy(scripts));
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"generator\" content=\"gogoscope " GOGOSCOPE_VERSION "\">\n";
  out += "<meta name=\"color-scheme\" content=\"dark light\">\n<link rel=\"icon\" href=\"data:,\">\n";
  out += fmt::format("<title>{}</title>\n<style>", escaped_html(title));
  return out.append(page_files::style()).append("</style>\n</head>\n");
}

}  // namespace

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
      head(name + " - gogoscope", options.language, policy_hash(page_files::script_hash())) + "<body>\n";
  out += fmt::format("<noscript><h1>{}</h1><p>{}</p><p>{}</p></noscript>\n", escaped_html(name),
                     escaped_html(about), no_script);
  out += "<script type=\"application/json\" id=\"run\">";
  out += json_in_html(run_json(trace, events, options).dump());
  out += "</script>\n<script type=\"module\">";
  out.append(page_files::script()).append("</script>\n</body>\n</html>\n");
  return out;
}

std::string site_index(const std::vector<SiteEntry>& entries, Language language) {
  const bool chinese = language == Language::zh;
  const std::string_view title =
      chinese ? "Go 调度器的切换，一步一步看" : "The Go scheduler's handoff, step by step";
  std::string out = head(std::string(title), language, "'none'");
  out += fmt::format("<body class=\"index\">\n<main>\n<h1>{}</h1>\n<ul>\n", title);
  for (const SiteEntry& entry : entries) {
    const std::string& of_entry = entry.title.in(language);
    out += fmt::format(
        "<li><a href=\"{}\"><b>{}</b> <code>{}</code></a><p>{}</p></li>\n", escaped_html(entry.file),
        escaped_html(printable(of_entry.empty() ? entry.name : of_entry)),
        escaped_html(printable(entry.name)), escaped_html(printable(entry.about.in(language))));
  }
  return out + "</ul>\n</main>\n</body>\n</html>\n";
}

}  // namespace gogoscope
