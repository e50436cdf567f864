// A Go release as data: where its structs have their fields, where its code keeps g, how its statuses change.
// Everything that reads a guest asks the release that the guest carries; nothing else knows one by its name.
// What a lesson machine runs under a release is in emu/runtime/lesson_release.h.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/guest/guest.h"
#include "emu/layout/offsets.h"
#include "emu/layout/status.h"

namespace gogoscope {

/// Where compiled code finds the g that it runs on. TLS holds it in every release, for assembly, signal
/// handlers and C. From Go 1.17 on R14 holds it as well, and compiled code asks R14 only.
enum class GHome : std::uint8_t { tls, r14 };
/// "TLS", "R14".
std::string_view name(GHome home);

struct CurrentG {
  Addr g;  ///< nil for none
  GHome home = GHome::tls;
};

/// The word of TLS that holds a g in every release: -8(FS), which is m.tls[0].
Addr tls_slot(const StateView& state, ThreadId thread);
Addr tls_g(const StateView& state, ThreadId thread);

struct Release {
  Release(Layout structs, GHome home, std::vector<GTransition> of_g, std::vector<PTransition> of_p)
      : layout(std::move(structs)),
        at(layout),
        g_home(home),
        g_transitions(std::move(of_g)),
        p_transitions(std::move(of_p)) {}

  const Layout layout;
  const Offsets at;  ///< of `layout`
  const GHome g_home;
  const std::vector<GTransition> g_transitions;
  const std::vector<PTransition> p_transitions;

  const std::string& name() const { return layout.release(); }  ///< "1.16"

  /// The g that the thread's code runs on. `is_g` says whether an address is that of a g: where
  /// assembly has taken R14 for something else, TLS answers, from which R14 will be loaded again.
  template <class IsG>
  CurrentG current_g(const StateView& state, ThreadId thread, const IsG& is_g) const {
    const Addr r14(g_home == GHome::r14 ? state.reg(thread, Reg::r14) : 0);
    if (!r14.is_nil() && is_g(r14)) return {r14, GHome::r14};
    return {tls_g(state, thread), GHome::tls};
  }

  /// Null if nothing in the runtime makes that change.
  const GTransition* g_transition(std::uint64_t from, std::uint64_t to) const;
  bool has_p_transition(std::uint64_t from, std::uint64_t to) const;
};

/// "Go 1.26 has no field gobuf.ret": why what needs it is not there.
Text no_such_field(const Release& release, std::string_view in, std::string_view field);
Text no_such_field(const Release& release, FieldAt Offsets::*field);

/// One of those that come with the program, or null. A guest may have any other.
std::shared_ptr<const Release> release_named(std::string_view go);
std::span<const std::string_view> release_names();
inline constexpr std::string_view kDefaultRelease = "1.16";

}  // namespace gogoscope
