// The modelled functions: each is written in the file of its name, and listed in functions.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "emu/layout/status.h"
#include "emu/runtime/function.h"

namespace gogoscope::runtime {

/// Fields of the layout in force, by Go name.
struct Go {
  const Layout& layout;
  const Field& g(std::string_view field) const { return layout.field("g", field); }
  const Field& m(std::string_view field) const { return layout.field("m", field); }
  const Field& p(std::string_view field) const { return layout.field("p", field); }
  const Field& gobuf(std::string_view field) const { return layout.field("gobuf", field); }
  const Field& sched(std::string_view field) const { return layout.field("schedt", field); }
};

/// All of them, for the release of `go`.
std::vector<GoFunction> modelled_functions(const Go& go);

// Constants of Go 1.16, linux/amd64 (src/runtime/stack.go, runtime2.go, proc.go).
inline constexpr std::uint64_t kStackMin = 2048;      ///< _StackMin, _FixedStack
inline constexpr std::uint64_t kStackGuard = 928;     ///< _StackGuard
inline constexpr std::uint64_t kGoidCacheBatch = 16;  ///< _GoidCacheBatch
inline constexpr std::uint64_t kRunqSize = 256;       ///< len(p.runq)

namespace sig {

// What the modelled functions take and give. A receiver is the first parameter.
inline const Signature rt0_go{"runtime.rt0_go", {}, {}};
inline const Signature schedinit{"runtime.schedinit", {}, {}};
inline const Signature mcommoninit{"runtime.mcommoninit", {{"mp", "*m"}, {"id", "int64"}}, {}};
inline const Signature mpreinit{"runtime.mpreinit", {{"mp", "*m"}}, {}};
inline const Signature procresize{"runtime.procresize", {{"nprocs", "int32", 4}}, {{"runnable", "*p"}}};
inline const Signature acquirep{"runtime.acquirep", {{"_p_", "*p"}}, {}};
inline const Signature wirep{"runtime.wirep", {{"_p_", "*p"}}, {}};
inline const Signature mstart{"runtime.mstart", {}, {}};
inline const Signature mstart1{"runtime.mstart1", {}, {}};
inline const Signature save{"runtime.save", {{"pc", "uintptr"}, {"sp", "uintptr"}}, {}};
inline const Signature main_{"runtime.main", {}, {}};
inline const Signature exit{"runtime.exit", {{"code", "int32", 4}}, {}};

inline const Signature newproc{"runtime.newproc", {{"siz", "int32", 4}, {"fn", "*funcval"}}, {}};
inline const Signature newproc_func1{"runtime.newproc.func1", {}, {}};
inline const Signature newproc1{"runtime.newproc1",
                                {{"fn", "*funcval"},
                                 {"argp", "unsafe.Pointer"},
                                 {"narg", "int32", 4},
                                 {"callergp", "*g"},
                                 {"callerpc", "uintptr"}},
                                {{"newg", "*g"}}};
inline const Signature malg{"runtime.malg", {{"stacksize", "int32", 4}}, {{"newg", "*g"}}};
inline const Signature malg_func1{"runtime.malg.func1", {}, {}};
inline const Signature gfget{"runtime.gfget", {{"_p_", "*p"}}, {{"gp", "*g"}}};
inline const Signature allgadd{"runtime.allgadd", {{"gp", "*g"}}, {}};
inline const Signature gostartcallfn{"runtime.gostartcallfn", {{"gobuf", "*gobuf"}, {"fv", "*funcval"}}, {}};
inline const Signature gostartcall{
    "runtime.gostartcall", {{"buf", "*gobuf"}, {"fn", "unsafe.Pointer"}, {"ctxt", "unsafe.Pointer"}}, {}};
inline const Signature newobject{"runtime.newobject", {{"span", "*mspan"}}, {{"obj", "unsafe.Pointer"}}};
inline const Signature stackalloc{
    "runtime.stackalloc", {{"n", "uint32", 4}}, {{"lo", "uintptr"}, {"hi", "uintptr"}}};
inline const Signature stackfree{"runtime.stackfree", {{"lo", "uintptr"}, {"hi", "uintptr"}}, {}};
inline const Signature isSystemGoroutine{
    "runtime.isSystemGoroutine", {{"gp", "*g"}, {"fixed", "bool", 1}}, {{"system", "bool", 1}}};

inline const Signature goexit1{"runtime.goexit1", {}, {}};
inline const Signature racegoend{"runtime.racegoend", {}, {}};
inline const Signature traceGoEnd{"runtime.traceGoEnd", {}, {}};
inline const Signature goexit0{"runtime.goexit0", {{"gp", "*g"}}, {}};
inline const Signature casgstatus{
    "runtime.casgstatus", {{"gp", "*g"}, {"oldval", "uint32", 4}, {"newval", "uint32", 4}}, {}};
inline const Signature dropg{"runtime.dropg", {}, {}};
inline const Signature gfput{"runtime.gfput", {{"_p_", "*p"}, {"gp", "*g"}}, {}};

inline const Signature schedule{"runtime.schedule", {}, {}};
inline const Signature runqget{
    "runtime.runqget", {{"_p_", "*p"}}, {{"gp", "*g"}, {"inheritTime", "bool", 1}}};
inline const Signature runqput{"runtime.runqput", {{"_p_", "*p"}, {"gp", "*g"}, {"next", "bool", 1}}, {}};
inline const Signature globrunqget{
    "runtime.globrunqget", {{"_p_", "*p"}, {"max", "int32", 4}}, {{"gp", "*g"}}};
inline const Signature globrunqput{"runtime.globrunqput", {{"gp", "*g"}}, {}};
inline const Signature findrunnable{"runtime.findrunnable", {}, {{"gp", "*g"}, {"inheritTime", "bool", 1}}};
inline const Signature checkdead{"runtime.checkdead", {}, {}};
inline const Signature execute{"runtime.execute", {{"gp", "*g"}, {"inheritTime", "bool", 1}}, {}};
inline const Signature wakep{"runtime.wakep", {}, {}};

inline const Signature Gosched{"runtime.Gosched", {}, {}};
inline const Signature gosched_m{"runtime.gosched_m", {{"gp", "*g"}}, {}};
inline const Signature goschedImpl{"runtime.goschedImpl", {{"gp", "*g"}}, {}};

inline const Signature lock2{"runtime.lock2", {{"l", "*mutex"}}, {}};
inline const Signature unlock2{"runtime.unlock2", {{"l", "*mutex"}}, {}};
inline const Signature badmcall{"runtime.badmcall", {}, {}};
inline const Signature badmcall2{"runtime.badmcall2", {}, {}};
inline const Signature badsystemstack{"runtime.badsystemstack", {}, {}};
inline const Signature morestack{"runtime.morestack", {}, {}};
inline const Signature morestack_noctxt{"runtime.morestack_noctxt", {}, {}};

// Threads, as the operating system gives them: sys_linux_amd64.s, os_linux.go, lock_futex.go.
inline const Signature clone{
    "runtime.clone",
    {{"flags", "int32", 4}, {"stk", "unsafe.Pointer"}, {"mp", "*m"}, {"gp", "*g"}, {"fn", "uintptr"}},
    {{"ret", "int32", 4}}};
inline const Signature exitThread{"runtime.exitThread", {{"wait", "*uint32"}}, {}};
inline const Signature futexsleep{
    "runtime.futexsleep", {{"addr", "*uint32"}, {"val", "uint32", 4}, {"ns", "int64"}}, {}};
inline const Signature futexwakeup{"runtime.futexwakeup", {{"addr", "*uint32"}, {"cnt", "uint32", 4}}, {}};
inline const Signature usleep{"runtime.usleep", {{"usec", "uint32", 4}}, {}};
inline const Signature osyield{"runtime.osyield", {}, {}};
inline const Signature nanotime{"runtime.nanotime", {}, {{"ns", "int64"}}};
inline const Signature notesleep{"runtime.notesleep", {{"n", "*note"}}, {}};
inline const Signature notetsleep{
    "runtime.notetsleep", {{"n", "*note"}, {"ns", "int64"}}, {{"woken", "bool", 1}}};
inline const Signature notewakeup{"runtime.notewakeup", {{"n", "*note"}}, {}};
inline const Signature throw_{"runtime.throw", {{"s.ptr", "*byte"}, {"s.len", "int"}}, {}};

// Ms and Ps: proc.go.
inline const Signature newm{"runtime.newm", {{"fn", "*funcval"}, {"_p_", "*p"}, {"id", "int64"}}, {}};
inline const Signature newm1{"runtime.newm1", {{"mp", "*m"}}, {}};
inline const Signature newosproc{"runtime.newosproc", {{"mp", "*m"}}, {}};
inline const Signature allocm{
    "runtime.allocm", {{"_p_", "*p"}, {"fn", "*funcval"}, {"id", "int64"}}, {{"mp", "*m"}}};
inline const Signature mspinning{"runtime.mspinning", {}, {}};
inline const Signature startm{"runtime.startm", {{"_p_", "*p"}, {"spinning", "bool", 1}}, {}};
inline const Signature stopm{"runtime.stopm", {}, {}};
inline const Signature mPark{"runtime.mPark", {}, {}};
inline const Signature mput{"runtime.mput", {{"mp", "*m"}}, {}};
inline const Signature mget{"runtime.mget", {}, {{"mp", "*m"}}};
inline const Signature handoffp{"runtime.handoffp", {{"_p_", "*p"}}, {}};
inline const Signature releasep{"runtime.releasep", {}, {{"_p_", "*p"}}};
inline const Signature pidleput{"runtime.pidleput", {{"_p_", "*p"}}, {}};
inline const Signature pidleget{"runtime.pidleget", {}, {{"_p_", "*p"}}};
inline const Signature resetspinning{"runtime.resetspinning", {}, {}};
inline const Signature startlockedm{"runtime.startlockedm", {{"gp", "*g"}}, {}};
inline const Signature stoplockedm{"runtime.stoplockedm", {}, {}};
inline const Signature incidlelocked{"runtime.incidlelocked", {{"v", "int32", 4}}, {}};
inline const Signature mexit{"runtime.mexit", {{"osStack", "bool", 1}}, {}};
inline const Signature LockOSThread{"runtime.LockOSThread", {}, {}};
inline const Signature UnlockOSThread{"runtime.UnlockOSThread", {}, {}};
inline const Signature lockOSThread{"runtime.lockOSThread", {}, {}};
inline const Signature unlockOSThread{"runtime.unlockOSThread", {}, {}};
inline const Signature sysmon{"runtime.sysmon", {}, {}};
inline const Signature retake{"runtime.retake", {{"now", "int64"}}, {{"n", "uint32", 4}}};
inline const Signature preemptone{"runtime.preemptone", {{"_p_", "*p"}}, {{"ok", "bool", 1}}};
inline const Signature preemptall{"runtime.preemptall", {}, {{"ok", "bool", 1}}};

// Queues, stealing, the stopped world: proc.go.
inline const Signature runqputslow{"runtime.runqputslow",
                                   {{"_p_", "*p"}, {"gp", "*g"}, {"h", "uint32", 4}, {"t", "uint32", 4}},
                                   {{"ok", "bool", 1}}};
inline const Signature runqgrab{
    "runtime.runqgrab",
    {{"_p_", "*p"}, {"batch", "*[256]guintptr"}, {"batchHead", "uint32", 4}, {"stealRunNextG", "bool", 1}},
    {{"n", "uint32", 4}}};
inline const Signature runqsteal{
    "runtime.runqsteal", {{"_p_", "*p"}, {"p2", "*p"}, {"stealRunNextG", "bool", 1}}, {{"gp", "*g"}}};
inline const Signature globrunqputbatch{
    "runtime.globrunqputbatch", {{"batch", "*gQueue"}, {"n", "int32", 4}}, {}};
inline const Signature gcstopm{"runtime.gcstopm", {}, {}};
inline const Signature stopTheWorld{"runtime.stopTheWorld", {}, {}};
inline const Signature stopTheWorldWithSema{"runtime.stopTheWorldWithSema", {}, {}};
inline const Signature startTheWorld{"runtime.startTheWorld", {}, {}};
inline const Signature startTheWorldWithSema{"runtime.startTheWorldWithSema", {}, {}};
inline const Signature goyield{"runtime.goyield", {}, {}};
inline const Signature goyield_m{"runtime.goyield_m", {{"gp", "*g"}}, {}};
inline const Signature StartTrace{"runtime.StartTrace", {}, {}};
inline const Signature StopTrace{"runtime.StopTrace", {}, {}};
inline const Signature traceEvent{"runtime.traceEvent", {{"ev", "byte", 1}, {"skip", "int"}}, {}};

// Waiting, system calls, preemption, stacks: proc.go, stack.go, panic.go.
inline const Signature gopark{"runtime.gopark",
                              {{"unlockf", "*funcval"},
                               {"lock", "unsafe.Pointer"},
                               {"reason", "waitReason", 1},
                               {"traceEv", "byte", 1},
                               {"traceskip", "int"}},
                              {}};
inline const Signature park_m{"runtime.park_m", {{"gp", "*g"}}, {}};
inline const Signature goready{"runtime.goready", {{"gp", "*g"}, {"traceskip", "int"}}, {}};
inline const Signature goready_func1{"runtime.goready.func1", {}, {}};
inline const Signature ready{"runtime.ready", {{"gp", "*g"}, {"traceskip", "int"}, {"next", "bool", 1}}, {}};
inline const Signature entersyscall{"runtime.entersyscall", {}, {}};
inline const Signature reentersyscall{"runtime.reentersyscall", {{"pc", "uintptr"}, {"sp", "uintptr"}}, {}};
inline const Signature exitsyscall{"runtime.exitsyscall", {}, {}};
inline const Signature exitsyscallfast{"runtime.exitsyscallfast", {{"oldp", "*p"}}, {{"ok", "bool", 1}}};
inline const Signature exitsyscall0{"runtime.exitsyscall0", {{"gp", "*g"}}, {}};
inline const Signature newstack{"runtime.newstack", {}, {}};
inline const Signature copystack{"runtime.copystack", {{"gp", "*g"}, {"newsize", "uintptr"}}, {}};
inline const Signature gopreempt_m{"runtime.gopreempt_m", {{"gp", "*g"}}, {}};
inline const Signature Goexit{"runtime.Goexit", {}, {}};

// Assembly.
inline const Signature gogo{"runtime.gogo", {{"buf", "*gobuf"}}, {}};
inline const Signature mcall{"runtime.mcall", {{"fn", "*funcval"}}, {}};
inline const Signature systemstack{"runtime.systemstack", {{"fn", "*funcval"}}, {}};

}  // namespace sig
}  // namespace gogoscope::runtime
