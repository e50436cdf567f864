// The threads, one for each M: which moves, which could, which sleeps on what; its P, its goroutine, where it
// is. The button of a row gives it the next turn, as a recorded step.
#pragma once

#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class ThreadsPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::threads;

  enum class Standing : std::uint8_t {
    moving,    ///< it is its turn
    can_move,  ///< it may be given the next one
    asleep,
    ended,
    absent,  ///< the M exists, its thread does not yet, or no longer
  };
  /// A fact of an M, and what it leads to.
  struct Part {
    std::string name;  ///< "p", "curg", "tls", "lockedg"
    std::string text;  ///< "p0", "nil"
    Target target;
    bool changed = false;  ///< the executed step wrote it
  };
  struct Row {
    std::string name;  ///< "m1"
    int number = 0;
    Target target;
    Standing standing = Standing::absent;
    std::string sleeps_on;  ///< "m1.park"; empty: only for a time
    Target sleeps_target;
    std::uint64_t wakes_in = 0;  ///< ns of the clock from now on; 0: not by itself
    bool spinning = false;
    std::vector<Part> parts;
    std::string pc;  ///< "runtime.futex+0x23"
    Target pc_target;
    bool can_be_chosen = false;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  const Row* row(std::string_view name) const;

 private:
  void draw_row(Frame& frame, const Row& row) const;
  /// What the thread does, in words.
  static std::string standing_text(const Frame& frame, const Row& row);
  float draw_parts(Frame& frame, const Row& row, float x, float right, float y) const;

  std::vector<Row> rows_;
  std::string detail_;  ///< of the clock
};

}  // namespace gogoscope
