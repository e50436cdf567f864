// page: a run as an HTML file that steps through it, or a folder of scenarios as a site.
#include "scenarios/page/page.h"

#include <filesystem>

#include "scenarios/verbs/page_files.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

int one_page(const PageVerbOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  PageOptions page = page_options(*run, language);
  if (!run->lesson_problem.empty()) {
    complain(run->lesson_problem, language);
    return kBadInput;
  }
  if (run->lesson && !(options.from.empty() && options.to.empty())) {
    complain({{"{path} is a lesson, whose page holds the whole run: leave out --from and --to",
               "{path} 是课程，它的页面包含整个运行：请去掉 --from 和 --to"},
              {{"path", options.source.path}}},
             language);
    return kBadInput;
  }
  for (const auto& [where, state] :
       {std::pair(&options.from, &page.from), std::pair(&options.to, &page.to)}) {
    if (where->empty()) continue;
    const std::optional<std::uint64_t> found = moment_of(*where, record, language);
    if (!found) return kBadInput;
    *state = *found;
  }
  // Of a long run, the part that its file begins with.
  if (options.from.empty() && run->start && !run->lesson && !page_problem(record, page).empty())
    page.from = *run->start;
  if (const Message wrong = page_problem(record, page); !wrong.empty()) {
    complain(wrong, language);
    return kBadInput;
  }
  return wrote_page(options.output, page_of(record, run->session->events(), page), language) ? kOk
                                                                                             : kBadInput;
}

}  // namespace

int page(const PageVerbOptions& options, Language language) {
  std::error_code error;
  if (!fs::is_directory(options.source.path, error)) return one_page(options, language);
  if (!options.source.case_name.empty() || !options.source.submission.empty() || !options.from.empty() ||
      !options.to.empty()) {
    complain({{"--case, --submission, --from and --to are for one run, and {path} is a folder of scenarios",
               "--case、--submission、--from 和 --to 用于单次运行，而 {path} 是存放场景的目录"},
              {{"path", options.source.path}}},
             language);
    return kBadInput;
  }
  return write_site(options.source.path, options.output, language);
}

}  // namespace gogoscope
