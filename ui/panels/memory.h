// Bytes of the guest, with what is there named over them: one row for each field of a struct, one for each
// word elsewhere. All mapped memory can be scrolled through; only rows in sight are read.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "ui/link.h"
#include "ui/panels/field_value.h"
#include "ui/panels/memory_rows.h"

namespace gogoscope {

class MemoryPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::memory;
  /// What a row says.
  struct Line {
    MemoryRow row;
    std::string bytes;  ///< "d8 6f 01 00", in the order of memory
    std::string name;   ///< "g2.sched.sp"
    FieldValue value;
    bool changed = false;
    std::string old;
    Target place;
    Target points_at;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const MemoryRows& rows() const { return rows_; }
  Line line(const View& view, std::size_t row) const;

 private:
  const Line& cached(const View& view, std::size_t row);
  void draw_hole(Frame& frame, const MemoryRow& row, Rect box) const;
  void draw_line(Frame& frame, const Line& line, Rect box) const;
  void draw_gutter(Frame& frame, const MemoryRow& row, Rect box) const;
  void draw_header(Frame& frame, Rect rect);

  MemoryRows rows_;
  std::unordered_map<std::size_t, Line> lines_;  ///< those seen at this moment
  Addr sp_, bp_;
  Addr at_;          ///< what is looked at: memory_at, else SP
  Addr wanted_;      ///< to be brought into sight; nil: nothing
  std::string top_;  ///< where the first row in sight is
};

}  // namespace gogoscope
