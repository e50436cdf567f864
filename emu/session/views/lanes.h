// The events of a record, sorted into lanes: for each M the stack that its SP was on while its thread was
// awake, for each g of allgs its status, from state 0 to the end of the record. The timeline draws them, the
// state machine asks them how a g came to its status.
//
// Cost: 16 bytes for each change. Following a record that grew looks only at its new events; the first call
// copies an image, about half a millisecond.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "emu/session/views/moment.h"

namespace gogoscope {

/// States [from, to) during which nothing changed; `what` is read with the lane's kind.
struct Segment {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::uint32_t what = 0;
};

struct Lane {
  enum class Kind : std::uint8_t { m, p, g };
  /// For all kinds: the M or g does not exist yet, or nothing is known of it.
  static constexpr std::uint32_t kAbsent = ~std::uint32_t{0};

  /// For an M: its thread sleeps.
  static constexpr std::uint32_t kAsleep = kAbsent - 1;

  Kind kind = Kind::g;
  std::string name;  ///< "m0", "g2"
  /// Without gaps. Of an M: index into Lanes::owner(), or kAsleep; of a P: see p_lanes.h; of a g: its status.
  std::vector<Segment> segments;

  /// The segment that holds a state; at the end of the record the last one. Null for an empty record.
  const Segment* at(std::uint64_t state) const;
  /// The segment before, or null.
  const Segment* before(const Segment& segment) const;
};

class Lanes {
 public:
  enum class Change : std::uint8_t { none, grew, replaced };
  /// Takes in what the record has now.
  Change follow(const MomentView& moment);

  /// The ms in order of id, then the gs in order of allgs.
  std::vector<const Lane*> all() const;
  const Lane* find(std::string_view name) const;
  /// Whose stack it is: "g0", "g2", "nil" for none.
  const std::string& owner(std::uint32_t what) const { return owners_[what].name; }
  /// A g0 or a gsignal.
  bool is_system(std::uint32_t owner) const { return owners_[owner].system; }
  std::uint64_t steps() const { return steps_; }

 private:
  void start(const MomentView& moment);
  void take(const Event& event);
  void change(Lane& lane, std::uint64_t state, std::uint32_t what);
  Lane& lane(Lane::Kind kind, int index, std::string_view letter);
  void take(const Event& event, const ThreadChange& thread);
  std::uint32_t owner_index(const GId& g);

  const Trace* trace_ = nullptr;
  std::uint64_t steps_ = 0;
  std::uint64_t cuts_ = 0;
  std::size_t taken_ = 0;   ///< events
  std::map<int, Lane> ms_;  ///< by m.id
  std::map<int, Lane> gs_;  ///< by N of gN
  struct Owner {
    std::string name;
    bool system;
  };
  std::vector<Owner> owners_;
  std::map<std::string, std::uint32_t> owner_numbers_;
};

}  // namespace gogoscope
