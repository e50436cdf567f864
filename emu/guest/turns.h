// Which thread moves next, where several could. It is input, like a task's text: the same turns give the same
// record. A thread keeps its turn for some steps, or until it sleeps, yields or ends.
#pragma once

#include <cstdint>
#include <vector>

#include "emu/guest/registers.h"

namespace gogoscope {

/// A turn that was asked for: `thread` moves for `steps` steps. Skipped if it cannot move just then.
struct Turn {
  ThreadId thread = 0;
  std::uint32_t steps = 1;
  bool expires = false;  ///< first the deadline passes until which the thread sleeps; only with `explored`
  bool operator==(const Turn&) const = default;
};

struct Turns {
  enum class Kind : std::uint8_t {
    round_robin,  ///< in order of thread numbers, `quantum` steps each
    seed,         ///< any thread that can move, 1 to `quantum` steps, drawn from `seed`
  };
  Kind kind = Kind::round_robin;
  std::uint32_t quantum = 20;  ///< steps
  std::uint64_t seed = 0;
  std::vector<Turn> first = {};  ///< an explicit list that comes before
  /// Steps take no time. A deadline passes where no thread can move, or where a turn of the list says so.
  bool explored = false;
};

}  // namespace gogoscope
