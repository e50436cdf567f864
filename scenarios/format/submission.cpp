#include "scenarios/format/submission.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "emu/runtime/function.h"
#include "emu/runtime/program.h"
#include "scenarios/format/loader.h"
#include "scenarios/format/reader.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kRuntime = "runtime.";
constexpr std::string_view kFuncval = ".f";

bool is_link(const std::string& path) {
  struct stat status {};
  return lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

/// The scenario's own bodies, assembled but not linked.
plan9::Assembly assembled_bodies(const Scenario& scenario) {
  std::vector<plan9::Source> sources;
  if (!scenario.bodies.text.empty()) sources.push_back({std::string(kBodiesSource), scenario.bodies.text});
  for (const IncludedFile& one : scenario.includes) {
    if (!one.bodies.text.empty()) sources.push_back({one.name, one.bodies.text});
  }
  plan9::Options options = assembler_options(*lesson_release(scenario.go));
  options.include = own_folder_includes(scenario.path);
  return assemble(sources, options);
}

std::set<std::string> defined(const Scenario& scenario) {
  std::set<std::string> out;
  const plan9::Assembly assembly = assembled_bodies(scenario);
  if (!assembly.object) return out;
  for (const plan9::Symbol& symbol : assembly.object->symbols) {
    if (!symbol.file_local && symbol.made == plan9::MadeFuncval::no) out.insert(symbol.name);
  }
  return out;
}

/// An error at the first line of the text that names the symbol.
Diagnostic about_symbol(const SubmittedFile& file, const std::string& symbol, Message message) {
  Diagnostic out;
  out.file = file.path;
  out.line = out.column = 1;
  out.message = std::move(message);
  const std::string spelled = runtime::assembler_name(symbol) + "(";
  const std::size_t at = file.text.find(spelled);
  if (at == std::string::npos) return out;  // a macro has made it
  const std::string_view before = std::string_view(file.text).substr(0, at);
  out.line += static_cast<int>(std::ranges::count(before, '\n'));
  return out;
}

}  // namespace

void read_submission(const YamlNode& node, SectionReader& reader, Scenario& out) {
  if (!reader.expect_map(node, "submission", shapes().submission)) return;
  Submission submission;
  submission.mark = node.mark;
  const YamlNode* const file = node.find("file");
  if (file == nullptr) {
    reader.error(node.mark, {{"submission has no 'file'", "submission 没有 'file'"}});
    out.submission = std::move(submission);
    return;
  }
  submission.file = reader.text(*file, "file").value_or("");
  const bool plain = submission.file.find('/') == std::string::npos && submission.file.ends_with(".s");
  if (!submission.file.empty() && !plain) {
    reader.error(file->mark, {{"what is submitted is a file of assembly, such as student.s, without a folder",
                               "提交的是一个汇编文件，例如 student.s，不带目录"}});
  }
  const plan9::IncludeResolver beside = own_folder_includes(out.path);
  if (const YamlNode* const include = node.find("include")) {
    const bool one = include->kind != YamlNode::Kind::sequence;
    for (const YamlNode& item : one ? std::vector<YamlNode>{*include} : include->items) {
      const std::optional<std::string> name = reader.text(item, "include");
      if (!name) continue;
      if (const auto found = beside(*name); found.index() == 1) {
        reader.error(item.mark, {{"cannot include {name}: {why}", "不能包含 {name}：{why}"},
                                 {{"name", in_quotes(*name)}, {"why", std::get<Message>(found)}}});
      }
      submission.include.push_back(*name);
    }
  }
  if (plain) {
    const std::string path = (fs::path(out.path).parent_path() / submission.file).string();
    if (auto own = submitted_file(submission, path); own.index() == 0)
      out.submitted = std::get<SubmittedFile>(own);
  }
  out.submission = std::move(submission);
}

std::variant<SubmittedFile, Message> submitted_file(const Submission& submission, const std::string& path) {
  std::error_code error;
  const bool folder = fs::is_directory(path, error);
  const std::string file = folder ? (fs::path(path) / submission.file).string() : path;
  if (is_link(path) || is_link(file)) {
    return Message(
        {"this is a link: what it leads to was not handed in", "这是一个链接：它指向的文件并没有提交"});
  }
  if (folder && !fs::exists(file, error))
    return Message({"there is no {file} in this folder", "这个目录里没有 {file}"},
                   {{"file", submission.file}});
  auto text = read_input(file, kMaxScenarioBytes);
  if (auto* const why = std::get_if<Message>(&text)) return std::move(*why);
  if (std::get<std::string>(text).size() > kMaxScenarioBytes)
    return Message({"this file is larger than 1 MB", "这个文件超过 1 MB"});
  return SubmittedFile{submission.file, file, std::move(std::get<std::string>(text))};
}

plan9::IncludeResolver submission_includes(const Scenario& scenario) {
  return [listed = scenario.submission->include, beside = own_folder_includes(scenario.path)](
             std::string_view name) -> std::variant<plan9::Source, Message> {
    if (std::ranges::find(listed, name) != listed.end()) return beside(name);
    if (listed.empty()) return Message({"a submission includes no files", "提交的文件不能包含其他文件"});
    std::string known;
    for (const std::string& one : listed) known += (known.empty() ? "" : ", ") + one;
    return Message({"a submission may include only {known}", "提交的文件只能包含 {known}"},
                   {{"known", known}});
  };
}

Diagnostics check_bodies(const Scenario& scenario) {
  Diagnostics wrong = assembled_bodies(scenario).diagnostics;
  for (Diagnostic& one : wrong) one = in_file(std::move(one), scenario);
  return wrong;
}

Diagnostics check_submission(const Scenario& scenario) {
  const SubmittedFile& file = *scenario.submitted;
  plan9::Options options = assembler_options(*lesson_release(scenario.go));
  const plan9::Assembly own = assemble({{file.name, file.text, 1, submission_includes(scenario)}}, options);
  if (!own.object) {
    Diagnostics wrong = own.diagnostics;
    for (Diagnostic& one : wrong) {
      if (one.file == file.name) one.file = file.path;
    }
    return wrong;
  }
  const std::set<std::string> taken = defined(scenario);
  Diagnostics out;
  for (const plan9::Symbol& symbol : own.object->symbols) {
    if (symbol.file_local || symbol.made != plan9::MadeFuncval::no) continue;
    const std::string& name = symbol.name;
    const bool funcval =
        name.ends_with(kFuncval) && taken.contains(name.substr(0, name.size() - kFuncval.size()));
    if (name.starts_with(kRuntime)) {
      out.push_back(about_symbol(file, name,
                                 {{"{name} is of the runtime: a submission defines nothing there",
                                   "{name} 属于 runtime：提交的文件不能在那里定义"},
                                  {{"name", in_quotes(name)}}}));
    } else if (funcval || taken.contains(name)) {
      out.push_back(about_symbol(file, name,
                                 {{"{name} is defined by the exercise, not by what is handed in",
                                   "{name} 由练习定义，不由提交的文件定义"},
                                  {{"name", in_quotes(name)}}}));
    }
  }
  return out;
}

}  // namespace gogoscope
