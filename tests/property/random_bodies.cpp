#include "tests/property/random_bodies.h"

#include <fmt/format.h>

#include <string_view>

namespace gogoscope {
namespace {

constexpr int kWorkers = 4;
constexpr int kSlots = 2;      // where goroutines wait for each other
constexpr int kMostLoops = 2;  // nested

/// The tasks. A function starts and calls only those after it, and loops are counted: each program ends, or
/// waits.
class RandomBodies {
 public:
  explicit RandomBodies(Dice& dice) : dice_(dice), traces_(dice.one_in(6)) {}

  std::string text() {
    variables();
    main();
    for (int i = 0; i < kWorkers; ++i) function(fmt::format("worker{}", i), i + 1, {.ends = true});
    for (int i = 0; i < kWorkers; ++i) function(fmt::format("helper{}", i), i + 1, {});
    fixed();
    return std::move(out_);
  }

 private:
  struct Kind {
    bool main = false;
    bool ends = false;  ///< it may end its goroutine
  };

  template <class... Args>
  void line(fmt::format_string<Args...> form, Args&&... args) {
    out_ += "      " + fmt::format(form, std::forward<Args>(args)...) + "\n";
  }
  void label(int n) { out_ += fmt::format("  l{}:\n", n); }
  void call(std::string_view name) { line("CALL {}(SB)", name); }
  void blank() { out_ += "\n"; }

  void variables() {
    for (const std::string_view name : {"count", "mu", "sum", "waiter0", "waiter1", "labels"}) {
      out_ += fmt::format("  GLOBL main·{}(SB), NOPTR, $8\n", name);
    }
    for (const std::string_view name : {"add", "cleanup", "meet0", "meet1", "refuse", "on_g0", "leave"}) {
      out_ +=
          fmt::format("  DATA main·{0}·f+0(SB)/8, $main·{0}(SB)\n  GLOBL main·{0}·f(SB), NOPTR, $8\n", name);
    }
    out_ += "  DATA main·text+0(SB)/8, $\"go on!\\n\"\n  GLOBL main·text(SB), NOPTR, $8\n";
    blank();
  }

  void main() { function("main", 0, {.main = true}); }

  /// Locals: counters of loops at 40(SP) and 48(SP). What it calls gets arguments below them.
  void function(const std::string& name, int next, Kind kind) {
    next_ = next;
    kind_ = kind;
    loops_ = 0;
    const int frame = dice_.one_in(6) ? dice_.of({512, 1504, 3000, 9000}) : dice_.of({64, 64, 72, 128});
    out_ += fmt::format("  TEXT main·{}(SB), ${}-0\n", name, frame);
    const bool defers = dice_.one_in(6);
    if (defers) {
      line("MOVL $0, 0(SP)");
      line("LEAQ main·cleanup·f(SB), AX");
      line("MOVQ AX, 8(SP)");
      call("runtime·deferproc");
    }
    const bool traces = kind.main && traces_;
    if (traces) call("runtime·StartTrace");
    if (kind.main) start();
    statements(dice_.between(1, kind.main ? 6 : 5));
    if (kind.main) wait_for_others();
    if (traces) call("runtime·StopTrace");
    if (kind.ends && dice_.one_in(6)) call(dice_.of({"runtime·Goexit", "main·quit"}));
    if (kind.main && dice_.one_in(25)) call("runtime·Goexit");
    if (kind.main && dice_.one_in(25)) {
      line("MOVL ${}, 0(SP)", dice_.roll(4));
      call("runtime·exit");
    }
    if (defers) call("runtime·deferreturn");
    line("RET");
    blank();
  }

  void wait_for_others() {
    const int l = label_++;
    line("MOVQ ${}, 40(SP)", dice_.between(1, 12));
    label(l);
    call("runtime·Gosched");
    if (dice_.one_in(2)) {
      line("MOVL $30, 0(SP)");
      call("runtime·usleep");
    }
    line("DECQ 40(SP)");
    line("JNE l{}", l);
  }

  void statements(int n) {
    for (int i = 0; i < n; ++i) statement();
  }

  void statement() {
    switch (dice_.roll(22)) {
      case 0:
      case 1:
      case 2:
        return start();
      case 3:
        return call("runtime·Gosched");
      case 4:
        return call("runtime·goyield");
      case 5:
        return count();
      case 6:
        return loop();
      case 7:
        return helper();
      case 8:
        return locked_thread();
      case 9:
        return mutex();
      case 10:
        return system_call();
      case 11:
        return print();
      case 12:
        return wait();
      case 13:
        return wake();
      case 14:
        return deep();
      case 15:
        return with_argument();
      case 16:
        return kind_.main && loops_ == 0 ? stop_the_world() : count();
      case 17:
        return on_g0();
      case 18:
        return sleep();
      case 19:
        return leave_and_come_back();
      case 20:
        return clock();
      default:
        return labels();
    }
  }

  void start() {
    if (next_ < kWorkers) line("GO   main·worker{}(SB)", dice_.between(next_, kWorkers - 1));
  }
  void helper() {
    if (next_ < kWorkers) line("CALL main·helper{}(SB)", dice_.between(next_, kWorkers - 1));
  }
  void count() {
    line("LOCK");
    line("INCQ main·count(SB)");
  }
  void loop() {
    if (loops_ == kMostLoops) return count();
    const int counter = 40 + 8 * loops_++, l = label_++;
    line("MOVQ ${}, {}(SP)", dice_.between(1, 4), counter);
    label(l);
    statements(dice_.between(1, 3));
    line("DECQ {}(SP)", counter);
    line("JNE l{}", l);
    --loops_;
  }
  void locked_thread() {
    const std::string_view name = dice_.of({"LockOSThread", "LockOSThread", "lockOSThread"});
    line("CALL runtime·{}(SB)", name);
    if (dice_.one_in(2)) call("runtime·Gosched");
    if (dice_.one_in(2)) start();
    // A goroutine that ends locked takes its thread with it.
    if (name == "LockOSThread" && kind_.ends && dice_.one_in(4)) return;
    line("CALL runtime·{}(SB)", name == "LockOSThread" ? "UnlockOSThread" : "unlockOSThread");
  }
  void mutex() {
    line("LEAQ main·mu(SB), AX");
    line("MOVQ AX, 0(SP)");
    call("runtime·lock2");
    for (int n = dice_.roll(3); n >= 0; --n) line("INCQ main·count(SB)");
    line("LEAQ main·mu(SB), AX");
    line("MOVQ AX, 0(SP)");
    call("runtime·unlock2");
  }
  void system_call() {
    if (traces_) return count();  // tracing of system calls is left out of the model
    call("runtime·entersyscall");
    if (!dice_.one_in(3)) {
      line("MOVL ${}, 0(SP)", dice_.of({1, 20, 100, 1000, 20000}));
      call("runtime·usleep");
    }
    if (dice_.one_in(3)) call("runtime·osyield");
    call("runtime·exitsyscall");
  }
  void sleep() {
    line("MOVL ${}, 0(SP)", dice_.of({1, 20, 500}));
    call("runtime·usleep");
  }
  void clock() { call(dice_.of({"runtime·osyield", "runtime·nanotime"})); }
  void print() {
    call("runtime·printlock");
    line("LEAQ main·text(SB), AX");
    line("MOVQ AX, 0(SP)");
    line("MOVQ ${}, 8(SP)", dice_.between(0, 7));
    call("runtime·printstring");
    for (int n = dice_.roll(3); n > 0; --n) {
      line("MOVQ ${}, 0(SP)", dice_.of({0, 1, 42, -1, -100000, 2147483647}));
      line("CALL runtime·{}(SB)",
           dice_.of({"printint", "printuint", "printhex", "printbool", "printpointer"}));
      call("runtime·printsp");
    }
    call("runtime·printnl");
    call("runtime·printunlock");
  }
  void park(std::string_view unlockf) {
    if (unlockf.empty()) {
      line("MOVQ $0, 0(SP)");
    } else {
      line("LEAQ main·{}·f(SB), AX", unlockf);
      line("MOVQ AX, 0(SP)");
    }
    line("MOVQ $0, 8(SP)");
    line("MOVB ${}, 16(SP)", dice_.of({2, 14, 19}));
    line("MOVB $0, 17(SP)");
    line("MOVQ $1, 24(SP)");
    call("runtime·gopark");
  }
  void wait() {
    if (dice_.one_in(3)) return park("refuse");
    park(dice_.of({"meet0", "meet1"}));
  }
  /// Who takes the waiter out of its slot is the only one to make it ready.
  void wake() {
    const int l = label_++;
    line("XORL AX, AX");
    line("XCHGQ AX, main·waiter{}(SB)", dice_.roll(kSlots));
    line("TESTQ AX, AX");
    line("JEQ l{}", l);
    line("MOVQ AX, 0(SP)");
    line("MOVQ $1, 8(SP)");
    call("runtime·goready");
    label(l);
    line("NOP");
  }
  void deep() {
    line("MOVQ ${}, 0(SP)", dice_.of({1, 5, 20, 60}));
    call("main·deep");
  }
  void with_argument() {
    line("MOVL $16, 0(SP)");
    line("LEAQ main·add·f(SB), AX");
    line("MOVQ AX, 8(SP)");
    line("MOVQ ${}, 16(SP)", dice_.roll(100));
    line("MOVQ ${}, 24(SP)", dice_.roll(100));
    call("runtime·newproc");
  }
  void stop_the_world() {
    call("runtime·stopTheWorld");
    line("INCQ main·count(SB)");
    call("runtime·startTheWorld");
  }
  void on_g0() {
    line("LEAQ main·on_g0·f(SB), AX");
    line("MOVQ AX, 0(SP)");
    call("runtime·systemstack");
  }
  void leave_and_come_back() {
    line("LEAQ main·leave·f(SB), AX");
    line("MOVQ AX, 0(SP)");
    call("runtime·mcall");
  }
  void labels() {
    line("LEAQ main·labels(SB), AX");
    line("MOVQ AX, 0(SP)");
    call("runtime∕pprof·runtime_setProfLabel");
  }

  /// What the others call.
  void fixed() {
    out_ += R"(  TEXT main·quit(SB), $8-0
      CALL runtime·Goexit(SB)
      RET

  TEXT main·add(SB), NOSPLIT, $0-16
      MOVQ a+0(FP), AX
      ADDQ b+8(FP), AX
      MOVQ AX, main·sum(SB)
      RET

  TEXT main·cleanup(SB), NOSPLIT, $0-0
      INCQ main·count(SB)
      RET

  TEXT main·deep(SB), $200-8
      MOVQ n+0(FP), AX
      DECQ AX
      JLE  done
      MOVQ AX, 0(SP)
      CALL main·deep(SB)
  done:
      RET

  TEXT main·on_g0(SB), NOSPLIT, $0-0
      INCQ main·count(SB)
      RET

  TEXT main·leave(SB), $8-8
      MOVQ gp+0(FP), AX
      MOVQ AX, 0(SP)
      CALL runtime·gosched_m(SB)
      RET

  TEXT main·refuse(SB), NOSPLIT, $0-24
      MOVB $0, ok+16(FP)
      RET
)";
    for (int i = 0; i < kSlots; ++i) {
      out_ += fmt::format(R"(
  TEXT main·meet{0}(SB), NOSPLIT, $0-24
      MOVQ gp+0(FP), AX
      MOVQ AX, main·waiter{0}(SB)
      MOVB $1, ok+16(FP)
      RET
)",
                          i);
    }
  }

  Dice& dice_;
  const bool traces_;
  std::string out_;
  int next_ = 0;
  int loops_ = 0;
  int label_ = 0;
  Kind kind_;
};

}  // namespace

std::string random_bodies(Dice& dice) { return RandomBodies(dice).text(); }

}  // namespace gogoscope
