#include "emu/runtime/kernel.h"

#include "emu/machine/thread_calls.h"
#include "emu/machine/write_call.h"

namespace gogoscope::runtime::kernel {
namespace {

/// What is stored here is the kernel's own: no shared access of the slot.
class OwnMemory {
 public:
  explicit OwnMemory(Frame& x) : x_(x) {}
  std::uint64_t load(Addr addr, int size = 8) { return x_.load_private(addr.value(), size); }
  void store(Addr addr, int size, std::uint64_t value) { x_.store_private(addr.value(), size, value); }
  Gate& gate() { return x_.gate(); }

 private:
  Frame& x_;
};

ThreadCalls<OwnMemory> calls(Frame& x) {
  return {OwnMemory(x), ThreadTable(Addr(x.symbol("kernel.threads")), Addr(x.symbol("kernel.clock")),
                                    Addr(x.symbol("kernel.schedule")))};
}

}  // namespace

void clone(Frame& x, std::uint64_t thread, std::uint64_t fs_base, std::uint64_t sp, std::uint64_t pc) {
  if (calls(x).start(thread, fs_base, sp, pc)) return;
  x.stop({StopReason::throw_,
          Message({"gogoscope: no room for thread {thread}: this machine has {most} for the life of a run",
                   "gogoscope：没有地方放线程 {thread}：这台机器在一次运行中最多有 {most} 个线程"},
                  {{"thread", thread}, {"most", kMaxThreads}})
              .text(),
          0});
}

void futex_sleep(Frame& x, std::uint64_t addr, std::uint32_t value, std::int64_t ns) {
  x.gate().others_notice();
  if (x.load_private(addr, 4) == value) calls(x).sleep(Addr(addr), ns);
}

void futex_wake(Frame& x, std::uint64_t addr, std::uint32_t count) { calls(x).wake(Addr(addr), count); }

void sleep(Frame& x, std::int64_t ns) { calls(x).sleep(Addr(), ns < 0 ? 0 : ns); }

void yield(Frame& x) { calls(x).yield(); }

void exit_thread(Frame& x) { calls(x).exit(); }

bool mmap(Frame& x, std::uint64_t addr, std::uint64_t bytes) {
  x.gate().others_notice();
  return x.gate().map(Addr(addr), bytes);
}

std::uint64_t gettid(Frame& x) { return x.gate().thread() + std::uint64_t{1}; }

std::int64_t write(Frame& x, std::uint64_t fd, std::uint64_t buf, std::uint64_t count) {
  OwnMemory memory(x);
  return note_write(memory, Addr(x.symbol("kernel.write")), WriteWords::kMostOutput, fd, buf, count);
}

std::int64_t now(Frame& x) { return static_cast<std::int64_t>(calls(x).now()); }

}  // namespace gogoscope::runtime::kernel
