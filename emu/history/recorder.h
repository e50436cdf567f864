// The pen: the only writer of a trace. The machine holds one and writes each step as it happens.
//
//   recorder.store(offset, 8, old ^ new);  recorder.reg(Reg::rsp, old ^ new);  recorder.commit();
#pragma once

#include <array>
#include <vector>

#include "emu/history/cursor.h"

namespace gogoscope {

class Recorder {
 public:
  explicit Recorder(Trace& trace) : trace_(trace) { stores_.reserve(64); }

  /// Notes a store of the step at hand, in the order they are made.
  void store(std::uint32_t image_offset, unsigned size, std::uint64_t old_xor_new) {
    stores_.push_back({image_offset, static_cast<std::uint8_t>(size), old_xor_new});
  }
  /// Notes a register of the step at hand, at most once each; does nothing if its value is the same.
  void reg(Reg reg, std::uint64_t old_xor_new) {
    if (old_xor_new == 0) return;
    registers_[register_count_++] = {static_cast<std::uint8_t>(reg), old_xor_new};
  }
  /// Whether the step at hand has noted a store.
  bool stores() const { return !stores_.empty(); }
  /// Writes the step.
  void commit();
  /// Forgets what was noted: the instruction faulted.
  void discard() {
    register_count_ = 0;
    stores_.clear();
  }

  /// Says why the run ended, of the step written last.
  void mark_stop(Stop stop);
  /// Says that the step written last was an edit; that it was made by the user.
  void mark_edit();
  void mark_by_hand();
  /// Gives up every step from the cursor's position on. The cursor stays valid; others beyond it do not.
  void truncate(const Cursor& at);
  /// The same, but what is given up is kept as a branch.
  void branch_off(const Cursor& at);
  /// Makes a branch of the trace the record from its start on, and what was there a branch. Cursors beyond
  /// the start of the branch do not stay valid. Does nothing if the record has no such branch.
  void go_to_branch(int id);

  /// Gives up all of the record: it begins with a state of the run. No cursor stays valid.
  void begin_at(std::uint64_t state, std::shared_ptr<const Image> image) {
    discard();
    trace_.begin_at(state, std::move(image));
  }

  /// The record of the step written last, as delta.h lays it out; there must be one.
  const std::uint8_t* last_record() const;
  /// Gives up the step written last, without a branch. Cursors beyond it do not stay valid. Cost: some ns.
  void drop_last();

  std::uint64_t steps() const { return trace_.steps_; }

 private:
  struct PendingRegister {
    std::uint8_t reg;
    std::uint64_t value;
  };
  struct PendingStore {
    std::uint32_t offset;
    std::uint8_t size;
    std::uint64_t value;
  };

  Trace::Tail cut(const Cursor& at);

  Trace& trace_;
  std::array<PendingRegister, kRegCount> registers_{};
  unsigned register_count_ = 0;
  std::vector<PendingStore> stores_;
};

}  // namespace gogoscope
