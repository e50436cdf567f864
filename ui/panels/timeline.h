// The whole record as lanes: for each M the stack it ran on, for each g its status; below them the events.
// A click or a drag goes to a moment, Ctrl and the wheel zoom, Shift and the wheel pan.
//
// Cost: what is drawn is worked out when the record, the width or the zoom changes; a frame draws at most as
// many shapes as there are pixels, however long the record is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "emu/history/cursor.h"
#include "emu/session/views/lanes.h"
#include "emu/session/views/p_lanes.h"
#include "scenarios/told/narration.h"
#include "ui/panel.h"
#include "ui/panels/strip.h"

namespace gogoscope {

class TimelinePanel final : public Panel {
 public:
  static constexpr PanelId kId = PanelId::timeline;

  void rebuild(const View& view, const UiState& ui) override;
  void draw(Frame& frame, Rect rect) override;

  const Lanes& lanes() const { return lanes_; }
  const std::vector<Mark>& marks() const { return marks_; }
  const TimeScale& scale() const { return scale_; }
  /// How often the picture was worked out.
  std::uint64_t pictures_made() const { return pictures_made_; }

 private:
  /// Where the parts of the panel are on the screen.
  struct Places {
    Rect all;  ///< what the mouse scrubs: ruler, lanes and events
    Rect ruler;
    Rect lanes;  ///< in sight; more of them scroll
    Rect events;
    float lane_height = 0;
    float first_lane = 0;  ///< top of the first lane, which may be scrolled out of sight
  };
  Places arrange(const Frame& frame, Rect content);
  static float run_width(const Frame& frame, const std::string& function);
  /// Which lanes are shown, and what the goroutines are for.
  void choose_lanes(const View& view, bool only_user);
  void refresh_picture(const Places& places, float pixel);
  void keep_in_sight(const View& view);
  /// Scrolls to the lane of the goroutine that runs, where the lanes are more than fit.
  void show_running_lane(const Frame& frame, const Places& places) const;
  void scrub(Frame& frame, const Places& places);
  void zoom(float wheel, float x);
  void pan(float wheel);
  void draw_ruler(Frame& frame, const Places& places);
  void draw_lanes(Frame& frame, const Places& places);
  void draw_labels(Frame& frame, const Places& places);
  void draw_m_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane);
  void draw_p_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane);
  void draw_g_lane(const Frame& frame, const std::vector<Run>& runs, Rect lane);
  /// Notes what is to be written into a run, if it is long enough.
  void label_run(const Frame& frame, Rect box, std::string words);
  void draw_events(Frame& frame, const Places& places);
  void draw_branches(Frame& frame, const Places& places);
  void draw_bookmarks(Frame& frame, const Places& places);
  Rect pencil_of(const Frame& frame, const Places& places, std::uint64_t step) const;
  void draw_edits(Frame& frame, const Places& places);
  /// What was edited, in a sentence.
  std::string edit_text(const Frame& frame, std::uint64_t step);
  void draw_now(Frame& frame, const Places& places);
  void draw_header(Frame& frame, Rect rect);
  void draw_legend(const Frame& frame, Rect rect, float left, float right) const;
  void draw_tooltip(Frame& frame, std::uint64_t state);

  Lanes lanes_;
  PLanes p_lanes_;
  std::vector<Mark> marks_;       ///< one for each event
  std::vector<EventType> types_;  ///< that occur, in the order of the legend
  std::uint64_t last_position_ = 0;

  // The part of the record in sight: the whole of it, unless the user zoomed, from where it begins to matter.
  bool zoomed_ = false;
  double from_ = 0;  ///< a program's boot is left out until somebody looks at it
  double first_ = 0;
  double last_ = 1;

  // What is drawn, and what it was worked out for.
  TimeScale scale_;
  TimeScale made_for_;
  bool outdated_ = true;
  std::vector<const Lane*> shown_;
  bool only_user_ = false;
  std::map<std::string, std::string> runs_what_;  ///< of a program: what a goroutine runs, by its name
  std::optional<Cursor> end_;                     ///< at the end of the record, where all gs are known
  std::vector<std::vector<Run>> runs_;            ///< of each lane shown
  std::vector<Mark> marks_shown_;
  std::uint64_t pictures_made_ = 0;

  std::vector<std::pair<ImVec2, std::string>> run_labels_;  ///< of this frame

  std::optional<Cursor> hover_;  ///< at the state under the mouse: which function was it in
  std::optional<Narration> narration_;
};

}  // namespace gogoscope
