// The modelled functions: each is written in the file of its name, and listed in functions.def.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "emu/layout/layout.h"
#include "emu/layout/status.h"
#include "emu/runtime/function.h"

namespace gogoscope::runtime {

/// Fields of the release in force, by Go name. One that the release lacks is noted, and another stands in for
/// it: what was built from it must not be used.
class Go {
 public:
  explicit Go(const Layout& layout) : layout_(layout) {}

  const Field& g(std::string_view name) const { return field("g", name); }
  const Field& m(std::string_view name) const { return field("m", name); }
  const Field& p(std::string_view name) const { return field("p", name); }
  const Field& gobuf(std::string_view name) const { return field("gobuf", name); }
  const Field& sched(std::string_view name) const { return field("schedt", name); }
  const Field& field(std::string_view in, std::string_view name) const;
  /// Bytes of a struct.
  std::uint32_t size_of(std::string_view name) const;

  /// "gobuf.ret", "_defer": what was asked for and is not there, each once.
  const std::vector<std::string>& missing() const { return *missing_; }

 private:
  void note(std::string name) const;

  const Layout& layout_;
  std::shared_ptr<std::vector<std::string>> missing_ = std::make_shared<std::vector<std::string>>();
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
