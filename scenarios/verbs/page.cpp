// page: a run as an HTML file that steps through it, or a folder of scenarios as a site.
#include "scenarios/page/page.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "scenarios/page/site.h"
#include "scenarios/suite/cases.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

bool wrote(const std::string& path, const std::string& text, Language language) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (file) return true;
  complain({{"the page could not be written to {path}", "无法把页面写入 {path}"}, {{"path", path}}},
           language);
  return false;
}

PageOptions options_of(const OpenedRun& run, Language language) {
  PageOptions options;
  options.name = run.case_name.empty() ? run.name : run.name + " [" + run.case_name + "]";
  options.title = run.title;
  options.about = run.about;
  options.to = run.session->trace().steps();
  options.language = language;
  return options;
}

int one_page(const PageVerbOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  PageOptions page = options_of(*run, language);
  for (const auto& [where, state] :
       {std::pair(&options.from, &page.from), std::pair(&options.to, &page.to)}) {
    if (where->empty()) continue;
    const std::optional<std::uint64_t> found = moment_of(*where, record, language);
    if (!found) return kBadInput;
    *state = *found;
  }
  if (const Message wrong = page_problem(record, page); !wrong.empty()) {
    complain(wrong, language);
    return kBadInput;
  }
  return wrote(options.output, page_of(record, run->session->events(), page), language) ? kOk : kBadInput;
}

/// "95-any-order [procs=2]" as the name of a file that needs no quotes and no escapes in an address.
std::string file_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain || (c == '.' && !out.empty())) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out + ".html";
}

int site(const PageVerbOptions& options, Language language) {
  const FoundCases found = find_cases({options.source.path});
  if (found.cases.empty()) {
    complain({{"{path}: there is no scenario here", "{path}：这里没有场景"}, {{"path", options.source.path}}},
             language);
    return kBadInput;
  }
  std::error_code error;
  fs::create_directories(options.output, error);
  std::vector<SiteEntry> entries;
  int code = kOk;
  for (const Case& one : found.cases) {
    std::optional<OpenedRun> run = open_or_complain(RunSource{one.file, one.matrix, ""}, language);
    if (!run) {
      code = kBadInput;
      continue;
    }
    const Trace& record = run->session->trace();
    PageOptions page = options_of(*run, language);
    // The start of a long run is worth more than no page.
    page.to = std::min(page.to, kMostPageSteps);
    const std::string file = file_name(one.name);
    if (!wrote(fs::path(options.output) / file, page_of(record, run->session->events(), page), language))
      return kBadInput;
    entries.push_back({file, one.name, run->title, run->about});
  }
  if (!wrote(fs::path(options.output) / "index.html", site_index(entries, language), language))
    return kBadInput;
  return code;
}

}  // namespace

int page(const PageVerbOptions& options, Language language) {
  std::error_code error;
  if (!fs::is_directory(options.source.path, error)) return one_page(options, language);
  if (!options.source.case_name.empty() || !options.from.empty() || !options.to.empty()) {
    complain({{"--case, --from and --to choose a part of one run, and {path} is a folder of scenarios",
               "--case、--from 和 --to 用于选取一次运行的一段，而 {path} 是存放场景的目录"},
              {{"path", options.source.path}}},
             language);
    return kBadInput;
  }
  return site(options, language);
}

}  // namespace gogoscope
