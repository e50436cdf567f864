#include "ui/overlays/start_rows.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "asm/text/fill.h"
#include "asm/text/printable.h"
#include "ui/overlays/fuzzy.h"
#include "ui/text.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

const Words kResume{"Step through what is open", "逐步观察已打开的内容"};
const Words kOpen{"Open a file", "打开文件"};
const Words kLessons{"Lessons", "课程"};
const Words kProgress{"{answered} of {of}", "已答 {answered}/{of}"};
const Words kDone{"done, {right} of {of} right", "完成，答对 {right}/{of}"};
const Words kRecent{"Opened recently", "最近打开"};
const Words kUp{"the folder above", "上一级文件夹"};
const Words kFolder{"folder", "文件夹"};
const Words kCannotRead{"This folder cannot be read.", "无法读取这个文件夹。"};
const Words kNothing{"Nothing here fits.", "没有匹配的内容。"};

/// "3 of 5 · " of a lesson that was begun; else nothing.
std::string progress_words(const std::string& name, Language language, const KeptLessons& kept) {
  const auto found = kept.find(fs::path(name).filename().string());
  if (found == kept.end() || found->second.score.answered == 0) return "";
  const LessonScore& score = found->second.score;
  return fill((score.answered < score.of ? kProgress : kDone).in(language),
              {{"answered", std::to_string(score.answered)},
               {"right", std::to_string(score.right)},
               {"of", std::to_string(score.of)}}) +
         " · ";
}

bool fits(std::string_view typed, const std::string& words) { return word_matches(typed, words).has_value(); }

void add_examples(std::vector<StartRow>& rows, const std::vector<Example>& examples, const Words* heading,
                  std::string_view typed, Language language, const KeptLessons& kept) {
  std::string last;
  for (const Example& example : examples) {
    const std::string all = example.title.en + " " + example.title.zh + " " + example.name + " " +
                            example.topic.en + " " + example.topic.zh;
    if (!fits(typed, all)) continue;
    const std::string topic = heading != nullptr ? heading->str(language) : example.topic.in(language);
    if (topic != last) rows.push_back({StartRow::Kind::heading, topic, "", ""});
    last = topic;
    const std::string& title = example.title.in(language);
    rows.push_back({StartRow::Kind::file, title.empty() ? example.name : title,
                    progress_words(example.name, language, kept) + example.name, example.path});
  }
}

}  // namespace

std::vector<StartRow> start_rows(const Library& library, const std::vector<std::string>& recent,
                                 std::string_view typed, Language language, const KeptLessons& kept) {
  std::vector<StartRow> rows;
  if (typed.empty()) {
    rows.push_back({StartRow::Kind::resume, kResume.str(language), "", ""});
    rows.push_back({StartRow::Kind::browse, kOpen.str(language), "", ""});
  }
  add_examples(rows, library.lessons, &kLessons, typed, language, kept);
  bool headed = false;
  for (const std::string& path : recent) {
    const std::string shown = on_one_line(path);
    if (!fits(typed, shown)) continue;
    if (!std::exchange(headed, true))
      rows.push_back({StartRow::Kind::heading, kRecent.str(language), "", ""});
    rows.push_back({StartRow::Kind::file, on_one_line(fs::path(path).filename().string()),
                    on_one_line(fs::path(path).parent_path().string()), path});
  }
  add_examples(rows, library.examples, nullptr, typed, language, {});
  if (rows.empty()) rows.push_back({StartRow::Kind::heading, kNothing.str(language), "", ""});
  return rows;
}

std::vector<StartRow> file_rows(const std::string& typed, Language language) {
  const std::size_t slash = typed.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : typed.substr(0, slash + 1);
  const std::string rest = slash == std::string::npos ? typed : typed.substr(slash + 1);
  std::vector<StartRow> rows;
  const fs::path here(folder);
  std::error_code error;
  fs::directory_iterator all(here, error);
  if (error) {
    rows.push_back({StartRow::Kind::heading, kCannotRead.str(language), "", ""});
    return rows;
  }
  // "/a/b/" is below "/a/"; nothing is above "/".
  const fs::path whole = fs::weakly_canonical(here, error);
  const fs::path folder_itself = whole.has_filename() ? whole : whole.parent_path();
  if (rest.empty() && folder_itself != folder_itself.root_path()) {
    const std::string above = folder_itself.parent_path().string();
    rows.push_back({StartRow::Kind::folder, "..", kUp.str(language), above == "/" ? above : above + "/"});
  }
  struct Found {
    bool inside;  ///< not at its beginning
    bool file;
    std::string name;
    auto operator<=>(const Found&) const = default;
  };
  std::vector<Found> found;
  const bool hidden = !rest.empty() && rest.front() == '.';
  for (; all != fs::directory_iterator(); all.increment(error)) {
    if (error) break;
    const std::string name = all->path().filename().string();
    if (name.front() == '.' && !hidden) continue;
    const std::size_t at = name.find(rest);
    if (at == std::string::npos) continue;
    std::error_code ignored;
    found.push_back({at != 0, !all->is_directory(ignored), name});
  }
  std::sort(found.begin(), found.end());
  std::size_t files = 0;
  std::size_t folders = 0;
  for (const Found& one : found) {
    if ((one.file ? files : folders)++ >= kMostFiles) continue;
    const std::string path = slash == std::string::npos ? one.name : folder + one.name;
    rows.push_back(one.file ? StartRow{StartRow::Kind::file, on_one_line(one.name), "", path}
                            : StartRow{StartRow::Kind::folder, on_one_line(one.name), kFolder.str(language),
                                       path + "/"});
  }
  if (rows.empty()) rows.push_back({StartRow::Kind::heading, kNothing.str(language), "", ""});
  return rows;
}

}  // namespace gogoscope
