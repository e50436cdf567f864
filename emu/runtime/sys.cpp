// sys_linux_amd64.s and os_linux.go: the system calls that threads need. The
// kernel's part is emu/runtime/kernel.h.
#include "emu/runtime/functions.h"
#include "emu/runtime/kernel.h"

namespace gogoscope::runtime {

namespace {

constexpr FrameSize kLeaf{.bytes = 0, .stack_check = false};

}  // namespace

GoFunction futexsleep(const Go&) {
  GoFunction f(sig::futexsleep, {.bytes = 0, .stack_check = false, .ours = true});
  const Var addr = f.param("addr"), val = f.param("val"), ns = f.param("ns");
  f.line("func futexsleep(addr *uint32, val uint32, ns int64) {");
  f.line(
       "    futex(addr, _FUTEX_WAIT_PRIVATE, val, ns)  // sleeps only if "
       "*addr is still val")
      .does([=](Frame& x) {
        kernel::futex_sleep(x, x.get(addr), static_cast<std::uint32_t>(x.get(val)),
                            static_cast<std::int64_t>(x.get(ns)));
      });
  f.line("}").ret();
  return f;
}

GoFunction futexwakeup(const Go&) {
  GoFunction f(sig::futexwakeup, {.bytes = 0, .stack_check = false, .ours = true});
  const Var addr = f.param("addr"), cnt = f.param("cnt");
  f.line("func futexwakeup(addr *uint32, cnt uint32) {");
  f.line("    futex(addr, _FUTEX_WAKE_PRIVATE, cnt)").does([=](Frame& x) {
    kernel::futex_wake(x, x.get(addr), static_cast<std::uint32_t>(x.get(cnt)));
  });
  f.line("}").ret();
  return f;
}

GoFunction usleep(const Go&) {
  GoFunction f(sig::usleep, kLeaf);
  const Var usec = f.param("usec");
  f.line("func usleep(usec uint32) {  // the system call nanosleep").does([=](Frame& x) {
    kernel::sleep(x, static_cast<std::int64_t>(x.get(usec) * 1000));
  });
  f.line("}").ret();
  return f;
}

GoFunction osyield(const Go&) {
  GoFunction f(sig::osyield, kLeaf);
  f.line("func osyield() {  // the system call sched_yield").does([](Frame& x) { kernel::yield(x); });
  f.line("}").ret();
  return f;
}

GoFunction nanotime(const Go&) {
  GoFunction f(sig::nanotime, kLeaf);
  const Var ns = f.result("ns");
  f.line(
       "func nanotime() int64 {  // the clock of this machine, which is not "
       "yours")
      .set(ns, [](Frame& x) { return kernel::now(x); });
  f.line("}").ret();
  return f;
}

GoFunction write1(const Go&) {
  GoFunction f(sig::write1, kLeaf);
  const Var fd = f.param("fd"), p = f.param("p"), n = f.param("n"), ret = f.result("ret");
  f.line("TEXT runtime·write1(SB),NOSPLIT,$0-28");
  f.line("    MOVL $SYS_write, AX; SYSCALL  // write(fd, p, n): how many bytes were written")
      .does([=](Frame& x) {
        x.set(ret, static_cast<std::uint64_t>(kernel::write(x, x.get(fd), x.get(p), x.get(n))));
      });
  f.line("    RET").ret();
  return f;
}

GoFunction exitThread(const Go&) {
  GoFunction f(sig::exitThread, kLeaf);
  const Var wait = f.param("wait");
  f.line("TEXT runtime·exitThread(SB),NOSPLIT,$0-8");
  f.line("    MOVL $0, (wait)  // done with the stack: allocm may free it").stores([=](Frame& x) {
    x.store(x.get(wait), 4, 0);
  });
  f.line("    exit(0)  // this thread only").does([](Frame& x) { kernel::exit_thread(x); });
  f.line("    INT $3  // not reached").instruction("INT $3");
  return f;
}

}  // namespace gogoscope::runtime
