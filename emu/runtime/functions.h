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

// Assembly.
inline const Signature gogo{"runtime.gogo", {{"buf", "*gobuf"}}, {}};
inline const Signature mcall{"runtime.mcall", {{"fn", "*funcval"}}, {}};
inline const Signature systemstack{"runtime.systemstack", {{"fn", "*funcval"}}, {}};

}  // namespace sig
}  // namespace gogoscope::runtime
