// The modelled functions: each is written in the file of its name, and listed in functions.def.
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
inline constexpr std::uint64_t kStackMin = 2048;                    ///< _StackMin, _FixedStack
inline constexpr std::uint64_t kStackGuard = 928;                   ///< _StackGuard
inline constexpr std::uint64_t kGoidCacheBatch = 16;                ///< _GoidCacheBatch
inline constexpr std::uint64_t kStackPreempt = 0xfffffffffffffade;  ///< stackPreempt: no SP is above it
inline constexpr std::uint64_t kStackFork = 0xfffffffffffffb2e;     ///< stackFork
inline constexpr std::uint64_t kRunqSize = 256;                     ///< len(p.runq)

namespace sig {

#define MODELLED(name, ...) inline const Signature name{__VA_ARGS__};
#define ASSEMBLY(name, ...) inline const Signature name{__VA_ARGS__};
#include "emu/runtime/functions.def"
#undef MODELLED
#undef ASSEMBLY

}  // namespace sig
}  // namespace gogoscope::runtime
