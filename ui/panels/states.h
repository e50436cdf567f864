// The state machine of one g: where it is, how it came there, and which function took it there.
//
// Shown is the g that was selected; without a selection the one that m.curg names, and between two
// goroutines the one whose status changed last.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/session/views/lanes.h"
#include "ui/panel.h"
#include "ui/panels/state_graph.h"

namespace gogoscope {

class StatesPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::states;

  /// A g that can be selected.
  struct Choice {
    Addr g;
    std::string name;
    bool system = false;
  };
  /// The change of status that brought the g to where it is.
  struct Taken {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint64_t state = 0;  ///< the first in which it has happened
    bool edited = false;      ///< the user wrote the status
    bool executed = false;    ///< the step executed last did it
    std::string_view who;     ///< the functions of Go that make this change; empty if none does
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const Choice& shown() const { return shown_; }
  std::uint32_t status() const { return status_; }
  const std::optional<Taken>& taken() const { return taken_; }
  /// The graph as it was drawn last.
  const std::optional<StateGraph>& graph() const { return graph_; }

 private:
  void draw_choices(Frame& frame, Rect row);
  void draw_graph(Frame& frame, Rect area);
  void draw_box(const Frame& frame, const StateBox& box, bool with_gloss) const;
  void draw_arrow(const Frame& frame, const StateArrow& arrow, Color color, bool thick) const;
  bool draw_label(const Frame& frame, const StateArrow& arrow, Color color, std::string_view words,
                  std::vector<Rect>& taken_places) const;
  void draw_caption(Frame& frame, Rect row);

  Lanes lanes_;
  std::vector<Choice> choices_;
  std::vector<Choice> by_life_;  ///< the same, those that are not dead first
  Choice shown_;
  std::int64_t goid_ = 0;
  std::uint32_t status_ = 0;
  std::string wait_reason_;
  std::optional<Taken> taken_;
  std::optional<StateGraph> graph_;
};

}  // namespace gogoscope
