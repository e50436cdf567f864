// What events and views call things by: ids, which stay the same whatever the language, and the names that
// are made of them at the edges.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "emu/guest/guest.h"
#include "emu/layout/entities.h"

namespace gogoscope {

/// "g2", "m0.g0", "g0" of the only M, "nil", or "0x123" where no g is known.
std::string name(const GId& g);

/// A run queue: of a P, or the global one.
struct QueueId {
  enum class Kind : std::uint8_t { runnext, ring, global };
  Kind kind = Kind::global;
  int p = 0;  ///< index into allp; 0 for the global one
  auto operator<=>(const QueueId&) const = default;
};
/// "p0.runnext", "p0.runq", "sched.runq".
std::string name(const QueueId& queue);

/// A list of dead gs: of a P, or sched's two taken as one.
struct FreeListId {
  static constexpr int kSched = -1;
  int p = kSched;  ///< index into allp
  auto operator<=>(const FreeListId&) const = default;
};
/// "p0", "sched".
std::string name(const FreeListId& list);

/// A word that threads sleep on, by the struct that it is in: m1.park is at an offset in the M 1.
struct WordId {
  enum class In : std::uint8_t { nothing, g, m, p, sched };
  Addr addr;
  In in = In::nothing;  ///< `nothing`: a word of data, or one that has no name
  int index = 0;        ///< of an ordinary g, M or P
  std::uint32_t offset = 0;
  auto operator<=>(const WordId&) const = default;
};
/// "m1.park", "sched.lock", "runtime.x+8", or "0x123" where nothing is known there.
std::string name(const WordId& word, const Guest& guest);

}  // namespace gogoscope
