#include "scenarios/go/run_tool.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "scenarios/go/stop_signals.h"

namespace gogoscope {
namespace {

using Clock = std::chrono::steady_clock;

/// Nobody reads more of it.
constexpr std::size_t kMostPrinted = std::size_t{64} << 10;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& more) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const bool replaced = std::any_of(more.begin(), more.end(), [&](const auto& m) {
      return text.starts_with(m.first) && text.substr(m.first.size()).starts_with('=');
    });
    if (!replaced) out.emplace_back(text);
  }
  for (const auto& [name, value] : more) out.push_back(name + "=" + value);
  return out;
}

[[noreturn]] void become(const Tool& tool, int out, int started, char* const* arguments,
                         char* const* environment) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_DFL);
  const int nowhere = open("/dev/null", O_RDONLY);
  dup2(nowhere, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  if (chdir(tool.folder.c_str()) == 0) execve(tool.file.c_str(), arguments, environment);
  const int why = errno;
  if (write(started, &why, sizeof why) < 0) _exit(126);
  _exit(127);
}

void end(pid_t pid) {
  kill(-pid, SIGKILL);
  kill(pid, SIGKILL);
}

}  // namespace

ToolEnding run_tool(const Tool& tool) {
  ToolEnding out;
  std::vector<std::string> words{tool.file};
  words.insert(words.end(), tool.arguments.begin(), tool.arguments.end());
  std::vector<std::string> environment = environment_with(tool.environment);
  const std::vector<char*> arguments = pointers(words), variables = pointers(environment);
  int printed[2], started[2];
  if (pipe2(printed, O_CLOEXEC) != 0) return {ToolEnding::Kind::not_started, errno, ""};
  if (pipe2(started, O_CLOEXEC) != 0) {
    const int why = errno;
    for (const int fd : printed) close(fd);
    return {ToolEnding::Kind::not_started, why, ""};
  }
  const StopSignals signals;
  const pid_t pid = fork();
  if (pid == 0) become(tool, printed[1], started[1], arguments.data(), variables.data());
  int why = errno;
  close(printed[1]);
  close(started[1]);
  if (pid < 0) {
    close(printed[0]);
    close(started[0]);
    return {ToolEnding::Kind::not_started, why, ""};
  }
  const bool failed = read(started[0], &why, sizeof why) == sizeof why;
  close(started[0]);

  const auto deadline = Clock::now() + std::chrono::seconds(tool.seconds);
  bool too_long = false;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) too_long = true;
    if (too_long || signals.came()) end(pid);
    if (too_long || signals.came()) break;
    pollfd waits[] = {{printed[0], POLLIN, 0}, {signals.fd(), POLLIN, 0}};
    if (poll(waits, signals.fd() >= 0 ? 2 : 1, static_cast<int>(left)) <= 0 || waits[0].revents == 0)
      continue;
    char buffer[4096];
    const ssize_t n = read(printed[0], buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    const auto room = kMostPrinted - out.printed.size();
    out.printed.append(buffer, std::min(static_cast<std::size_t>(n), room));
  }
  close(printed[0]);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (failed) return {ToolEnding::Kind::not_started, why, ""};
  if (too_long)
    out.kind = ToolEnding::Kind::too_long;
  else if (signals.came())
    out.kind = ToolEnding::Kind::interrupted;
  else
    out.kind = WIFEXITED(status) ? ToolEnding::Kind::exited : ToolEnding::Kind::killed;
  out.code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  return out;
}

std::string find_tool(std::string_view name) {
  const char* const path = std::getenv("PATH");
  std::string_view rest = path == nullptr ? "/usr/local/bin:/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::size_t end_of_folder = std::min(rest.find(':'), rest.size());
    const std::filesystem::path folder(rest.substr(0, end_of_folder));
    rest.remove_prefix(std::min(end_of_folder + 1, rest.size()));
    // What PATH does not name from the root depends on where one stands.
    if (!folder.is_absolute()) continue;
    const std::string file = (folder / name).string();
    std::error_code error;
    if (std::filesystem::is_regular_file(file, error) && access(file.c_str(), X_OK) == 0) return file;
  }
  return {};
}

}  // namespace gogoscope
