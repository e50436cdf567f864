// How a command that takes long is watched, and given up.
#pragma once

#include <cstdint>
#include <functional>

namespace gogoscope {

/// How far a search has come: states.
struct SearchProgress {
  std::uint64_t from = 0;
  std::uint64_t at = 0;
  std::uint64_t to = 0;  ///< where it ends at the latest
};

/// Called now and then while a command is carried out, some hundred times for ten million steps. False: it is
/// given up.
using Watch = std::function<bool(const SearchProgress&)>;

}  // namespace gogoscope
