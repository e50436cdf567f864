#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

GoFunction rt0_go(const Go& go);
GoFunction schedinit(const Go& go);
GoFunction mcommoninit(const Go& go);
GoFunction mpreinit(const Go& go);
GoFunction procresize(const Go& go);
GoFunction acquirep(const Go& go);
GoFunction wirep(const Go& go);
GoFunction mstart(const Go& go);
GoFunction mstart1(const Go& go);
GoFunction save(const Go& go);
GoFunction main_(const Go& go);
GoFunction exit(const Go& go);
GoFunction newproc(const Go& go);
GoFunction newproc_func1(const Go& go);
GoFunction newproc1(const Go& go);
GoFunction malg(const Go& go);
GoFunction malg_func1(const Go& go);
GoFunction gfget(const Go& go);
GoFunction allgadd(const Go& go);
GoFunction gostartcallfn(const Go& go);
GoFunction gostartcall(const Go& go);
GoFunction newobject(const Go& go);
GoFunction stackalloc(const Go& go);
GoFunction stackfree(const Go& go);
GoFunction isSystemGoroutine(const Go& go);
GoFunction goexit1(const Go& go);
GoFunction racegoend(const Go& go);
GoFunction traceGoEnd(const Go& go);
GoFunction goexit0(const Go& go);
GoFunction casgstatus(const Go& go);
GoFunction dropg(const Go& go);
GoFunction gfput(const Go& go);
GoFunction schedule(const Go& go);
GoFunction runqget(const Go& go);
GoFunction runqput(const Go& go);
GoFunction globrunqget(const Go& go);
GoFunction globrunqput(const Go& go);
GoFunction findrunnable(const Go& go);
GoFunction globrunqputbatch(const Go& go);
GoFunction runqputslow(const Go& go);
GoFunction runqgrab(const Go& go);
GoFunction runqsteal(const Go& go);
GoFunction gcstopm(const Go& go);
GoFunction stopTheWorld(const Go& go);
GoFunction stopTheWorld_func1(const Go& go);
GoFunction stopTheWorldWithSema(const Go& go);
GoFunction startTheWorld(const Go& go);
GoFunction startTheWorld_func1(const Go& go);
GoFunction startTheWorldWithSema(const Go& go);
GoFunction goyield(const Go& go);
GoFunction goyield_m(const Go& go);
GoFunction StartTrace(const Go& go);
GoFunction StopTrace(const Go& go);
GoFunction traceEvent(const Go& go);
GoFunction traceGoSched(const Go& go);
GoFunction racegostart(const Go& go);
GoFunction checkdead(const Go& go);
GoFunction execute(const Go& go);
GoFunction wakep(const Go& go);
GoFunction Gosched(const Go& go);
GoFunction gosched_m(const Go& go);
GoFunction goschedImpl(const Go& go);
GoFunction lock2(const Go& go);
GoFunction unlock2(const Go& go);
GoFunction badmcall(const Go& go);
GoFunction badmcall2(const Go& go);
GoFunction badsystemstack(const Go& go);
GoFunction badctxt(const Go& go);
GoFunction throw_(const Go& go);
GoFunction gopark(const Go& go);
GoFunction park_m(const Go& go);
GoFunction goready(const Go& go);
GoFunction goready_func1(const Go& go);
GoFunction ready(const Go& go);
GoFunction preemptone(const Go& go);
GoFunction preemptall(const Go& go);
GoFunction gopreempt_m(const Go& go);
GoFunction newstack(const Go& go);
GoFunction copystack(const Go& go);
GoFunction badmorestackg0(const Go& go);
GoFunction badmorestackgsignal(const Go& go);
GoFunction deferproc(const Go& go);
GoFunction deferreturn(const Go& go);
GoFunction Goexit(const Go& go);
GoFunction setPanicOnFault(const Go& go);
GoFunction setProfLabel(const Go& go);
GoFunction setMaxStack(const Go& go);
GoFunction main_func1(const Go& go);
GoFunction entersyscall(const Go& go);
GoFunction reentersyscall(const Go& go);
GoFunction entersyscall_sysmon(const Go& go);
GoFunction entersyscall_gcwait(const Go& go);
GoFunction exitsyscall(const Go& go);
GoFunction exitsyscallfast(const Go& go);
GoFunction exitsyscallfast_reacquired(const Go& go);
GoFunction exitsyscallfast_func1(const Go& go);
GoFunction exitsyscallfast_pidle(const Go& go);
GoFunction exitsyscall0(const Go& go);
GoFunction sysmon(const Go& go);
GoFunction retake(const Go& go);
GoFunction futexsleep(const Go& go);
GoFunction futexwakeup(const Go& go);
GoFunction usleep(const Go& go);
GoFunction osyield(const Go& go);
GoFunction nanotime(const Go& go);
GoFunction exitThread(const Go& go);
GoFunction clone(const Go& go);
GoFunction newosproc(const Go& go);
GoFunction notesleep(const Go& go);
GoFunction notetsleep(const Go& go);
GoFunction notewakeup(const Go& go);
GoFunction mput(const Go& go);
GoFunction mget(const Go& go);
GoFunction pidleput(const Go& go);
GoFunction pidleget(const Go& go);
GoFunction startm(const Go& go);
GoFunction resetspinning(const Go& go);
GoFunction mspinning(const Go& go);
GoFunction stopm(const Go& go);
GoFunction mPark(const Go& go);
GoFunction releasep(const Go& go);
GoFunction handoffp(const Go& go);
GoFunction newm(const Go& go);
GoFunction newm1(const Go& go);
GoFunction allocm(const Go& go);
GoFunction stoplockedm(const Go& go);
GoFunction startlockedm(const Go& go);
GoFunction incidlelocked(const Go& go);
GoFunction LockOSThread(const Go& go);
GoFunction UnlockOSThread(const Go& go);
GoFunction lockOSThread(const Go& go);
GoFunction unlockOSThread(const Go& go);
GoFunction mexit(const Go& go);

std::vector<GoFunction> modelled_functions(const Go& go) {
  constexpr GoFunction (*kFunctions[])(const Go&) = {rt0_go,
                                                     futexsleep,
                                                     futexwakeup,
                                                     usleep,
                                                     osyield,
                                                     nanotime,
                                                     exitThread,
                                                     clone,
                                                     newosproc,
                                                     notesleep,
                                                     notetsleep,
                                                     notewakeup,
                                                     mput,
                                                     mget,
                                                     pidleput,
                                                     pidleget,
                                                     startm,
                                                     resetspinning,
                                                     mspinning,
                                                     stopm,
                                                     mPark,
                                                     releasep,
                                                     handoffp,
                                                     newm,
                                                     newm1,
                                                     allocm,
                                                     stoplockedm,
                                                     startlockedm,
                                                     incidlelocked,
                                                     LockOSThread,
                                                     UnlockOSThread,
                                                     lockOSThread,
                                                     unlockOSThread,
                                                     mexit,

                                                     schedinit,
                                                     mcommoninit,
                                                     mpreinit,
                                                     procresize,
                                                     acquirep,
                                                     wirep,
                                                     mstart,
                                                     mstart1,
                                                     save,
                                                     main_,
                                                     exit,
                                                     newproc,
                                                     newproc_func1,
                                                     newproc1,
                                                     malg,
                                                     malg_func1,
                                                     gfget,
                                                     allgadd,
                                                     gostartcallfn,
                                                     gostartcall,
                                                     newobject,
                                                     stackalloc,
                                                     stackfree,
                                                     isSystemGoroutine,
                                                     goexit1,
                                                     racegoend,
                                                     traceGoEnd,
                                                     goexit0,
                                                     casgstatus,
                                                     dropg,
                                                     gfput,
                                                     schedule,
                                                     runqget,
                                                     runqput,
                                                     globrunqget,
                                                     globrunqput,
                                                     findrunnable,
                                                     globrunqputbatch,
                                                     runqputslow,
                                                     runqgrab,
                                                     runqsteal,
                                                     gcstopm,
                                                     stopTheWorld,
                                                     stopTheWorld_func1,
                                                     stopTheWorldWithSema,
                                                     startTheWorld,
                                                     startTheWorld_func1,
                                                     startTheWorldWithSema,
                                                     goyield,
                                                     goyield_m,
                                                     StartTrace,
                                                     StopTrace,
                                                     traceEvent,
                                                     traceGoSched,
                                                     racegostart,
                                                     checkdead,
                                                     execute,
                                                     wakep,
                                                     Gosched,
                                                     gosched_m,
                                                     goschedImpl,
                                                     lock2,
                                                     unlock2,
                                                     badmcall,
                                                     badmcall2,
                                                     badsystemstack,
                                                     badctxt,
                                                     throw_,
                                                     gopark,
                                                     park_m,
                                                     goready,
                                                     goready_func1,
                                                     ready,
                                                     preemptone,
                                                     preemptall,
                                                     gopreempt_m,
                                                     newstack,
                                                     copystack,
                                                     badmorestackg0,
                                                     badmorestackgsignal,
                                                     deferproc,
                                                     deferreturn,
                                                     Goexit,
                                                     setPanicOnFault,
                                                     setProfLabel,
                                                     setMaxStack,
                                                     main_func1,
                                                     entersyscall,
                                                     reentersyscall,
                                                     entersyscall_sysmon,
                                                     entersyscall_gcwait,
                                                     exitsyscall,
                                                     exitsyscallfast,
                                                     exitsyscallfast_reacquired,
                                                     exitsyscallfast_func1,
                                                     exitsyscallfast_pidle,
                                                     exitsyscall0,
                                                     sysmon,
                                                     retake};
  std::vector<GoFunction> functions;
  for (const auto make : kFunctions) functions.push_back(make(go));
  return functions;
}

}  // namespace gogoscope::runtime
