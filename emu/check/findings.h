// Where the judges of an invariant put what they find. Texts are made only where they are wanted.
// Private to this folder.
#pragma once

#include <fmt/format.h>

#include <utility>

#include "emu/check/report.h"

namespace gogoscope::check {

/// The same arguments in both languages; a place in the Chinese text may name its argument by number.
template <class... Args>
Text reason(fmt::format_string<const Args&...> en, fmt::format_string<const Args&...> zh,
            const Args&... args) {
  return {fmt::format(en, args...), fmt::format(zh, args...)};
}
inline Text operator+(Text first, const Text& second) {
  first.en += second.en;
  first.zh += second.zh;
  return first;
}

class Findings {
 public:
  virtual ~Findings() = default;

  /// Untrue, and bound to become true again: because of `detail()`.
  template <class Detail>
  void window(Invariant id, Detail&& detail) {
    saw_window_ = true;
    if (wants(id, InvariantState::window)) note(id, InvariantState::window, std::forward<Detail>(detail)());
  }
  /// Untrue beyond repair.
  template <class Detail>
  void broken(Invariant id, Detail&& detail) {
    if (wants(id, InvariantState::broken)) note(id, InvariantState::broken, std::forward<Detail>(detail)());
  }
  template <class Detail>
  void untrue(Invariant id, bool in_window, Detail&& detail) {
    if (in_window) {
      window(id, std::forward<Detail>(detail));
    } else {
      broken(id, std::forward<Detail>(detail));
    }
  }

  /// Whether a window was found since this was asked last.
  bool take_window() { return std::exchange(saw_window_, false); }

 protected:
  virtual bool wants(Invariant id, InvariantState state) const = 0;
  virtual void note(Invariant id, InvariantState state, Text detail) = 0;

 private:
  bool saw_window_ = false;
};

}  // namespace gogoscope::check
