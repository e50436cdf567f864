#include "tests/oracle/left_out.h"

#include <fmt/format.h>

#include <algorithm>

namespace gogoscope::oracle {
namespace {

constexpr const char* kExecute =
    "Left in the register by execute's compiled code; execute is modelled. From the instruction on that "
    "loads the register it is compared.";
constexpr const char* kNeverLoaded =
    "Left in the register by compiled code long before; execute and schedule are modelled. gogo loads "
    "it nowhere.";
constexpr const char* kLeftovers =
    "Left in the register by compiled code long before; nothing on this path loads it.";
constexpr const char* kUntilMcall =
    "Left in the register by compiled code long before. From the instruction of mcall on that loads it, "
    "it is compared.";
constexpr const char* kOldWord =
    "Nothing was written there: the word is left from an earlier call at that depth.";
constexpr const char* kGostartcall =
    "The compiler inlines gostartcallfn and gostartcall into newproc1; they are modelled as functions "
    "of their own.";

constexpr LeftOut kLeftOut[] = {
    {"gogo", "bytes below g0.sched.sp", 0, 0,
     "The way to gogo led through gosched_m, whose frame has 48 bytes in 1.15.15 and 16 in 1.16.4, which "
     "is modelled. Addresses on g0's stack are therefore counted from SP at gogo's entry."},
    {"gogo", "g0.sched.pc", 0, 0, "The offset inside mstart, which is modelled; the function is the same."},
    {"gogo", "g.goid", 0, 17,
     "The recorded program had started goroutines of the runtime and of its own before."},
    {"gogo", "rax", 0, 8, kExecute},
    {"gogo", "rbx", 0, 3, kExecute},
    {"gogo", "rcx", 0, 5, kExecute},
    {"gogo", "rdx", 0, 4, kExecute},
    {"gogo", "rsi, rdi, r12, r14", 0, 17, kNeverLoaded},
    {"gogo", "0(SP)", 1, 7, kOldWord},
    {"gogo", "r8, r9, r10, r11, r13, r15, rflags", 17, 17,
     "Recorded at the task's entry only. Left by compiled code long before; gogo neither loads nor "
     "changes them."},

    {"goexit", "g.goid", 0, 0,
     "The recorded program had started goroutines of the runtime and of its own before."},
    {"goexit", "displacement", 0, 13,
     "The distance to the variable of INCQ, to what CALL calls and to where JLS would go: the linker or "
     "the size of the code decides it. What a CALL reaches is compared, as the place of the next step."},
    {"goexit", "instruction", 9, 12,
     "Of goexit1, which is modelled: the tests of trace.enabled and the argument of mcall are lines "
     "here. The instructions before and the CALL after them are at the same offsets and are compared."},
    {"goexit", "rsi", 0, 24, kUntilMcall},
    {"goexit", "rdi", 0, 14, kUntilMcall},
    {"goexit", "r12, r14", 0, 33, kLeftovers},
    {"goexit", "r8, r9, r10, r11, r13, r15", 33, 33,
     "Recorded at the entry of goexit0 only. Left by compiled code long before; nothing on this path "
     "loads them."},
    {"goexit", "rax", 13, 15,
     "The compiled goexit1 brings the argument of mcall to the stack through AX; the modelled one needs no "
     "register. The stack is compared."},
    {"goexit", "rflags", 0, 0, "Left by the gogo before: no instruction of it sets flags."},
    {"goexit", "rflags", 13, 25,
     "Set by the test of trace.enabled in goexit1, which is a modelled line. Before it and from the CMPQ "
     "of mcall on flags are compared."},
    {"goexit", "0(SP)", 7, 9,
     "The slot for the argument of mcall, not written yet: the word is left from the goroutine that had "
     "the stack before."},
    {"goexit", "0(SP)", 29, 29,
     "The word at g0.sched.sp, left from before mstart ran: a return address in rt0_go, which is modelled."},
    {"goexit", "g0.sched.pc", 33, 33,
     "The offset inside mstart, which is modelled; the function is the same."},

    {"newproc, a new g", "function", 11, 13, kGostartcall},
    {"newproc, a new g", "stores elsewhere", 0, 0,
     "Only writes to the new g, to the P and to the caller's sched were recorded; not those to stacks, "
     "allgs, sched and m."},
    {"newproc, a new g", "stores that change nothing", 0, 0, "The recording lists changes of value."},
    {"newproc, a g again", "function", 5, 8,
     "The compiled newproc1 clears the gobuf by a call of memclrNoHeapPointers, 16 bytes at a time; the "
     "modelled one by a line of its own."},
    {"newproc, a g again", "function", 13, 15, kGostartcall},
    {"newproc, a g again", "old value", 0, 0,
     "The caller's sched.pc from before: where it called mcall to yield. The recording has no symbol for "
     "it."},
    {"newproc, a g again", "stores elsewhere", 0, 0,
     "Only writes to the new g, to the P and to the caller's sched were recorded; not those to stacks, "
     "allgs, sched and m."},
    {"newproc, a g again", "stores that change nothing", 0, 0, "The recording lists changes of value."},

    {"frames", "runtime.isSystemGoroutine stack check, runtime.preemptone stack check", 0, 0,
     "As Go's, our assembler drops the check of a function that calls nothing and has a small frame. In "
     "Go these call something; what they call is not modelled."},

    {"boot", "g0.sched.pc", 1, 1, "The offset inside mstart, which is modelled; the function is the same."},

    {"structs", "m0.fastrand", 0, 0,
     "Native: a hash of the M's id with a seed of the process and the CPU's counter. Ours follows from the "
     "id "
     "alone, so that runs repeat."},
    {"structs", "m0.newSigstack", 0, 0, "minit gives the thread a stack for signals; signals are left out."},
    {"structs", "m0.procid", 0, 0, "The kernel's number of the thread."},
    {"structs", "g0.sched.pc", 0, 0,
     "The offset inside mstart, which is modelled; the function is the same."},
    {"structs", "g1.gopc, g1.startpc", 0, 0,
     "Addresses inside rt0_go and of runtime.main: the two texts are laid out by different linkers."},
    {"structs", "g1.sched.pc, g1.sched.bp", 0, 0,
     "Native: left by the last systemstack of g1, in what runtime.main does before main.main and is left "
     "out. "
     "Ours: as newproc1 and gogo left them."},
    {"structs", "p0.goidcache, p0.runqhead, p0.runqtail", 0, 0,
     "Goroutines of the runtime have been started before main.main; they are left out."},
    {"structs", "p0.mcache, p0.mspancache.len, p0.statsSeq", 0, 0, "The allocator is left out."},
    {"structs", "p0.sudogcache.ptr, p0.sudogcache.len, p0.sudogcache.cap", 0, 0, "Channels are left out."},
    {"structs", "p0.sysmontick.schedtick, p0.sysmontick.schedwhen", 0, 0,
     "Written by sysmon, which runs only where a scenario asks for it."},
    {"structs", "sched.lastpoll", 0, 0, "A time. The guest's clock starts at 0 with the process."},
    {"structs", "sched.procresizetime", 0, 0, "procresize's account of processor time is left out."},
    {"structs", "sched.midle, sched.mnext, sched.nmidle, sched.nmsys", 0, 0,
     "The M of sysmon, and one that is idle again: both are started before main.main by what is left out."},
    {"structs", "sched.ngsys", 0, 0, "The runtime's own goroutines are left out."},
};

}  // namespace

std::span<const LeftOut> left_out() { return kLeftOut; }

std::vector<std::string> names_of(const LeftOut& row) {
  std::vector<std::string> names;
  std::string_view rest = row.what;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(", ");
    names.emplace_back(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 2);
  }
  return names;
}

bool excuses(const LeftOut& row, const Difference& d) {
  if (d.comparison != row.comparison || d.step < row.first || d.step > row.last) return false;
  const std::vector<std::string> names = names_of(row);
  return std::find(names.begin(), names.end(), d.what) != names.end();
}

std::vector<std::string> as_markdown() {
  std::vector<std::string> lines = {"| comparison | left out | steps | reason |", "|---|---|---|---|"};
  for (const LeftOut& row : kLeftOut) {
    const std::string steps =
        row.first == row.last ? std::to_string(row.first) : fmt::format("{}-{}", row.first, row.last);
    lines.push_back(fmt::format("| {} | {} | {} | {} |", row.comparison, row.what, steps, row.reason));
  }
  return lines;
}

}  // namespace gogoscope::oracle
