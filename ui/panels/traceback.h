// Tracebacks, as Go prints them at a crash: the stack on which the current thread is, then every other g
// that is not dead, through modelled and real frames alike. Beside Go's lines are ours: where PC and SP
// come from, why a return address minus one is looked up, how a stack ends.
//
// Cost: rebuilding takes some loads for each g; only the goroutines unfolded are walked and put into words:
// all of them where there are few, else the current one, the selected one and what the user unfolds. A frame
// draws the lines in sight.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ui/panels/traceback_draw.h"
#include "ui/panels/traceback_told.h"

namespace gogoscope {

class TracebackPanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::traceback;
  struct Goroutine {
    const Entity* g = nullptr;  ///< null: a stack that no g owns
    bool open = false;
    std::optional<ToldTraceback> told;  ///< if open
    std::string_view beside;            ///< a remark of `told` that is on the row of the head
    std::string name() const { return g == nullptr ? "system" : g->short_name; }
    Addr addr() const { return g == nullptr ? Addr() : g->addr; }
  };

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  /// In Go's order.
  const std::vector<Goroutine>& goroutines() const { return goroutines_; }
  const Goroutine* goroutine(std::string_view name) const;
  /// The sentence on dead goroutines, which Go leaves out; empty if there are none.
  const std::string& dead() const { return dead_.text; }

 private:
  /// What is on one row. All rows are of one height.
  struct Line {
    enum class Kind : std::uint8_t {
      head,
      remark,
      call,
      place,
      return_pc,
      minus_one,
      sentence,
      minus_one_then,
      creator,
      dead,
    };
    Kind kind = Kind::head;
    std::size_t goroutine = 0;
    std::size_t number = 0;  ///< of the call or the remark in its goroutine
    const TraceCall* call = nullptr;
    const TraceRemark* remark = nullptr;
    std::string_view text;  ///< of a sentence: as much as fits on the row
  };

  void tell_the_dead(const View& view, const UiState& ui);
  /// Breaks everything into rows of this width.
  void lay_out(const Frame& frame, float width);
  void lay_out(const Frame& frame, std::size_t goroutine, float width);
  void add_remark(const Frame& frame, Line line, const TraceRemark& remark, float room);
  void add_call(const Frame& frame, Line line, const TraceCall& call, float width);
  void add_lookup(const Frame& frame, Line line, const ReturnLookup& lookup, float width);
  void bring_into_sight(const UiState& ui, float height);

  void draw_line(Frame& frame, const Line& line, Rect box);
  void draw_head(Frame& frame, const Goroutine& goroutine, Rect box);
  TraceHead head_of(const Frame& frame, const Goroutine& of, std::string_view beside) const;

  std::vector<Goroutine> goroutines_;
  TraceRemark dead_;
  bool selected_is_dead_ = false;
  std::map<Addr, bool> open_;    ///< what the user has folded or unfolded
  std::optional<Addr> toggled_;  ///< in this frame

  std::vector<Line> lines_;
  float width_ = 0;         ///< that the lines were broken for; 0: they are out of date
  bool explained_ = false;  ///< a block on a return address has been shown at length

  Addr selected_;
  Addr on_top_;            ///< the g whose stack came first
  bool seek_ = false;      ///< bring the selected goroutine into sight
  bool seek_top_ = false;  ///< or the first one: the thread has come to another stack
};

}  // namespace gogoscope
