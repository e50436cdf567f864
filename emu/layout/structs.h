// Where the scheduler's structs lie at a moment: the one walk of allgs, allm and allp. Entities gives them
// names, World follows them from step to step.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "emu/guest/guest.h"
#include "emu/guest/thread_table.h"
#include "emu/layout/offsets.h"

namespace gogoscope {

/// A Go slice of pointers, as far as its array is mapped and no longer than structs fit into the guest.
struct PointerSlice {
  Addr array;
  std::uint64_t length = 0;
  Addr place(std::uint64_t i) const { return array + static_cast<std::int64_t>(i * 8); }
};

/// An M and its own gs; nil where it has none, or none that is mapped.
struct FoundM {
  Addr addr;
  int id = 0;  ///< m.id
  Addr g0, gsignal;
  bool operator==(const FoundM&) const = default;
};

class StructFinder {
 public:
  /// The guest must outlive it.
  explicit StructFinder(const Guest& guest);

  /// Cost of both: two reads.
  PointerSlice allgs(const MemoryView& memory) const;
  PointerSlice allp(const MemoryView& memory) const;
  /// All Ms, by id, at most as many as there can be threads: those of allm; m0, even before it is put there;
  /// one that has left allm, while its thread lives or while it waits on sched.freem for its stack to be
  /// freed.
  /// Cost: some reads for each, and one for each thread that was ever made.
  std::vector<FoundM> ms(const MemoryView& memory) const;

  // Where it looks; nil for what the guest does not have.
  Addr allgs_addr() const { return allgs_; }
  Addr allp_addr() const { return allp_; }
  Addr allm_addr() const { return allm_; }
  Addr sched_addr() const { return sched_; }
  const std::optional<ThreadTable>& threads() const { return threads_; }

 private:
  PointerSlice slice(const MemoryView& memory, Addr at, std::uint32_t element_size) const;

  const Guest& guest_;
  const Offsets& at_;
  Addr allgs_, allp_, allm_, sched_, m0_, g0_;
  std::optional<ThreadTable> threads_;
};

}  // namespace gogoscope
