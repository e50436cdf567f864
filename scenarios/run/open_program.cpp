#include "scenarios/run/open_program.h"

#include "asm/text/input_file.h"
#include "emu/layout/tested_releases.h"
#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "scenarios/format/process.h"
#include "scenarios/format/read_program.h"
#include "scenarios/go/go_program.h"
#include "scenarios/run/moments.h"
#include "scenarios/run/opening.h"

namespace gogoscope {
namespace {

NotOpened no_run(const std::string& path, const Message& why) {
  return {Message({"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", why}}), {}, ""};
}

NotOpened no_run(const std::string& path, const NoProgram& none) {
  NotOpened out = no_run(path, none.why);
  out.printed = none.printed;
  return out;
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

/// "HOST=GUEST", the last = being the one that counts; read from the host.
std::variant<ProcessFile, Message> file_of(const std::string& text) {
  const std::size_t at = text.rfind('=');
  if (at == std::string::npos || at == 0)
    return Message({"write HOST=GUEST: a file of yours, and the path at which the program finds it",
                    "请写 HOST=GUEST：你的一个文件，以及程序里它的路径"});
  auto bytes = read_input(text.substr(0, at), kMostFileBytes);
  if (auto* const why = std::get_if<Message>(&bytes)) return std::move(*why);
  return ProcessFile{text.substr(at + 1), std::move(std::get<std::string>(bytes))};
}

/// What the command line gives to a program.
std::variant<ProgramPlan, NotOpened> plan_of(const RunSource& source) {
  const ProgramRun& run = source.program;
  ProgramPlan plan;
  plan.path = source.path;
  plan.arguments = run.arguments;
  for (const std::string& variable : run.environment) {
    const std::size_t at = variable.find('=');
    if (at == std::string::npos || at == 0)
      return no_run("--env " + variable, Message({"write NAME=VALUE", "请写 NAME=VALUE"}));
    plan.environment.push_back(variable);
  }
  if (!run.input.empty()) {
    auto bytes = read_input(run.input, kMostFileBytes);
    if (auto* const why = std::get_if<Message>(&bytes)) return no_run("--stdin " + run.input, *why);
    plan.input = std::move(std::get<std::string>(bytes));
  }
  for (const std::string& file : run.files) {
    auto one = file_of(file);
    if (auto* const why = std::get_if<Message>(&one)) return no_run("--file " + file, *why);
    plan.files.push_back(std::move(std::get<ProcessFile>(one)));
  }
  return plan;
}

}  // namespace

std::variant<OpenedRun, NotOpened> open_program(const RunSource& source) {
  if (!source.case_name.empty() || !source.submission.empty()) {
    return no_run(source.path,
                  Message({"it is a program, which has no cases and takes nothing that is handed in",
                           "它是一个程序，没有各种情形，也不接受提交"}));
  }
  auto opened = go_program(source.path);
  if (const auto* const none = std::get_if<NoProgram>(&opened)) return no_run(source.path, *none);

  auto given = plan_of(source);
  if (auto* const why = std::get_if<NotOpened>(&given)) return std::move(*why);
  ProgramPlan& plan = std::get<ProgramPlan>(given);
  plan.binary = std::get<std::shared_ptr<const Binary>>(std::move(opened));
  MachineSettings machine;
  use_program_machine(machine);
  machine.procs = source.program.procs;
  machine.budget = source.program.steps;
  const auto made = make_process(plan, machine);
  if (const auto* const why = std::get_if<Message>(&made)) return no_run(source.path, *why);

  OpenedRun out;
  out.session = live_session(std::get<Program>(made));
  out.source = source;
  out.name = program_name(source.path);
  out.session->execute({CommandId::run, {}, StopMask{}});
  out.title = title_of(out.name, *plan.binary);
  out.start = start_of_main(out.session->trace());
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
