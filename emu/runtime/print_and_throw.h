// print(...) and then throw(...), where what is printed has values of the guest in it: the run ends with both
// as one message. What throw itself changes before its end is changed here as well.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <string>
#include <utility>

#include "emu/runtime/functions.h"

namespace gogoscope::runtime {

using Printed = std::function<std::string(Frame&)>;

/// For the line last begun, the throw; `printed` is without its newline.
inline void print_and_throw(GoFunction& f, const Go& go, Printed printed, std::string message) {
  const Field& throwing = go.m("throwing");
  // Only this M asks for its own m.throwing; -1 stays.
  f.store(own_m, throwing, [offset = throwing.offset](Frame& x) {
    const std::uint64_t now = x.load_private(x.m() + offset, 4);
    return now == 0 ? 1 : now;
  });
  f.does([printed = std::move(printed), message = std::move(message)](Frame& x) {
    x.stop(
        {StopReason::throw_, Text::untranslated(fmt::format("{}\nfatal error: {}", printed(x), message)), 0});
  });
}

}  // namespace gogoscope::runtime
