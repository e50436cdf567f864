// page of a folder: a site.
#include "scenarios/page/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>

#include "asm/text/output_file.h"
#include "scenarios/format/loader.h"
#include "scenarios/format/reader.h"
#include "scenarios/suite/cases.h"
#include "scenarios/verbs/page_files.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// "95-any-order [procs=2]" as the name of a file that needs no quotes and no escapes in an address.
std::string plain_name(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (plain || (c == '.' && !out.empty())) {
      out += c;
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "scenario" : out;
}

/// A page's path, below the site's folder.
struct PagePath {
  std::string folder;  ///< "", "lessons/"
  std::string name;    ///< "03-gogo"
  std::string file() const { return folder + name + ".html"; }
  std::string up() const {
    std::string out;
    for (std::ptrdiff_t n = std::count(folder.begin(), folder.end(), '/'); n > 0; --n) out += "../";
    return out;
  }
};

/// Gives each case a path of its own: where the scenario is, below `from`. Some file systems hold a.html and
/// A.html to be one, and an index is an index.
class PagePaths {
 public:
  explicit PagePaths(fs::path from) : from_(std::move(from)) {}

  PagePath of(const Case& one) {
    PagePath out;
    std::error_code error;
    for (const fs::path& part : fs::relative(fs::path(one.file).parent_path(), from_, error)) {
      if (part != ".") out.folder += plain_name(part.string()) + "/";
    }
    const std::string name = plain_name(one.name);
    out.name = name;
    for (int n = 2; !taken_.insert(lower(out.file())).second; ++n) out.name = fmt::format("{}-{}", name, n);
    return out;
  }

 private:
  static std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  }

  fs::path from_;
  std::set<std::string> taken_{"index.html", "index.en.html", "index.zh.html"};
};

struct SitePage {
  Case one;
  PagePath path;
};

/// Whether the file has a lesson. Cost: the file is read, and nothing runs.
bool is_lesson(const SitePage& page) {
  const auto text = read_scenario_file(page.one.file);
  if (text.index() == 1) return false;
  const PartlyRead read = read_what_can_be_read(page.one.file, std::get<0>(text), ReadAs::outline);
  return read.problems.empty() && read.scenario && read.scenario->lesson.has_value();
}

/// The lesson that comes after this page in its folder, or null.
const SitePage* next_lesson(const std::vector<SitePage>& pages, std::size_t at) {
  for (std::size_t i = at + 1; i < pages.size() && pages[i].path.folder == pages[at].path.folder; ++i) {
    if (is_lesson(pages[i])) return &pages[i];
  }
  return nullptr;
}

/// The pages of the scenarios that a lesson opens, as links from its own page.
std::map<std::string, std::string> opened_pages(const Lesson& lesson, const SitePage& from,
                                                const std::vector<SitePage>& pages) {
  std::map<std::string, std::string> out;
  for (const LessonStop& stop : lesson.stops) {
    if (stop.opens.empty()) continue;
    const fs::path wanted = (fs::path(from.one.file).parent_path() / stop.opens).lexically_normal();
    const auto found = std::ranges::find(
        pages, wanted, [](const SitePage& page) { return fs::path(page.one.file).lexically_normal(); });
    if (found != pages.end()) out[stop.opens] = from.path.up() + found->path.file();
  }
  return out;
}

class SiteWriter {
 public:
  SiteWriter(std::string to, Language language) : to_(std::move(to)), language_(language) {}

  int write(const FoundCases& found, const std::string& from) {
    PagePaths paths(from);
    std::vector<SitePage> pages;
    for (const Case& one : found.cases) pages.push_back({one, paths.of(one)});
    std::ranges::stable_sort(pages, {}, [](const SitePage& page) { return page.path.folder; });
    for (std::size_t i = 0; i < pages.size(); ++i) {
      if (!write_page(pages, i)) return kBadInput;
    }
    const Language other = language_ == Language::zh ? Language::en : Language::zh;
    const std::string other_index = other == Language::zh ? "index.zh.html" : "index.en.html";
    if (!wrote_page(to_ / "index.html", site_index(entries_, language_, other_index), language_) ||
        !wrote_page(to_ / other_index, site_index(entries_, other, "index.html"), language_))
      return kBadInput;
    const Message told({"{n} pages, and {index} lists them", "{n} 个页面，{index} 是目录"},
                       {{"n", entries_.size()}, {"index", (to_ / "index.html").string()}});
    std::cout << told.in(language_) << "\n";
    return code_;
  }

 private:
  bool write_page(const std::vector<SitePage>& pages, std::size_t at) {
    const SitePage& page = pages[at];
    const std::optional<OpenedRun> run =
        open_or_complain(RunSource{page.one.file, page.one.matrix, ""}, language_);
    if (!run) {
      code_ = kBadInput;
      return true;  // the others are worth having
    }
    if (!run->lesson_problem.empty()) {
      complain(run->lesson_problem, language_);
      code_ = kBadInput;
    }
    const Trace& record = run->session->trace();
    PageOptions options = page_options(*run, language_);
    options.home = page.path.up() + "index.html";
    if (run->lesson) {
      if (const SitePage* const next = next_lesson(pages, at)) options.next = next->path.name + ".html";
      options.pages = opened_pages(*run->lesson, page, pages);
    }
    if (options.to > kMostPageSteps) {
      // The start of a long run is worth more than no page.
      options.to = kMostPageSteps;
      options.opens_at = std::min(options.opens_at, options.to);
      complain({{"{path}: its page ends after {most} of {all} steps",
                 "{path}：共 {all} 步，页面只包含前 {most} 步"},
                {{"path", page.one.file}, {"most", kMostPageSteps}, {"all", record.steps()}}},
               language_);
    }
    std::error_code error;
    fs::create_directories(to_ / page.path.folder, error);
    SiteEntry entry{page.path.folder, page.path.file(), page.one.name, run->title, run->about, {}, {}};
    if (run->lesson) entry.goal = run->lesson->goal;
    if (options.to < record.steps()) entry.steps_left_out = record.steps() - options.to;
    entries_.push_back(std::move(entry));
    return wrote_page(to_ / page.path.file(), page_of(record, run->session->events(), options), language_);
  }

  fs::path to_;
  Language language_;
  std::vector<SiteEntry> entries_;
  int code_ = kOk;
};

}  // namespace

PageOptions page_options(const OpenedRun& run, Language language) {
  PageOptions options;
  options.name = run.case_name.empty() ? run.name : run.name + " [" + run.case_name + "]";
  options.title = run.title;
  options.about = run.about;
  options.to = run.session->trace().steps();
  options.opens_at = run.start.value_or(0);
  options.language = language;
  // What a lesson asks must be what the run shows.
  if (run.lesson && run.lesson_problem.empty()) options.lesson = &*run.lesson;
  return options;
}

bool wrote_page(const std::string& path, const std::string& text, Language language) {
  const Message why = write_file(path, text);
  if (why.empty()) return true;
  complain({{"the page cannot be written to {path}: {why}", "无法把页面写入 {path}：{why}"},
            {{"path", path}, {"why", why}}},
           language);
  return false;
}

int write_site(const std::string& from, const std::string& to, Language language) {
  const FoundCases found = find_cases({from});
  if (found.cases.empty()) {
    complain({{"{path}: there is no scenario here", "{path}：这里没有场景"}, {{"path", from}}}, language);
    return kBadInput;
  }
  return SiteWriter(to, language).write(found, from);
}

}  // namespace gogoscope
