#include "scenarios/run/open_program.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "emu/linux/process.h"
#include "emu/live/live.h"

namespace gogoscope {
namespace {

constexpr std::string_view kElfMagic =
    "\x7f"
    "ELF";

NotOpened not_opened(const std::string& path, const Message& why) {
  return {Message({"{path}: {why}", "{path}：{why}"}, {{"path", path}, {"why", why}}), {}, ""};
}

}  // namespace

bool looks_like_program(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return false;
  std::ifstream in(path, std::ios::binary);
  std::string start(kElfMagic.size(), '\0');
  in.read(start.data(), static_cast<std::streamsize>(start.size()));
  return in && start == kElfMagic;
}

std::variant<OpenedRun, NotOpened> open_program(const RunSource& source) {
  if (!source.case_name.empty() || !source.submission.empty()) {
    return not_opened(source.path,
                      {{"it is a program, which has no cases and takes nothing that is handed in",
                        "它是一个程序，没有各种情形，也不接受提交"}});
  }
  std::error_code error;
  if (std::filesystem::file_size(source.path, error) > kMaxBinaryBytes && !error) {
    return not_opened(source.path,
                      {{"it has more than {n} MB", "它超过 {n} MB"}, {{"n", kMaxBinaryBytes >> 20}}});
  }
  std::ifstream in(source.path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return not_opened(source.path, {{"it cannot be read", "无法读取"}});
  const auto binary = read_binary(bytes);
  if (const auto* const why = std::get_if<Message>(&binary)) return not_opened(source.path, *why);

  ProcessOptions options;
  options.name = std::filesystem::path(source.path).filename().string();
  options.arguments = {"/" + options.name};
  options.arguments.insert(options.arguments.end(), source.program.arguments.begin(),
                           source.program.arguments.end());
  options.procs = source.program.procs;
  options.step_budget = source.program.steps;
  const auto made = make_process(std::get<Binary>(binary), options);
  if (const auto* const why = std::get_if<Message>(&made)) return not_opened(source.path, *why);

  OpenedRun out;
  out.session = live_session(std::get<Program>(made));
  out.source = source;
  out.name = options.name;
  out.session->execute({CommandId::run, {}, StopMask{}});
  return out;
}

}  // namespace gogoscope
