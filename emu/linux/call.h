// A system call on its way: its arguments, the memory of the process and that of the kernel. Private to this
// folder.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "emu/linux/process.h"
#include "emu/linux/words.h"
#include "emu/machine/thread_calls.h"

namespace gogoscope::os {

/// Negative, as a system call answers them.
enum Error : std::int64_t {
  kEPERM = -1,
  kENOENT = -2,
  kESRCH = -3,
  kEINTR = -4,
  kEBADF = -9,
  kEAGAIN = -11,
  kENOMEM = -12,
  kEACCES = -13,
  kEFAULT = -14,
  kEEXIST = -17,
  kENODEV = -19,
  kENOTDIR = -20,
  kEINVAL = -22,
  kEMFILE = -24,
  kENOTTY = -25,
  kENOSPC = -28,
  kESPIPE = -29,
  kEROFS = -30,
  kEPIPE = -32,
  kENAMETOOLONG = -36,
  kENOSYS = -38,
  kETIMEDOUT = -110,
};

/// The kernel's own words, for ThreadCalls and note_write.
class KernelMemory {
 public:
  explicit KernelMemory(Gate& gate) : gate_(&gate) {}
  std::uint64_t load(Addr addr, int size = 8) { return gate_->load(addr, size); }
  /// Words that stay as they are need no store.
  void store(Addr addr, int size, std::uint64_t value) { gate_->store(addr, size, value); }
  Gate& gate() { return *gate_; }

 private:
  Gate* gate_;
};

class Call {
 public:
  Call(Gate& gate, const ProcessOptions& process)
      : gate_(gate), process_(process), args_{gate.reg(Reg::rdi), gate.reg(Reg::rsi), gate.reg(Reg::rdx),
                                              gate.reg(Reg::r10), gate.reg(Reg::r8),  gate.reg(Reg::r9)} {}

  Gate& gate() { return gate_; }
  const ProcessOptions& process() const { return process_; }
  std::uint64_t number() const { return gate_.reg(Reg::rax); }
  std::uint64_t arg(std::size_t n) const { return args_[n]; }
  std::int32_t int_arg(std::size_t n) const { return static_cast<std::int32_t>(args_[n]); }
  ThreadId thread() const { return gate_.thread(); }
  ThreadCalls<KernelMemory> threads() {
    return {KernelMemory(gate_), ThreadTable(Words::kThreads, Words::kClock, Words::kSchedule)};
  }

  // The kernel's memory.
  std::uint64_t load(Addr addr, int size = 8) { return gate_.load(addr, size); }
  void set(Addr addr, std::uint64_t value) {
    if (gate_.load(addr, 8) != value) gate_.store(addr, 8, value);
  }
  Addr task(std::uint64_t word) const { return task_of(thread(), word); }
  static Addr task_of(std::uint64_t thread, std::uint64_t word) {
    return Words::kTasks + static_cast<std::int64_t>(thread * TaskRow::kSize + word);
  }

  // The memory of the process: false, or nothing, where it may not use it itself.
  std::optional<std::uint64_t> get(std::uint64_t addr, int size = 8) {
    if (!gate_.readable(Addr(addr), static_cast<std::uint64_t>(size))) return std::nullopt;
    return gate_.load(Addr(addr), size);
  }
  bool put(std::uint64_t addr, std::uint64_t value, int size = 8) {
    if (!gate_.writable(Addr(addr), static_cast<std::uint64_t>(size))) return false;
    gate_.store(Addr(addr), size, value);
    return true;
  }
  bool put(std::uint64_t addr, std::string_view bytes);
  /// A string that ends with 0, of kPathMost bytes at most.
  std::optional<std::string> path(std::uint64_t addr);
  static constexpr std::uint64_t kPathMost = 4096;
  /// Seconds and ns in one number; nothing where it is no time.
  std::optional<std::uint64_t> timespec(std::uint64_t addr);

  /// Between any two places, 8 bytes at a time; whoever calls has looked whether that is legal.
  void copy(Addr from, Addr to, std::uint64_t bytes);

  /// What a signal does to a call that sleeps: a handler that asks for it (SA_RESTART) has it made again.
  enum class Interrupted : std::uint8_t { ends, restarts };
  /// The thread sleeps, and its call has returned when it wakes. ns: nothing for ever. `remainder`: where a
  /// signal that interrupts it says how much time was left, or 0.
  void sleep(Addr on, std::optional<std::uint64_t> ns, Interrupted interrupted, std::uint64_t remainder = 0);
  /// The thread sleeps on an address of the kernel's, and the call is made again when it is woken, or at the
  /// deadline. False: the deadline has passed.
  bool wait(Addr on, std::optional<std::uint64_t> ns, Interrupted interrupted);
  /// The call has its answer: what `wait` kept is forgotten.
  void done() { set(task(TaskRow::kWaitsUntil), 0); }
  bool waits() const { return waits_; }
  /// rt_sigreturn has no answer: it gives all registers a value.
  void sets_all_registers() { sets_all_registers_ = true; }
  bool has_set_all_registers() const { return sets_all_registers_; }

  /// Notes that something was asked for that is not there.
  void absent(std::uint64_t what);

 private:
  Gate& gate_;
  const ProcessOptions& process_;
  std::array<std::uint64_t, 6> args_;
  void may_be_interrupted(Interrupted interrupted, std::uint64_t remainder);

  bool waits_ = false;
  bool sets_all_registers_ = false;
};

// The calls, by the file that has them. What waits answers anything.

// threads.cpp
std::int64_t clone(Call& c);
std::int64_t futex(Call& c);
std::int64_t exit(Call& c);
std::int64_t exit_group(Call& c);
std::int64_t sched_yield(Call& c);
std::int64_t sched_getaffinity(Call& c);
std::int64_t gettid(Call& c);
std::int64_t getpid(Call& c);
std::int64_t set_tid_address(Call& c);
std::int64_t arch_prctl(Call& c);
void end_process(Call& c, int code, std::string how);

// memory.cpp
std::int64_t mmap(Call& c);
std::int64_t munmap(Call& c);
std::int64_t mprotect(Call& c);
std::int64_t madvise(Call& c);
std::int64_t mincore(Call& c);
std::int64_t brk(Call& c);
/// Whether the process has something there, with any rights.
bool is_mapped(Call& c, Addr addr);

// time.cpp
std::int64_t nanosleep(Call& c);
std::int64_t clock_nanosleep(Call& c);
std::int64_t clock_gettime(Call& c);
std::int64_t gettimeofday(Call& c);

// signals.cpp, signal_delivery.cpp
std::int64_t rt_sigaction(Call& c);
std::int64_t rt_sigprocmask(Call& c);
std::int64_t sigaltstack(Call& c);
std::int64_t kill(Call& c);
std::int64_t tkill(Call& c);
std::int64_t tgkill(Call& c);
std::int64_t rt_sigreturn(Call& c);

// files.cpp
std::int64_t read(Call& c);
std::int64_t pread64(Call& c);
std::int64_t write(Call& c);
std::int64_t openat(Call& c);
std::int64_t open(Call& c);
std::int64_t close(Call& c);
std::int64_t lseek(Call& c);
std::int64_t fcntl(Call& c);
std::int64_t fstat(Call& c);
std::int64_t newfstatat(Call& c);
std::int64_t pipe2(Call& c);
std::int64_t eventfd2(Call& c);
std::int64_t ioctl(Call& c);
std::int64_t readlinkat(Call& c);
std::int64_t readlink(Call& c);
std::int64_t getcwd(Call& c);

// polls.cpp
std::int64_t epoll_create(Call& c);
std::int64_t epoll_create1(Call& c);
std::int64_t epoll_ctl(Call& c);
std::int64_t epoll_wait(Call& c);
/// Something happened to what these descriptors have open: whoever watches them for `events` is told.
void notice(Call& c, FileRow::Kind kind, std::uint64_t object, std::uint32_t events);
void forget_watches(Call& c, std::uint64_t file);

// system.cpp
std::int64_t uname(Call& c);
std::int64_t getrandom(Call& c);
std::int64_t prlimit64(Call& c);
std::int64_t getrlimit(Call& c);
std::int64_t user_id(Call& c);
std::int64_t nothing_to_do(Call& c);
void cpuid(Gate& gate);
void time_stamp(Gate& gate);

}  // namespace gogoscope::os
