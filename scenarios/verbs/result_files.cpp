#include "scenarios/verbs/result_files.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "scenarios/results/gradescope.h"
#include "scenarios/results/json.h"
#include "scenarios/results/junit.h"
#include "scenarios/results/markdown.h"
#include "scenarios/results/tap.h"

namespace gogoscope {
namespace {

/// What the system said, in our words where it is common.
Message reason(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return {{"there is no such folder", "没有这个目录"}};
    case EISDIR:
      return {{"this is a folder", "这是目录"}};
    case EACCES:
    case EPERM:
      return {{"this user may not write there", "当前用户没有写入的权限"}};
    case EROFS:
      return {{"the file system is read-only", "文件系统是只读的"}};
    case ENOSPC:
    case EDQUOT:
      return {{"the disk is full", "磁盘已满"}};
    default:
      return Message::untranslated(std::strerror(error));
  }
}

Message not_written(const std::string& path, int error) {
  return {{"the results cannot be written to {path}: {why}", "无法把结果写入 {path}：{why}"},
          {{"path", path}, {"why", reason(error)}}};
}

}  // namespace

Message ResultFiles::open(const TestOptions& options, Language language) {
  const auto add = [&](const std::string& path,
                       std::function<std::string(const SuiteResult&)> text) -> Message {
    if (path.empty()) return {};
    File out{path, nullptr, std::move(text)};
    if (path == "-") {
      if (takes_stdout_)
        return {{"only one kind of results can go to standard output", "只有一种结果能写到标准输出"}};
      takes_stdout_ = true;
    } else {
      out.file.reset(std::fopen(path.c_str(), "wb"));
      if (!out.file) return not_written(path, errno);
    }
    files_.push_back(std::move(out));
    return {};
  };
  if (Message why = add(options.json, to_json); !why.empty()) return why;
  if (Message why = add(options.junit, [language](const SuiteResult& s) { return to_junit(s, language); });
      !why.empty())
    return why;
  if (Message why =
          add(options.markdown, [language](const SuiteResult& s) { return to_markdown(s, language); });
      !why.empty())
    return why;
  if (!options.gradescope.empty()) {
    gradescope_ = options.gradescope;
    language_ = language;
    std::error_code error;
    std::filesystem::create_directories(gradescope_, error);
    if (error) return not_written(gradescope_, error.value());
  }
  return add(options.tap ? "-" : "", to_tap);
}

Message ResultFiles::write_gradescope(const SuiteResult& suite) const {
  const auto files = to_gradescope(suite, language_);
  if (const auto* const why = std::get_if<Message>(&files)) {
    return {{"nothing is written to {folder}: {why}", "没有写入 {folder}：{why}"},
            {{"folder", gradescope_}, {"why", *why}}};
  }
  for (const GradescopeFile& one : std::get<0>(files)) {
    const std::string path = (std::filesystem::path(gradescope_) / (one.student + ".json")).string();
    errno = 0;
    std::ofstream out(path, std::ios::binary);
    out << one.text;
    out.close();
    if (!out) return not_written(path, errno);
  }
  return {};
}

Message ResultFiles::write(const SuiteResult& suite) {
  Message first = gradescope_.empty() ? Message() : write_gradescope(suite);
  for (File& out : files_) {
    const std::string text = out.text(suite);
    if (!out.file) {
      std::cout << text << std::flush;  // the end of the program looks whether that went well
      continue;
    }
    errno = 0;
    const bool all = std::fwrite(text.data(), 1, text.size(), out.file.get()) == text.size();
    const bool flushed = std::fflush(out.file.get()) == 0;
    const int error = errno;
    const bool closed = std::fclose(out.file.release()) == 0;
    if ((!all || !flushed || !closed) && first.empty())
      first = not_written(out.path, error == 0 ? errno : error);
  }
  return first;
}

}  // namespace gogoscope
