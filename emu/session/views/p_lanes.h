// Which M each P was with, from state 0 to the end of the record: the lanes of Ps, for a record that has
// several.
#pragma once

#include <optional>
#include <vector>

#include "emu/session/views/lanes.h"

namespace gogoscope {

class PLanes {
 public:
  // What a segment says, besides the number of the M that runs with the P.
  static constexpr std::uint32_t kIdle = Lane::kAbsent - 1;
  static constexpr std::uint32_t kSyscall =
      Lane::kAbsent - 2;  ///< its M is in a system call: it may be taken
  static constexpr std::uint32_t kStopped = Lane::kAbsent - 3;  ///< the world is stopped, or the P is dead

  /// Takes in what the record has now; true if that was anything. Cost: a walk over the record, some ns for
  /// each step and P; of a record with one P nothing but a look.
  bool follow(const MomentView& moment);

  /// In the order of their ids; none where there is one P.
  std::vector<const Lane*> all() const;

 private:
  struct Watched {
    Addr m;  ///< of p.m and p.status
    Addr status;
  };
  void start(const MomentView& moment);
  std::uint32_t what(const Image& state, const Watched& p) const;

  const Trace* trace_ = nullptr;
  std::uint64_t cuts_ = 0;
  std::optional<Cursor> cursor_;  ///< how far the record was followed
  std::vector<Watched> ps_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> ms_;  ///< addresses of ms and their numbers
  std::vector<Lane> lanes_;
};

}  // namespace gogoscope
