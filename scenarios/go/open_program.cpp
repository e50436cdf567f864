#include "scenarios/go/open_program.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "emu/layout/program_release.h"
#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "scenarios/go/go_program.h"
#include "scenarios/run/opening.h"

namespace gogoscope {
namespace {

namespace fs = std::filesystem;

bool is_elf(const std::string& path) {
  constexpr std::string_view kMagic =
      "\x7f"
      "ELF";
  std::ifstream in(path, std::ios::binary);
  std::string start(kMagic.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && start == kMagic;
}

bool has_go_files(const std::string& folder) {
  std::error_code error;
  const fs::directory_iterator files(folder, error);
  return !error && std::any_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return file.path().extension() == ".go";
  });
}

NotOpened no_run(const std::string& path, const Message& why) {
  return {Message({"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", why}}), {}, ""};
}

NotOpened no_run(const std::string& path, const NoProgram& none) {
  NotOpened out = no_run(path, none.why);
  out.printed = none.printed;
  return out;
}

/// "hello" of "/home/me/hello", "hello.go" and "hello/".
std::string name_of(const std::string& path) {
  const fs::path whole = fs::path(path).lexically_normal();
  const std::string name = (whole.has_filename() ? whole : whole.parent_path()).stem().string();
  return name.empty() || name == "." ? "program" : name;
}

/// The first instruction of main.main, behind the boot of m0 and what package variables and init functions
/// do; nothing in a run that does not come so far.
std::optional<std::uint64_t> start_of_main(const Session& session) {
  const Function* const main = session.guest().code.function("main.main");
  if (main == nullptr) return std::nullopt;
  for (Cursor cursor(session.trace()); !cursor.at_end(); cursor.forward()) {
    if (cursor.state().pc() == main->entry) return cursor.position();
  }
  return std::nullopt;
}

/// What is known of a program depends on the release that built it.
Text title_of(const std::string& name, const Binary& binary) {
  const Message tested({"{name}: a program built by {go}", "{name}：由 {go} 构建的程序"},
                       {{"name", name}, {"go", binary.go}});
  const Message untested({"{name}: a program built by {go}, a release that no test has run",
                          "{name}：由 {go} 构建的程序，这个版本没有测试运行过"},
                         {{"name", name}, {"go", binary.go}});
  const Message& title = is_tested_release(binary.layout.release()) ? tested : untested;
  return {title.in(Language::en), title.in(Language::zh)};
}

}  // namespace

bool leads_to_program(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return has_go_files(path);
  if (!fs::is_regular_file(path, error)) return path.ends_with(".go");
  return path.ends_with(".go") || is_elf(path);
}

std::variant<OpenedRun, NotOpened> open_program(const RunSource& source) {
  if (!source.case_name.empty() || !source.submission.empty()) {
    return no_run(source.path,
                  Message({"it is a program, which has no cases and takes nothing that is handed in",
                           "它是一个程序，没有各种情形，也不接受提交"}));
  }
  const auto binary = open_go_program(source.path);
  if (const auto* const none = std::get_if<NoProgram>(&binary)) return no_run(source.path, *none);

  ProcessOptions options;
  options.name = name_of(source.path);
  options.arguments = {"/" + options.name};
  options.arguments.insert(options.arguments.end(), source.program.arguments.begin(),
                           source.program.arguments.end());
  options.procs = source.program.procs;
  options.step_budget = source.program.steps;
  options.sources = sources_of(std::get<Binary>(binary));
  const auto made = make_process(std::get<Binary>(binary), options);
  if (const auto* const why = std::get_if<Message>(&made)) return no_run(source.path, *why);

  OpenedRun out;
  out.session = live_session(std::get<Program>(made));
  out.source = source;
  out.name = options.name;
  out.session->execute({CommandId::run, {}, StopMask{}});
  out.title = title_of(options.name, std::get<Binary>(binary));
  out.start = start_of_main(*out.session);
  return out;
}

std::variant<OpenedRun, NotOpened> open_source(const RunSource& source) {
  return leads_to_program(source.path) ? open_program(source) : open_run_from(source);
}

std::variant<OpenedRun, NotOpened> open_source_without(const RunSource& source, const LeftOutLine& line) {
  if (!leads_to_program(source.path)) return open_run_without(source, line);
  return no_run(source.path,
                Message({"it is a program, whose runtime is its own", "它是一个程序，运行时是它自己的"}));
}

}  // namespace gogoscope
