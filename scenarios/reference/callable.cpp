#include "scenarios/reference/callable.h"

#include <fmt/format.h>

#include "emu/runtime/functions.h"

namespace gogoscope {
namespace {

namespace sig = runtime::sig;

constexpr std::string_view kTwoTasks = R"(TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)        // the worker runs before this returns
    RET

TEXT main·worker(SB), NOSPLIT, $0-0
    RET
)";

constexpr std::string_view kNewproc = R"(DATA main·add·f+0(SB)/8, $main·add(SB)
GLOBL main·add·f(SB), NOPTR, $8
GLOBL main·sum(SB), NOPTR, $8

TEXT main·main(SB), $32-0
    MOVL $16, 0(SP)                 // siz: bytes of arguments of the new goroutine's function
    LEAQ main·add·f(SB), AX
    MOVQ AX, 8(SP)                  // fn: a func value, which points to the code's address
    MOVQ $7, 16(SP)                 // the arguments follow
    MOVQ $9, 24(SP)
    CALL runtime·newproc(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·add(SB), NOSPLIT, $0-16
    MOVQ a+0(FP), AX
    ADDQ b+8(FP), AX
    MOVQ AX, main·sum(SB)
    RET
)";

constexpr std::string_view kGoyield = R"(TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·worker(SB), $0-0
    CALL runtime·goyield(SB)        // to the tail of this P's own queue: main, in the global one, waits longer
    RET
)";

constexpr std::string_view kGoexit = R"(TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·worker(SB), $0-0
    CALL main·leave(SB)
    INCQ main·after(SB)             // never
    RET

TEXT main·leave(SB), $0-0
    CALL runtime·Goexit(SB)
    RET                             // never

GLOBL main·after(SB), NOPTR, $8
)";

constexpr std::string_view kDefer = R"(DATA main·cleanup·f+0(SB)/8, $main·cleanup(SB)
GLOBL main·cleanup·f(SB), NOPTR, $8
GLOBL main·cleaned(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    MOVL $0, 0(SP)                  // siz: a deferred function has no arguments here
    LEAQ main·cleanup·f(SB), AX
    MOVQ AX, 8(SP)                  // fn: a func value
    CALL runtime·deferproc(SB)
    CALL runtime·deferreturn(SB)    // before RET of the function that deferred
    RET

TEXT main·cleanup(SB), NOSPLIT, $0-0
    MOVQ $1, main·cleaned(SB)
    RET
)";

constexpr std::string_view kPark = R"(DATA main·unlockf·f+0(SB)/8, $main·unlockf(SB)
GLOBL main·unlockf·f(SB), NOPTR, $8
GLOBL main·waiter(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    GO   main·wait(SB)
    CALL runtime·Gosched(SB)
    MOVQ main·waiter(SB), AX
    MOVQ AX, 0(SP)                  // gp
    MOVQ $1, 8(SP)                  // traceskip
    CALL runtime·goready(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·wait(SB), $40-0
    LEAQ main·unlockf·f(SB), AX
    MOVQ AX, 0(SP)                  // unlockf: a func value, or 0
    LEAQ main·waiter(SB), AX
    MOVQ AX, 8(SP)                  // lock: what unlockf gets as its second argument
    MOVB $14, 16(SP)                // reason: waitReasonChanReceive
    MOVB $0, 17(SP)                 // traceEv
    MOVQ $1, 24(SP)                 // traceskip
    CALL runtime·gopark(SB)
    RET

// func(gp *g, lock unsafe.Pointer) bool, called on g0: false means "do not sleep after all"
TEXT main·unlockf(SB), NOSPLIT, $0-24
    MOVQ gp+0(FP), AX
    MOVQ lock+8(FP), BX
    MOVQ AX, 0(BX)                  // now somebody can find the waiter
    MOVB $1, ok+16(FP)
    RET
)";

constexpr std::string_view kLockThread = R"(TEXT main·main(SB), $16-0
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    CALL runtime·Gosched(SB)
    RET

TEXT main·worker(SB), $0-0
    CALL runtime·LockOSThread(SB)
    CALL runtime·Gosched(SB)        // no other M may continue it
    CALL runtime·UnlockOSThread(SB)
    RET
)";

constexpr std::string_view kLockInternal = R"(TEXT main·main(SB), $0-0
    CALL runtime·lockOSThread(SB)
    CALL runtime·unlockOSThread(SB) // a goroutine that ends without it is a throw
    RET
)";

constexpr std::string_view kMutex =
    R"(GLOBL main·mu(SB), NOPTR, $8            // a mutex of the runtime is one word
GLOBL main·n(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    LEAQ main·mu(SB), AX
    MOVQ AX, 0(SP)
    CALL runtime·lock2(SB)          // the M does not schedule while it holds one
    INCQ main·n(SB)
    LEAQ main·mu(SB), AX            // no register but SP and BP survives a CALL
    MOVQ AX, 0(SP)
    CALL runtime·unlock2(SB)
    RET
)";

constexpr std::string_view kSyscall = R"(TEXT main·main(SB), $16-0
    CALL runtime·entersyscall(SB)   // the P stays behind, for sysmon to take
    MOVL $100, 0(SP)                // usec
    CALL runtime·usleep(SB)
    CALL runtime·exitsyscall(SB)
    RET
)";

constexpr std::string_view kUsleep = R"(TEXT main·main(SB), $16-0
    MOVL $20, 0(SP)                 // usec: the thread sleeps, and its P with it
    CALL runtime·usleep(SB)
    RET
)";

constexpr std::string_view kOsyield = R"(TEXT main·main(SB), $16-0
    CALL runtime·osyield(SB)        // the thread gives up its turn, the goroutine keeps its M
    RET
)";

constexpr std::string_view kNanotime = R"(GLOBL main·elapsed(SB), NOPTR, $8

TEXT main·main(SB), $24-0
    CALL runtime·nanotime(SB)
    MOVQ 0(SP), AX                  // the result
    MOVQ AX, 16(SP)
    CALL runtime·nanotime(SB)
    MOVQ 0(SP), AX
    SUBQ 16(SP), AX
    MOVQ AX, main·elapsed(SB)
    RET
)";

constexpr std::string_view kStopTheWorld = R"(GLOBL main·n(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    CALL runtime·stopTheWorld(SB)   // returns when no other P runs Go code
    INCQ main·n(SB)
    CALL runtime·startTheWorld(SB)
    RET
)";

constexpr std::string_view kTrace = R"(TEXT main·main(SB), $16-0
    CALL runtime·StartTrace(SB)
    GO   main·worker(SB)
    CALL runtime·Gosched(SB)
    CALL runtime·StopTrace(SB)
    RET

TEXT main·worker(SB), NOSPLIT, $0-0
    RET
)";

constexpr std::string_view kPanicOnFault = R"(GLOBL main·old(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    MOVB $1, 0(SP)                  // new
    CALL runtime∕debug·setPanicOnFault(SB)
    MOVB 8(SP), AX                  // old
    MOVB AX, main·old(SB)
    RET
)";

constexpr std::string_view kMaxStack = R"(GLOBL main·old(SB), NOPTR, $8

TEXT main·main(SB), $16-0
    MOVQ $65536, 0(SP)              // in: bytes
    CALL runtime∕debug·setMaxStack(SB)
    MOVQ 8(SP), AX                  // out: what the limit was, 1 GB
    MOVQ AX, main·old(SB)
    RET
)";

constexpr std::string_view kLabels = R"(GLOBL main·labels(SB), NOPTR, $8

TEXT main·main(SB), $8-0
    LEAQ main·labels(SB), AX
    MOVQ AX, 0(SP)
    CALL runtime∕pprof·runtime_setProfLabel(SB)
    RET
)";

constexpr std::string_view kSystemstack = R"(DATA main·on_g0·f+0(SB)/8, $main·on_g0(SB)
GLOBL main·on_g0·f(SB), NOPTR, $8
GLOBL main·seen(SB), NOPTR, $8

TEXT main·main(SB), $8-0
    LEAQ main·on_g0·f(SB), AX
    MOVQ AX, 0(SP)                  // fn: a func value
    CALL runtime·systemstack(SB)
    RET

TEXT main·on_g0(SB), NOSPLIT, $0-0
    MOVQ (TLS), AX                  // getg(): m0.g0 here
    MOVQ AX, main·seen(SB)
    RET
)";

constexpr std::string_view kMcall = R"(DATA main·leave·f+0(SB)/8, $main·leave(SB)
GLOBL main·leave·f(SB), NOPTR, $8

TEXT main·main(SB), $8-0
    LEAQ main·leave·f(SB), AX
    MOVQ AX, 0(SP)                  // fn: a func value
    CALL runtime·mcall(SB)          // returns when something schedules this goroutine again
    RET

// func(gp *g), on g0; it must not return
TEXT main·leave(SB), $8-8
    MOVQ gp+0(FP), AX
    MOVQ AX, 0(SP)
    CALL runtime·gosched_m(SB)
    RET                             // never
)";

constexpr std::string_view kThrow = R"(DATA main·text+0(SB)/8, $"no way o"
DATA main·text+8(SB)/8, $"ut"
GLOBL main·text(SB), NOPTR, $16

TEXT main·main(SB), $16-0
    LEAQ main·text(SB), AX
    MOVQ AX, 0(SP)                  // a Go string: address
    MOVQ $10, 8(SP)                 // and length
    CALL runtime·throw(SB)
    RET                             // never
)";

constexpr std::string_view kExit = R"(TEXT main·main(SB), $8-0
    MOVL $3, 0(SP)                  // code
    CALL runtime·exit(SB)
    RET                             // never
)";

constexpr std::string_view kPrintln = R"(DATA main·text+0(SB)/8, $"answer:"
GLOBL main·text(SB), NOPTR, $8

TEXT main·main(SB), $16-0           // println("answer:", 42)
    CALL runtime·printlock(SB)
    LEAQ main·text(SB), AX
    MOVQ AX, 0(SP)                  // a Go string: address
    MOVQ $7, 8(SP)                  // and length
    CALL runtime·printstring(SB)
    CALL runtime·printsp(SB)
    MOVQ $42, 0(SP)
    CALL runtime·printint(SB)
    CALL runtime·printnl(SB)
    CALL runtime·printunlock(SB)
    RET
)";

constexpr std::string_view kPrintValues =
    R"(TEXT main·main(SB), $16-0           // println(true, uint(7), uintptr(255), getg())
    CALL runtime·printlock(SB)
    MOVB $1, 0(SP)
    CALL runtime·printbool(SB)
    CALL runtime·printsp(SB)
    MOVQ $7, 0(SP)
    CALL runtime·printuint(SB)
    CALL runtime·printsp(SB)
    MOVQ $255, 0(SP)
    CALL runtime·printhex(SB)
    CALL runtime·printsp(SB)
    MOVQ (TLS), AX
    MOVQ AX, 0(SP)
    CALL runtime·printpointer(SB)
    CALL runtime·printnl(SB)
    CALL runtime·printunlock(SB)
    RET
)";

constexpr std::string_view kWriteOut = R"(DATA main·text+0(SB)/8, $"hello\n"
GLOBL main·text(SB), NOPTR, $8

TEXT main·main(SB), $32-0
    MOVQ $1, 0(SP)                  // fd: 1 is the standard output
    LEAQ main·text(SB), AX
    MOVQ AX, 8(SP)                  // p
    MOVL $6, 16(SP)                 // n
    CALL runtime·write1(SB)         // 24(SP): how many bytes were written, or minus an error number
    RET
)";

const Callable kCallables[] = {
    {&sig::newproc,
     {"Makes a goroutine that will run fn, and puts it into runnext. The arguments of fn lie above, from "
      "16(SP) "
      "on, siz bytes of them. `GO main·f(SB)` is this call for a function without arguments.",
      "创建一个将要运行 fn 的 goroutine，并放进 runnext。fn 的参数接在后面，从 16(SP) 开始，共 siz 字节。"
      "`GO main·f(SB)` 就是对无参数函数的这个调用。"},
     kNewproc,
     "finally: {'[main.sum]': 16}"},
    {&sig::Gosched,
     {"runtime.Gosched: the goroutine goes to the tail of the global queue, and the M schedules.",
      "runtime.Gosched：goroutine 排到全局队列的末尾，M 重新调度。"},
     kTwoTasks,
     "finally: {g2.atomicstatus: dead}"},
    {&sig::goyield,
     {"Like Gosched, but to the tail of the P's own queue. sync.Mutex uses it when it hands a lock over.",
      "与 Gosched 相似，但排到 P 自己队列的末尾。sync.Mutex 移交锁时用它。"},
     kGoyield,
     "events:\n  - runq: {op: put, g: g2, queue: p0.runq}\n  - runq: {op: get, g: g2, queue: p0.runq}"},
    {&sig::Goexit,
     {"runtime.Goexit: runs the deferred functions and ends the goroutine, however deep it is. It does not "
      "return.",
      "runtime.Goexit：运行 defer 的函数，然后结束 goroutine，无论它调用得多深。不会返回。"},
     kGoexit,
     "finally: {g2.atomicstatus: dead, '[main.after]': 0}"},
    {&sig::deferproc,
     {"A defer statement: notes that fn is to be called when the function ends. Go on with what follows "
      "where AX "
      "is 0.",
      "defer 语句：记下函数结束时要调用 fn。AX 为 0 时继续往下执行。"},
     kDefer,
     "finally: {'[main.cleaned]': 1}"},
    {&sig::deferreturn,
     {"Calls what the function has deferred; belongs before its RET.",
      "调用本函数 defer 的函数；应放在它的 RET 之前。"},
     kDefer,
     "finally: {'[main.cleaned]': 1}"},
    {&sig::gopark,
     {"Puts the goroutine to sleep until goready. unlockf is called on g0 once the goroutine is waiting, as "
      "func(gp *g, lock unsafe.Pointer) bool; a nil one is left out.",
      "让 goroutine 睡眠，直到 goready。goroutine 进入等待后，在 g0 上调用 unlockf，它是 "
      "func(gp *g, lock unsafe.Pointer) bool；nil 则不调用。"},
     kPark,
     "finally: {g2.atomicstatus: dead}"},
    {&sig::goready,
     {"Makes a waiting goroutine runnable and puts it into runnext. gp is the g; one that does not wait is a "
      "throw.",
      "让等待中的 goroutine 变为可运行，并放进 runnext。gp 是那个 g；它若不在等待，就会 throw。"},
     kPark,
     "finally: {g2.atomicstatus: dead}"},
    {&sig::LockOSThread,
     {"runtime.LockOSThread: the goroutine and its M belong to each other; counts.",
      "runtime.LockOSThread：goroutine 与它的 M 相互绑定；会计数。"},
     kLockThread,
     "finally: {g2.atomicstatus: dead, m0.lockedg: nil}"},
    {&sig::UnlockOSThread,
     {"runtime.UnlockOSThread: takes one LockOSThread back. A goroutine that ends without it takes its M "
      "with it.",
      "runtime.UnlockOSThread：撤销一次 LockOSThread。没有撤销就结束的 goroutine 会带走它的 M。"},
     kLockThread,
     "finally: {g2.atomicstatus: dead, m0.lockedg: nil}"},
    {&sig::lockOSThread,
     {"The same for the runtime's own use, counted in m.lockedInt.",
      "同上，供运行时自己使用，计数在 m.lockedInt 里。"},
     kLockInternal,
     "finally: {m0.lockedInt: 0}"},
    {&sig::unlockOSThread,
     {"Takes one lockOSThread back. A goroutine that ends without it is a throw.",
      "撤销一次 lockOSThread。没有撤销就结束的 goroutine 会导致 throw。"},
     kLockInternal,
     "finally: {m0.lockedInt: 0}"},
    {&sig::lock2,
     {"Locks a mutex of the runtime, one word, 0 when free. The thread spins, then sleeps on a futex; "
      "m.locks "
      "counts, and with one held nothing is scheduled.",
      "锁住运行时的 mutex：一个字，空闲时为 0。线程先自旋，再睡在 futex 上；m.locks "
      "计数，持有锁时不能调度。"},
     kMutex,
     "finally: {'[main.n]': 1, '[main.mu]': 0, m0.locks: 0}"},
    {&sig::unlock2,
     {"Unlocks it, and wakes a thread that sleeps on it.", "解锁，并唤醒睡在上面的一个线程。"},
     kMutex,
     "finally: {'[main.n]': 1, '[main.mu]': 0, m0.locks: 0}"},
    {&sig::entersyscall,
     {"What package syscall calls before a system call: status syscall, and the P is left beside the M. "
      "Until "
      "exitsyscall the task may call usleep, osyield, nanotime and nothing that checks the stack.",
      "syscall 包在系统调用之前所调用的：状态变为 syscall，P 留在 M 旁边。直到 exitsyscall，任务只能调用 "
      "usleep、osyield、nanotime，不能调用带栈检查的函数。"},
     kSyscall,
     "finally: {p0.syscalltick: 1}"},
    {&sig::exitsyscall,
     {"What it calls afterwards: takes the P back, or another one, or queues the goroutine. It must be "
      "called by "
      "the function that called entersyscall.",
      "系统调用之后所调用的：拿回 P，或换一个 P，或让 goroutine 排队。必须由调用 entersyscall "
      "的那个函数调用。"},
     kSyscall,
     "finally: {p0.syscalltick: 1}"},
    {&sig::usleep,
     {"The thread sleeps: a system call. Between entersyscall and exitsyscall the P can be taken away "
      "meanwhile.",
      "线程睡眠：一次系统调用。放在 entersyscall 与 exitsyscall 之间时，P 可以在此期间被拿走。"},
     kUsleep,
     "events:\n  - thread: {m: m0, what: sleeps}\n  - thread: {m: m0, what: wakes}"},
    {&sig::osyield,
     {"The thread gives up its turn: sched_yield.", "线程让出自己的轮次：sched_yield。"},
     kOsyield,
     "at: [{place: runtime.osyield, expect: [m0.curg == g1]}]"},
    {&sig::nanotime,
     {"The clock of the machine, in ns. A step takes 10 ns.", "机器的时钟，单位 ns。一步是 10 ns。"},
     kNanotime,
     "at: [{place: 'main.main:\"RET\"', expect: ['[main.elapsed] > 0']}]"},
    {&sig::printlock,
     {"What a print or println statement begins with: until printunlock no other M prints.",
      "print 或 println 语句以它开头：直到 printunlock，其他 M 都不能打印。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printunlock,
     {"What it ends with.", "print 或 println 语句以它结尾。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printstring,
     {"Writes a string to the standard error.", "把字符串写到标准错误。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printint,
     {"Writes a signed number.", "写出有符号数。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printsp,
     {"Writes the space between two values of println.", "写出 println 两个值之间的空格。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printnl,
     {"Writes the new line that ends println.", "写出 println 结尾的换行。"},
     kPrintln,
     "output: {stderr: \"answer: 42\\n\"}"},
    {&sig::printbool,
     {"Writes true or false.", "写出 true 或 false。"},
     kPrintValues,
     "output: {stderr: \"true 7 0xff 0xc000000180\\n\"}"},
    {&sig::printuint,
     {"Writes an unsigned number.", "写出无符号数。"},
     kPrintValues,
     "output: {stderr: \"true 7 0xff 0xc000000180\\n\"}"},
    {&sig::printhex,
     {"Writes a number in hexadecimal.", "以十六进制写出一个数。"},
     kPrintValues,
     "output: {stderr: \"true 7 0xff 0xc000000180\\n\"}"},
    {&sig::printpointer,
     {"Writes an address.", "写出一个地址。"},
     kPrintValues,
     "output: {stderr: \"true 7 0xff 0xc000000180\\n\"}"},
    {&sig::write1,
     {"The system call write. Here descriptors 1 and 2 are open, and one call takes at most 4096 bytes.",
      "系统调用 write。这里打开的是描述符 1 和 2，一次最多写 4096 字节。"},
     kWriteOut,
     "output: {stdout: \"hello\\n\"}"},
    {&sig::stopTheWorld,
     {"Waits until no other P runs Go code. Ps in a system call count as stopped; a running goroutine stops "
      "at its "
      "next stack check.",
      "等到没有别的 P 在运行 Go 代码。处于系统调用的 P 算作已停止；运行中的 goroutine "
      "在下一次栈检查处停下。"},
     kStopTheWorld,
     "procs: 2\nfinally: {'[main.n]': 1, sched.gcwaiting: 0}"},
    {&sig::startTheWorld,
     {"Lets the Ps run again, on the Ms that there are or on new ones.",
      "让各个 P 重新运行，用已有的 M 或新建的 M。"},
     kStopTheWorld,
     "procs: 2\nfinally: {'[main.n]': 1, sched.gcwaiting: 0}"},
    {&sig::StartTrace,
     {"runtime/trace.Start, without its header: from here on the scheduler writes trace events.",
      "runtime/trace.Start，不写文件头：从此调度器写跟踪事件。"},
     kTrace,
     "finally: {'[runtime.trace.enabled]': 0}"},
    {&sig::StopTrace,
     {"runtime/trace.Stop.", "runtime/trace.Stop。"},
     kTrace,
     "finally: {'[runtime.trace.enabled]': 0}"},
    {&sig::systemstack,
     {"Calls fn, a func value, on the stack of g0, and returns.",
      "在 g0 的栈上调用 func value fn，然后返回。"},
     kSystemstack,
     "finally: {'[main.seen]': m0.g0}"},
    {&sig::mcall,
     {"Saves the goroutine, switches to g0 and calls fn(gp), which must not return. mcall returns when the "
      "goroutine is scheduled again.",
      "保存 goroutine，切换到 g0 并调用 fn(gp)，它不得返回。goroutine 再次被调度时 mcall 才返回。"},
     kMcall,
     "events:\n  - status: {g: g1, from: running, to: runnable}\n  - runq: {op: put, g: g1, queue: "
     "sched.runq}"},
    {&sig::setPanicOnFault,
     {"debug.SetPanicOnFault: sets g.paniconfault.", "debug.SetPanicOnFault：设置 g.paniconfault。"},
     kPanicOnFault,
     "finally: {g1.paniconfault: true, '[main.old]': 0}"},
    {&sig::setMaxStack,
     {"debug.SetMaxStack: how large a stack may become.", "debug.SetMaxStack：栈最大可以有多大。"},
     kMaxStack,
     "finally: {'[main.old]': 1000000000, '[runtime.maxstacksize]': 65536}"},
    {&sig::setProfLabel,
     {"pprof.SetGoroutineLabels: sets g.labels.", "pprof.SetGoroutineLabels：设置 g.labels。"},
     kLabels,
     "finally: {g1.labels: main.labels}"},
    {&sig::throw_,
     {"The runtime gives up with \"fatal error: \" and the text; the process ends with code 2.",
      "运行时放弃，输出 \"fatal error: \" 和这段文字；进程以代码 2 结束。"},
     kThrow,
     "finally: {exit: 2, stop: {reason: throw, detail-contains: no way out}}"},
    {&sig::exit,
     {"The process ends with this code, whatever its goroutines do.",
      "进程以这个代码结束，不管各个 goroutine 在做什么。"},
     kExit,
     "finally: {exit: 3}"},
};

}  // namespace

std::span<const Callable> callables() { return kCallables; }

std::string go_name(std::string_view name) {
  static constexpr std::string_view kDot = "·", kSlash = "∕";
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const bool dot = name.substr(at, kDot.size()) == kDot;
    const bool slash = name.substr(at, kSlash.size()) == kSlash;
    out += dot ? '.' : slash ? '/' : name[at];
    at += dot ? kDot.size() : slash ? kSlash.size() : 1;
  }
  return out;
}

const Callable* callable(std::string_view name) {
  const std::string wanted = go_name(name);
  for (const Callable& one : kCallables) {
    const std::string& known = one.signature->name;
    if (known == wanted || known == "runtime." + wanted) return &one;
  }
  return nullptr;
}

std::string example_scenario(const Callable& callable) {
  std::string out = fmt::format(
      "title: {{en: A task calls {0}, zh: 任务调用 {0}}}\nabout: {{en: \"{1}\", zh: \"{2}\"}}\nbodies: |\n",
      callable.signature->name, "An example.", "示例。");
  for (std::string_view rest = callable.example; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    out += line.empty() ? "\n" : fmt::format("  {}\n", line);
    rest.remove_prefix(end + 1);
  }
  return out + fmt::format("{}\n", callable.ends);
}

}  // namespace gogoscope
