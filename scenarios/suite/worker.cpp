#include "scenarios/suite/worker.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>

#include "scenarios/results/json.h"

namespace gogoscope {
namespace {

/// A result is its length, as eight bytes, and its JSON.
using Length = std::uint64_t;
/// No case has as much to say.
constexpr Length kLongestResult = Length{64} << 20;

bool send_all(int fd, const void* data, std::size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t n = send(fd, at, size, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

bool receive_all(int fd, void* data, std::size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t n = recv(fd, at, size, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += n;
    size -= static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

Worker::Worker(const std::vector<Case>& cases, const Work& work, std::span<const int> others) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    for (const int fd : others) close(fd);
    // Ctrl-C goes to all processes of a terminal: the one that hands out the work decides what happens.
    signal(SIGINT, SIG_IGN);
    for (const int number : {SIGTERM, SIGHUP, SIGPIPE}) signal(number, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0);
    serve(ends[1], cases, work);
  }
  const int why = errno;
  close(ends[1]);
  if (pid < 0) {
    close(ends[0]);
    errno = why;
    return;
  }
  pid_ = pid;
  fd_ = ends[0];
}

Worker::~Worker() {
  if (pid_ > 0) kill();
  if (pid_ > 0) ending();
  if (fd_ >= 0) close(fd_);
}

void Worker::serve(int fd, const std::vector<Case>& cases, const Work& work) {
  Length index = 0;
  while (receive_all(fd, &index, sizeof index) && index < cases.size()) {
    const std::string line = to_json_line(work(cases[index]));
    const Length length = line.size();
    if (!send_all(fd, &length, sizeof length) || !send_all(fd, line.data(), line.size())) break;
  }
  _exit(0);  // its buffers and exit handlers are copies of ours
}

bool Worker::give(std::size_t index) {
  const Length number = index;
  if (!send_all(fd_, &number, sizeof number)) return false;
  busy_ = index;
  heard_.clear();
  return true;
}

Worker::Heard Worker::hear(CaseResult& out) {
  char buffer[1 << 16];
  const ssize_t n = recv(fd_, buffer, sizeof buffer, MSG_DONTWAIT);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return Heard::nothing;
  if (n <= 0) return Heard::end;
  heard_.append(buffer, static_cast<std::size_t>(n));
  Length length = 0;
  if (heard_.size() < sizeof length) return Heard::nothing;
  std::memcpy(&length, heard_.data(), sizeof length);
  if (length > kLongestResult) return Heard::end;
  if (heard_.size() < sizeof length + length) return Heard::nothing;
  auto read = case_from_json(std::string_view(heard_).substr(sizeof length));
  if (read.index() == 1) return Heard::end;
  out = std::move(std::get<CaseResult>(read));
  busy_.reset();
  return Heard::result;
}

void Worker::kill() { ::kill(pid_, SIGKILL); }

Message Worker::ending() {
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  if (WIFSIGNALED(status)) {
    const int number = WTERMSIG(status);
    return {{"signal {n} ({name}) ended its process", "信号 {n}（{name}）结束了它的进程"},
            {{"n", number}, {"name", strsignal(number)}}};
  }
  return {
      {"its process ended with code {code} and without a result", "它的进程以代码 {code} 结束，没有给出结果"},
      {{"code", WIFEXITED(status) ? WEXITSTATUS(status) : -1}}};
}

std::uint64_t Worker::resident() const {
  std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
  std::uint64_t size = 0, pages = 0;
  statm >> size >> pages;
  return statm ? pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)) : 0;
}

}  // namespace gogoscope
