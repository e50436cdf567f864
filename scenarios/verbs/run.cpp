// run: a Go program, as a shell would run it: what it writes comes out, and then how it ended.
#include <filesystem>
#include <iostream>

#include "asm/text/input_file.h"
#include "asm/text/printable.h"
#include "emu/linux/absent.h"
#include "scenarios/run/open_program.h"
#include "scenarios/told/ending.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {
namespace {

Message why_no_program(const std::string& path) {
  if (const Message why = why_unreadable(path); !why.empty() && !std::filesystem::is_directory(path))
    return {{"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", why}}};
  return {
      {"{path} is not a program, which is an ELF file, a .go file or a folder with some in it; `gogoscope "
       "walk` shows what a scenario does",
       "{path} 不是程序：程序是 ELF 文件、.go 文件或含有 .go 文件的目录；场景用 `gogoscope walk` 来看"},
      {{"path", path}}};
}

}  // namespace

int run(const RunOptions& options, Language language) {
  if (!leads_to_program(options.source.path)) {
    complain(why_no_program(options.source.path), language);
    return kBadInput;
  }
  const std::optional<OpenedRun> opened = open_or_complain(options.source, language);
  if (!opened) return kBadInput;
  Session& session = *opened->session;
  for (const Event& event : session.events()) {
    const auto* const write = event.as<Write>();
    if (write == nullptr) continue;
    std::cout.flush();
    (write->fd == 2 ? std::cerr : std::cout) << write->text;
  }
  std::cout.flush();

  const Trace& record = session.trace();
  const Stop* const end = record.end();
  if (end == nullptr) {
    complain({{"it goes on after {n} steps; --steps gives it more",
               "{n} 步之后它还在继续；用 --steps 可以给它更多"},
              {{"n", record.steps()}}},
             language);
  } else {
    complain({{"{end} after {n} steps", "{n} 步之后：{end}"},
              {{"end", end_lines(record, language).front()}, {"n", record.steps()}}},
             language);
  }
  Cursor last(record);
  last.seek(record.steps());
  for (const os::Absent& absent : os::absent(record.guest(), last.state())) {
    complain(
        {{"it asked for {what} {n} {times}, which is not there", "它请求了 {what} {n} {times}，而这里没有"},
         {{"what", absent.name},
          {"n", absent.times},
          {"times", TextView{absent.times == 1 ? "time" : "times", "次"}}}},
        language);
  }
  return end != nullptr && process_exit_code(*end) == 0 ? kOk : kFailed;
}

}  // namespace gogoscope
