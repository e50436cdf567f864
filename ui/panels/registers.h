// The registers of the thread shown, the g in its TLS slot, and its flags. A margin on the left is kept free
// for the arrows that join registers and fields of structs (transfer_arrows.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ui/link.h"

namespace gogoscope {

class RegistersPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::registers;
  struct Row {
    std::string name;
    std::optional<Reg> reg;  ///< none for the word in TLS
    std::uint64_t value = 0;
    bool changed = false;
    bool can_change = false;
    std::uint64_t old_value = 0;
    std::string meaning;  ///< "&g2.sched", "runtime.goexit+0x1"; empty for a plain number
    Target target;        ///< of the value
  };
  /// An SSE register of the thread shown; only those that were ever written have a row.
  struct SseRow {
    std::string name;
    std::string value;  ///< all digits
    bool changed = false;
    std::string old_value;
  };
  struct Flag {
    std::string name;
    bool set = false;
    bool changed = false;
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }
  const Row* row(std::string_view name) const;
  const std::vector<SseRow>& sse_rows() const { return sse_rows_; }

 private:
  void draw_ms(Frame& frame, Rect rect) const;
  void draw_row(Frame& frame, const Row& row, Rect box) const;
  void draw_sse(Frame& frame, const SseRow& row, Rect box) const;
  void draw_flags(Frame& frame, Rect box) const;

  std::vector<Row> rows_;
  std::vector<Flag> flags_;
  std::vector<SseRow> sse_rows_;
  std::vector<int> ms_;  ///< that have registers
  int shown_m_ = 0;
};

}  // namespace gogoscope
