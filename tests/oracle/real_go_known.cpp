// The table of what may differ between the model, which is Go 1.16, and a real process of Go 1.19.
#include <fmt/format.h>
#include <fnmatch.h>

#include "tests/oracle/real_go_compare.h"

namespace gogoscope::oracle {
namespace {

constexpr const char* kGoschedPc = "The address after Gosched's CALL of mcall; Gosched is modelled.";
constexpr const char* kFromGoexit0 =
    "goexit0 led here. The frame of schedule has 96 bytes in 1.16, 48 in 1.19.";
constexpr const char* kFromGoschedM =
    "gosched_m led here. Its own frame has 16 bytes in 1.16, 24 in 1.19; that of schedule 96 and 48.";
constexpr const char* kFromParkM = "park_m led here. The frame of schedule has 96 bytes in 1.16, 48 in 1.19.";
constexpr const char* kGoexitFrame =
    "The frames of Goexit and of the task below it: the model's Goexit holds the _panic record and locals, "
    "the compiled one more.";
constexpr const char* kChannel =
    "The real task receives from a channel: chanrecv1 and chanrecv are between it and gopark. Its twin "
    "calls gopark itself.";
constexpr const char* kGoparkPc = "The address after gopark's CALL of mcall; gopark is modelled.";

constexpr KnownDifference kKnownDifferences[] = {
    {"1.19", "all", "findrunnable", "after schedule", "-", "happens",
     "In 1.16 schedule asks the P's own queue and calls findrunnable only where that is empty; in 1.19 it "
     "leaves both to findRunnable."},
    {"1.19", "all", "runqget", "after schedule", "happens", "-",
     "The same change: where its own queue is empty, 1.16 asks it twice, in schedule and in findrunnable."},
    {"1.19", "all", "goexit0(*)", "sched.pc", "runtime.goexit1+0x36", "runtime.goexit1+0x45",
     "The address after goexit1's CALL of mcall: 1.19 puts the branch for tracing before it. SP and BP that "
     "mcall saves, hi-88 and hi-48, are equal."},
    {"1.19", "all", "main.main entered by main", "SP", "hi-128", "hi-136",
     "The frame of runtime.main has 80 bytes in 1.16, 88 in 1.19."},
    {"model", "all", "main.main entered by main", "returns", "runtime.main+*", "runtime.main+*",
     "The address after runtime.main's CALL of main.main; runtime.main is modelled."},
    {"model", "all", "gosched_m(*)", "sched.pc", "runtime.Gosched+*", "runtime.Gosched+*", kGoschedPc},
    {"model", "all", "gogo to *", "sched.pc", "runtime.Gosched+*", "runtime.Gosched+*", kGoschedPc},
    {"1.19", "all", "gogo to *", "SP", "g0.sched.sp-240", "g0.sched.sp-200", kFromGoschedM},
    {"1.19", "all", "gogo to *", "BP", "g0.sched.sp-208", "g0.sched.sp-168", kFromGoschedM},
    {"1.19", "all", "gogo to *", "SP", "g0.sched.sp-224", "g0.sched.sp-176", kFromGoexit0},
    {"1.19", "all", "gogo to *", "BP", "g0.sched.sp-192", "g0.sched.sp-144", kFromGoexit0},
    {"1.19", "park", "gogo to *", "SP", "g0.sched.sp-208", "g0.sched.sp-160", kFromParkM},
    {"1.19", "park", "gogo to *", "BP", "g0.sched.sp-176", "g0.sched.sp-128", kFromParkM},
    {"model", "goexit", "systemstack(runtime.addOneOpenDeferFrame.func1) by main.leaves#1",
     "after main.leaves entered by main.leaves#1", "-", "happens",
     "Goexit looks on the stack for open-coded defers, in 1.16 too; the model leaves them out."},
    {"1.19", "goexit", "main.cleanup entered by main.leaves#1", "returns", "runtime.Goexit+*",
     "runtime.deferCallSave+*",
     "In 1.19 deferCallSave calls the deferred function, in 1.16 reflectcallSave, which the model's Goexit "
     "represents."},
    {"model", "goexit", "main.cleanup entered by main.leaves#1", "SP, BP", "hi-*", "hi-*", kGoexitFrame},
    {"model", "goexit", "goexit1 by main.leaves#1", "returns", "runtime.Goexit+*", "runtime.Goexit+*",
     "The address after Goexit's CALL of goexit1; Goexit is modelled."},
    {"model", "goexit", "goexit1 by main.leaves#1", "SP, BP", "hi-*", "hi-*", kGoexitFrame},
    {"model", "goexit", "mcall(runtime.goexit0) by main.leaves#1", "SP, BP", "hi-*", "hi-*", kGoexitFrame},
    {"model", "goexit", "goexit0(main.leaves#1)", "BP, sched.sp, sched.bp", "hi-*", "hi-*", kGoexitFrame},
    {"twin", "park", "main.release entered by g0", "after main.wait#1: running -> waiting", "happens", "-",
     "The unlockf of the twin; the real one is chanparkcommit, a function of the runtime."},
    {"twin", "park", "mcall(runtime.park_m) by main.wait#1", "SP, BP", "hi-*", "hi-*", kChannel},
    {"twin", "park", "park_m(main.wait#1)", "BP, sched.sp, sched.bp", "hi-*", "hi-*", kChannel},
    {"twin", "park", "gogo to main.wait#1", "sched.sp, sched.bp", "hi-*", "hi-*", kChannel},
    {"model", "park", "park_m(main.wait#1)", "sched.pc", "runtime.gopark+*", "runtime.gopark+*", kGoparkPc},
    {"model", "park", "gogo to main.wait#1", "sched.pc", "runtime.gopark+*", "runtime.gopark+*", kGoparkPc},
};

bool matches(std::string_view pattern, const std::string& text) {
  return fnmatch(std::string(pattern).c_str(), text.c_str(), 0) == 0;
}

/// Whether a list "SP, BP" has the name.
bool lists(std::string_view list, const std::string& name) {
  return fmt::format(", {}, ", list).find(fmt::format(", {}, ", name)) != std::string::npos;
}

}  // namespace

std::span<const KnownDifference> known_differences() { return kKnownDifferences; }

bool excuses(const KnownDifference& row, const RunDifference& d) {
  return (row.program == "all" || row.program == d.program) && matches(row.moment, d.moment) &&
         lists(row.what, d.what) && matches(row.ours, d.ours) && matches(row.real, d.real);
}

std::vector<std::string> known_differences_as_markdown() {
  std::vector<std::string> lines = {"| because of | program | moment | what | model | real | reason |",
                                    "|---|---|---|---|---|---|---|"};
  for (const KnownDifference& row : kKnownDifferences) {
    lines.push_back(fmt::format("| {} | {} | `{}` | {} | `{}` | `{}` | {} |", row.cause, row.program,
                                row.moment, row.what, row.ours, row.real, row.reason));
  }
  return lines;
}

}  // namespace gogoscope::oracle
