// The futures of the run side by side: the record, and what edits and turns have cut off. A click makes one
// the record.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/session/views/futures.h"
#include "scenarios/told/narration.h"
#include "ui/panel.h"

namespace gogoscope {

class FuturesPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::futures;
  struct Row {
    std::optional<int> branch;  ///< none for the record
    std::string begins;         ///< "branch 2, from state 812: you set ..."
    std::string ends;           ///< "1664 steps; the program exited: exit code 0"
    std::string differs;        ///< "differs first: g3: running -> dead, step 1200"
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::string begins(const View& view, const Future& future, Language language) const;

  /// What the rows were made of.
  struct Made {
    const Trace* trace;
    std::uint64_t cuts;
    std::uint64_t steps;
    Language language;
    bool hidden;
    bool operator==(const Made&) const = default;
  };

  Futures futures_;
  std::optional<Made> made_;
  std::optional<Narration> narration_;
  std::vector<Row> rows_;
};

}  // namespace gogoscope
