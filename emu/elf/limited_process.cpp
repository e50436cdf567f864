#include "emu/elf/limited_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <new>

namespace gogoscope {
namespace {

constexpr int kNoMemory = 3, kNoLimits = 4;

std::uint64_t address_space() {
  std::ifstream statm("/proc/self/statm");
  std::uint64_t pages = 0;
  statm >> pages;
  return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool limit(int what, std::uint64_t most) {
  const rlimit both{most, most};
  return setrlimit(static_cast<__rlimit_resource>(what), &both) == 0;
}

/// Whatever the C library has to say of a damaged heap is not for the user's terminal.
void silence() {
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, fd);
}

[[noreturn]] void serve(int fd, const std::function<std::string()>& work, const ProcessLimits& limits) {
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXCPU}) signal(number, SIG_DFL);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  silence();
  const bool limited = limit(RLIMIT_AS, address_space() + limits.memory) &&
                       limit(RLIMIT_CPU, limits.cpu_seconds) && limit(RLIMIT_NOFILE, 0) &&
                       limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0);
  if (!limited) _exit(kNoLimits);
  try {
    const std::string answer = work();
    const char* at = answer.data();
    for (std::size_t left = answer.size(); left > 0;) {
      const ssize_t n = write(fd, at, left);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) _exit(1);
      at += n;
      left -= static_cast<std::size_t>(n);
    }
  } catch (const std::bad_alloc&) {
    _exit(kNoMemory);
  }
  _exit(0);  // its buffers and exit handlers are copies of ours
}

/// All that comes until the other end is closed, at most `most` bytes and one more.
std::string received(int fd, std::uint64_t most) {
  std::string out;
  constexpr std::size_t kPiece = 1 << 16;
  for (;;) {
    const std::size_t had = out.size();
    out.resize(had + kPiece);
    const ssize_t n = read(fd, out.data() + had, kPiece);
    out.resize(had + static_cast<std::size_t>(n > 0 ? n : 0));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0 || out.size() > most) return out;
  }
}

Message how_it_ended(int status, const ProcessLimits& limits) {
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
    return {{"reading it took more than {n} s", "读取它用了超过 {n} 秒"}, {{"n", limits.cpu_seconds}}};
  }
  if (WIFSIGNALED(status)) {
    return {{"it is damaged: signal {n} ({name}) ended the process that read it",
             "它已损坏：信号 {n}（{name}）结束了读取它的进程"},
            {{"n", WTERMSIG(status)}, {"name", strsignal(WTERMSIG(status))}}};
  }
  const int code = WEXITSTATUS(status);
  if (code == kNoMemory) {
    return {
        {"reading it takes more memory than the {n} MB that it may", "读取它需要的内存超过了允许的 {n} MB"},
        {{"n", limits.memory >> 20}}};
  }
  if (code == kNoLimits) {
    return {{"the process that reads it could not be limited", "无法给读取它的进程加上限制"}};
  }
  return {{"the process that read it ended with code {code}", "读取它的进程以代码 {code} 结束"},
          {{"code", code}}};
}

Message no_process(int error) {
  return {{"no process could be started to read it: {why}", "无法启动读取它的进程：{why}"},
          {{"why", std::strerror(error)}}};
}

}  // namespace

std::variant<std::string, Message> in_limited_process(const std::function<std::string()>& work,
                                                      const ProcessLimits& limits) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return no_process(errno);
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    serve(ends[1], work, limits);
  }
  const int why = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    return no_process(why);
  }
  std::string answer = received(ends[0], limits.answer);
  close(ends[0]);
  if (answer.size() > limits.answer) kill(pid, SIGTERM);
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  if (answer.size() > limits.answer) {
    return Message({"what it says of itself takes more than {n} MB", "它的自述信息超过 {n} MB"},
                   {{"n", limits.answer >> 20}});
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return answer;
  return how_it_ended(status, limits);
}

}  // namespace gogoscope
