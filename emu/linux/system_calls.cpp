#include "emu/linux/system_calls.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "emu/linux/absent.h"
#include "emu/linux/call.h"

namespace gogoscope::os {
namespace {

struct SystemCall {
  std::uint32_t number;
  const char* name;
  std::int64_t (*body)(Call&);  ///< null: it is known by name, and is not there
};

/// By number.
constexpr std::array kCalls = {
    SystemCall{0, "read", read},
    SystemCall{1, "write", write},
    SystemCall{2, "open", open},
    SystemCall{3, "close", close},
    SystemCall{5, "fstat", fstat},
    SystemCall{7, "poll", nullptr},
    SystemCall{8, "lseek", lseek},
    SystemCall{9, "mmap", mmap},
    SystemCall{10, "mprotect", mprotect},
    SystemCall{11, "munmap", munmap},
    SystemCall{12, "brk", brk},
    SystemCall{13, "rt_sigaction", rt_sigaction},
    SystemCall{14, "rt_sigprocmask", rt_sigprocmask},
    SystemCall{15, "rt_sigreturn", rt_sigreturn},
    SystemCall{16, "ioctl", ioctl},
    SystemCall{17, "pread64", pread64},
    SystemCall{18, "pwrite64", nullptr},
    SystemCall{19, "readv", nullptr},
    SystemCall{20, "writev", nullptr},
    SystemCall{22, "pipe", nullptr},
    SystemCall{24, "sched_yield", sched_yield},
    SystemCall{25, "mremap", nullptr},
    SystemCall{27, "mincore", mincore},
    SystemCall{28, "madvise", madvise},
    SystemCall{32, "dup", nullptr},
    SystemCall{33, "dup2", nullptr},
    SystemCall{34, "pause", nullptr},
    SystemCall{35, "nanosleep", nanosleep},
    SystemCall{38, "setitimer", nullptr},
    SystemCall{39, "getpid", getpid},
    SystemCall{40, "sendfile", nullptr},
    SystemCall{41, "socket", nullptr},
    SystemCall{42, "connect", nullptr},
    SystemCall{49, "bind", nullptr},
    SystemCall{50, "listen", nullptr},
    SystemCall{53, "socketpair", nullptr},
    SystemCall{56, "clone", clone},
    SystemCall{57, "fork", nullptr},
    SystemCall{58, "vfork", nullptr},
    SystemCall{59, "execve", nullptr},
    SystemCall{60, "exit", exit},
    SystemCall{61, "wait4", nullptr},
    SystemCall{62, "kill", kill},
    SystemCall{63, "uname", uname},
    SystemCall{72, "fcntl", fcntl},
    SystemCall{79, "getcwd", getcwd},
    SystemCall{80, "chdir", nullptr},
    SystemCall{82, "rename", nullptr},
    SystemCall{83, "mkdir", nullptr},
    SystemCall{87, "unlink", nullptr},
    SystemCall{89, "readlink", readlink},
    SystemCall{96, "gettimeofday", gettimeofday},
    SystemCall{97, "getrlimit", getrlimit},
    SystemCall{98, "getrusage", nullptr},
    SystemCall{101, "ptrace", nullptr},
    SystemCall{102, "getuid", user_id},
    SystemCall{104, "getgid", user_id},
    SystemCall{107, "geteuid", user_id},
    SystemCall{108, "getegid", user_id},
    SystemCall{110, "getppid", nothing_to_do},
    SystemCall{131, "sigaltstack", sigaltstack},
    SystemCall{157, "prctl", nullptr},
    SystemCall{158, "arch_prctl", arch_prctl},
    SystemCall{160, "setrlimit", nothing_to_do},
    SystemCall{186, "gettid", gettid},
    SystemCall{200, "tkill", tkill},
    SystemCall{202, "futex", futex},
    SystemCall{203, "sched_setaffinity", nullptr},
    SystemCall{204, "sched_getaffinity", sched_getaffinity},
    SystemCall{213, "epoll_create", epoll_create},
    SystemCall{217, "getdents64", nullptr},
    SystemCall{218, "set_tid_address", set_tid_address},
    SystemCall{222, "timer_create", nullptr},
    SystemCall{228, "clock_gettime", clock_gettime},
    SystemCall{230, "clock_nanosleep", clock_nanosleep},
    SystemCall{231, "exit_group", exit_group},
    SystemCall{232, "epoll_wait", epoll_wait},
    SystemCall{233, "epoll_ctl", epoll_ctl},
    SystemCall{234, "tgkill", tgkill},
    SystemCall{257, "openat", openat},
    SystemCall{258, "mkdirat", nullptr},
    SystemCall{262, "newfstatat", newfstatat},
    SystemCall{263, "unlinkat", nullptr},
    SystemCall{267, "readlinkat", readlinkat},
    SystemCall{273, "set_robust_list", nothing_to_do},
    SystemCall{281, "epoll_pwait", epoll_wait},
    SystemCall{288, "accept4", nullptr},
    SystemCall{290, "eventfd2", eventfd2},
    SystemCall{291, "epoll_create1", epoll_create1},
    SystemCall{292, "dup3", nullptr},
    SystemCall{293, "pipe2", pipe2},
    SystemCall{302, "prlimit64", prlimit64},
    SystemCall{318, "getrandom", getrandom},
    SystemCall{324, "membarrier", nullptr},
    SystemCall{332, "statx", nullptr},
    SystemCall{334, "rseq", nullptr},
    SystemCall{435, "clone3", nullptr},
    SystemCall{439, "faccessat2", nullptr},
};

const SystemCall* find(std::uint64_t number) {
  const auto found = std::ranges::lower_bound(kCalls, number, {}, &SystemCall::number);
  return found != kCalls.end() && found->number == number ? &*found : nullptr;
}

}  // namespace

std::string system_call_name(std::uint64_t number) {
  const SystemCall* const call = find(number);
  return call != nullptr ? call->name : fmt::format("system call {}", number);
}

void system_call(Gate& gate, const ProcessOptions& process) {
  gate.others_notice();
  Call call(gate, process);
  const std::uint64_t pc = gate.reg(Reg::rip);
  const SystemCall* const known = find(call.number());
  std::int64_t answer = kENOSYS;
  if (known != nullptr && known->body != nullptr) {
    answer = known->body(call);
  } else {
    call.absent(call.number());
  }
  if (call.waits()) return gate.jump(CodeAddr(pc));  // made again when there is something to answer
  if (call.has_set_all_registers()) return;
  call.done();
  constexpr std::uint64_t kLength = 2;
  gate.set_reg(Reg::rax, static_cast<std::uint64_t>(answer));
  gate.set_reg(Reg::rcx, pc + kLength);
  gate.set_reg(Reg::r11, gate.reg(Reg::rflags));
}

}  // namespace gogoscope::os
