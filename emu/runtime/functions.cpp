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
GoFunction morestack(const Go& go);
GoFunction morestack_noctxt(const Go& go);

std::vector<GoFunction> modelled_functions(const Go& go) {
  constexpr GoFunction (*kFunctions[])(const Go&) = {rt0_go,
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
                                                     morestack,
                                                     morestack_noctxt};
  std::vector<GoFunction> functions;
  for (const auto make : kFunctions) functions.push_back(make(go));
  return functions;
}

}  // namespace gogoscope::runtime
