// The registers of the thread shown, the g in its TLS slot, and its flags.
#pragma once

#include <string>
#include <vector>

#include "ui/panel.h"

namespace gogoscope {

class RegistersPanel final : public Panel {
 public:
  struct Row {
    std::string name;
    std::uint64_t value = 0;
    bool changed = false;
    std::uint64_t old_value = 0;
    std::string meaning;  ///< "g2.sched", "runtime.goexit+0x1"; empty for a plain number
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

 private:
  std::vector<Row> rows_;
  std::vector<Flag> flags_;
};

}  // namespace gogoscope
