#include "scenarios/verbs/result_files.h"

#include <filesystem>
#include <iostream>

#include "scenarios/results/gradescope.h"
#include "scenarios/results/json.h"
#include "scenarios/results/junit.h"
#include "scenarios/results/markdown.h"
#include "scenarios/results/tap.h"

namespace gogoscope {
namespace {

Message not_written(const std::string& path, const Message& why) {
  return {{"the results cannot be written to {path}: {why}", "无法把结果写入 {path}：{why}"},
          {{"path", path}, {"why", why}}};
}

}  // namespace

Message ResultFiles::open(const TestOptions& options, Language language) {
  const auto add = [&](const std::string& path,
                       std::function<std::string(const SuiteResult&)> text) -> Message {
    if (path.empty()) return {};
    File out{path, {}, std::move(text)};
    if (path == "-") {
      if (takes_stdout_)
        return {{"only one kind of results can go to standard output", "只有一种结果能写到标准输出"}};
      takes_stdout_ = true;
    } else if (const Message why = out.file.open(path); !why.empty()) {
      return not_written(path, why);
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
    if (error) return not_written(gradescope_, why_not_written(error.value()));
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
    if (const Message why = write_file(path, one.text); !why.empty()) return not_written(path, why);
  }
  return {};
}

Message ResultFiles::write(const SuiteResult& suite) {
  Message first = gradescope_.empty() ? Message() : write_gradescope(suite);
  for (File& out : files_) {
    const std::string text = out.text(suite);
    if (!out.file.is_open()) {
      std::cout << text << std::flush;  // the end of the program looks whether that went well
      continue;
    }
    const Message why = out.file.write(text);
    if (!why.empty() && first.empty()) first = not_written(out.path, why);
  }
  return first;
}

}  // namespace gogoscope
