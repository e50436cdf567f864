#include "scenarios/suite/submissions.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "asm/text/printable.h"
#include "scenarios/format/reader.h"
#include "scenarios/run/grading.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

/// Students and where what they handed in is.
using Students = std::map<std::string, std::string>;

Students students_at(const std::string& path, std::vector<Message>& wrong) {
  std::error_code error;
  if (!fs::is_directory(path, error)) return {{fs::path(path).stem().string(), path}};
  Students out;
  fs::directory_iterator it(path, error);
  if (error) {
    wrong.push_back({{"the folder {folder} cannot be read: this user has no permission",
                      "无法读取目录 {folder}：当前用户没有权限"},
                     {{"folder", path}}});
    return out;
  }
  for (const fs::directory_iterator end; !error && it != end; it.increment(error)) {
    const fs::path& entry = it->path();
    const std::string name = entry.filename().string();
    std::error_code unknown;  // what cannot be asked is that student's zero, when it is read
    const bool file = name.ends_with(".s") && name.size() > 2;
    if (name.starts_with('.') || (!file && !it->is_directory(unknown))) continue;
    const std::string student = file ? entry.stem().string() : name;
    if (const auto [other, added] = out.emplace(student, entry.string()); !added) {
      wrong.push_back({{"{a} and {b} are of the same student", "{a} 和 {b} 属于同一个学生"},
                       {{"a", other->second}, {"b", entry.string()}}});
    }
  }
  if (out.empty() && wrong.empty()) {
    wrong.push_back(
        {{"nothing has been handed in at {path}: it has a file NAME.s or a folder NAME of each student",
          "{path} 里没有提交的文件：每个学生在这里有一个文件 NAME.s 或一个目录 NAME"},
         {{"path", path}}});
  }
  return out;
}

}  // namespace

FoundSubmissions with_submissions(const std::vector<Case>& cases, const std::string& path,
                                  Language language) {
  FoundSubmissions out;
  const Students students = students_at(path, out.wrong);
  std::map<std::string, std::vector<GradeResult>> at_stake;  // by file
  for (const Case& one : cases) {
    if (!at_stake.contains(one.file)) {
      std::vector<GradeResult>& grades = at_stake[one.file];
      const auto text = read_scenario_file(one.file);
      const auto* const readable = std::get_if<std::string>(&text);
      const PartlyRead read = readable == nullptr ? PartlyRead{} : read_what_can_be_read(one.file, *readable);
      if (read.scenario && !read.scenario->submission) {
        out.wrong.push_back({{"{file} takes nothing that is handed in: it has no key `submission`",
                              "{file} 不接受提交：它没有 `submission` 这个键"},
                             {{"file", one.file}}});
      }
      if (read.scenario) grades = grades_of(*read.scenario, nullptr, language);
    }
    for (const auto& [student, file] : students) {
      Case with = one;
      with.hand_in = HandIn{student, file, at_stake[one.file]};
      out.cases.push_back(std::move(with));
    }
  }
  std::ranges::stable_sort(out.cases,
                           [](const Case& a, const Case& b) { return comes_before(a.id(), b.id()); });
  return out;
}

}  // namespace gogoscope
