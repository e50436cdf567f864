// One moment of a trace, with an image of its own. Several may exist: that is how two moments are compared.
// Moving a cursor changes nothing but the cursor.
#pragma once

#include "emu/history/trace.h"

namespace gogoscope {

class Cursor {
 public:
  /// At state 0. The trace must outlive the cursor and may grow meanwhile. Cursors share the pages that none
  /// of them has changed: making or copying one costs about a microsecond, then what it changes.
  explicit Cursor(const Trace& trace);
  Cursor(const Cursor&) = default;

  const Trace& trace() const { return *trace_; }
  std::uint64_t position() const { return position_; }
  bool at_end() const { return position_ == trace_->steps(); }
  const Image& state() const { return image_; }

  /// Goes one step on or back; false at the end or the start. Cost: about 10 ns, and where the deltas were
  /// released some 40 ms.
  bool forward();
  bool back();
  /// Goes to state k (clamped to the end). Cost: 8 ns for every step between here, or the last keyframe
  /// before k, and there; and where the deltas were released some 40 ms.
  void seek(std::uint64_t state);

  /// The step that would come next (position), or that came last (position - 1). The cursor must not
  /// be at the end, or at the start. Cost: some allocations; not for tight loops.
  Step next() const;
  Step last() const;
  /// The bytes of the next step, or of the last one, as delta.h lays them out: for loops that next() is too
  /// slow for. The cursor must not be at the end, or at the start.
  const std::uint8_t* next_record() const;
  const std::uint8_t* last_record() const;

 private:
  friend class Recorder;
  Step decode(const std::uint8_t* record, std::uint64_t index, bool applied) const;
  const std::uint8_t* chunk_bytes(std::uint32_t chunk) const;

  const Trace* trace_;
  Image image_;
  std::uint64_t position_ = 0;
  std::uint32_t chunk_ = 0;   ///< of the next step
  std::uint32_t offset_ = 0;  ///< of the next step in its chunk
};

}  // namespace gogoscope
