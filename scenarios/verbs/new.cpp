// new: a scenario to start from.
#include <filesystem>
#include <iostream>

#include "asm/text/output_file.h"
#include "asm/text/printable.h"
#include "scenarios/told/builtin.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

/// What editors look for; `gogoscope schema scenario` writes the file that it names.
constexpr std::string_view kModeline = "# yaml-language-server: $schema=scenario.schema.json\n";
constexpr std::string_view kSchemaWord = "# yaml-language-server:";

/// The program's path is written as seen from the new file, in quotes, for it may have any characters.
std::string text_with_program(const NewOptions& options) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path folder = fs::weakly_canonical(fs::absolute(options.path, error), error).parent_path();
  std::string path =
      fs::weakly_canonical(fs::absolute(options.program, error), error).lexically_relative(folder).string();
  for (std::size_t at = 0; (at = path.find('\'', at)) != std::string::npos; at += 2) path.insert(at, 1, '\'');
  std::string text(builtin::new_program());
  constexpr std::string_view kKey = "\nprogram: ", kWord = "PROGRAM\n";
  const std::size_t at = text.find(std::string(kKey) + std::string(kWord)) + kKey.size();
  return text.replace(at, kWord.size() - 1, "'" + path + "'");
}

/// The text of the scenario to start from; nothing, and the reason printed, if it cannot be read.
std::optional<std::string> text_of(const NewOptions& options, Language language) {
  const std::string& from = options.from;
  if (!options.program.empty()) return text_with_program(options);
  if (from.empty()) return std::string(builtin::new_scenario());
  auto read = read_scenario_file(from);
  if (const auto* const why = std::get_if<Message>(&read)) {
    complain(Message({"{file}: this file cannot be read: {why}", "{file}：无法读取这个文件：{why}"},
                     {{"file", from}, {"why", *why}}),
             language);
    return std::nullopt;
  }
  return std::move(std::get<std::string>(read));
}

/// Writes a file that is not there yet; why not, otherwise.
Message written(const std::string& path, const std::string& text) {
  OutputFile file;
  Message why = file.open(path, OutputFile::If::is_new);
  return why.empty() ? file.write(text) : why;
}

}  // namespace

int make_new(const NewOptions& options, Language language) {
  std::optional<std::string> text = text_of(options, language);
  if (!text) return kBadInput;
  if (text->find(kSchemaWord) == std::string::npos) text->insert(0, kModeline);
  // Includes are looked up beside the new file: what is not there is reported before anything is written.
  auto loaded = load_scenario_text(options.path, *text);
  if (auto* const wrong = std::get_if<Diagnostics>(&loaded)) {
    print_diagnostics(*wrong, language);
    return kBadInput;
  }
  if (const Message why = written(options.path, *text); !why.empty()) {
    complain(
        {{"{file} is not written: {why}", "没有写入 {file}：{why}"}, {{"file", options.path}, {"why", why}}},
        language);
    return kBadInput;
  }
  const Message done({"{file}: written; for completion in an editor, beside it: "
                      "gogoscope schema scenario > scenario.schema.json",
                      "{file}：已写入；要让编辑器补全，在旁边执行："
                      "gogoscope schema scenario > scenario.schema.json"},
                     {{"file", options.path}});
  std::cout << printable(done.in(language)) << "\n";
  return kOk;
}

}  // namespace gogoscope
