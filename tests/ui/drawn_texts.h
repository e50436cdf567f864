// Every text of a frame, with where it was drawn and what lets it be seen.
#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "ui/app.h"

namespace gogoscope {

struct DrawnText {
  std::string words;
  float size = 0;  ///< of its font, in pixels
  ImU32 color = 0;
  Rect where;
  Rect clip;             ///< outside of it nothing is seen
  std::string window;    ///< ImGui's name: "gogoscope" or a child of it, or an overlay
  bool scrolls = false;  ///< the window has more rows than it shows
};

/// Collects them while it lives; one at a time.
class DrawnTexts {
 public:
  DrawnTexts();
  ~DrawnTexts();
  DrawnTexts(const DrawnTexts&) = delete;
  DrawnTexts& operator=(const DrawnTexts&) = delete;

  /// Of the frame drawn last.
  const std::vector<DrawnText>& all() const { return texts_; }
  /// Whether these words are in them, one after the other; a text may be broken where it wraps.
  bool say(std::string_view words) const;

 private:
  std::vector<DrawnText> texts_;
  int frame_ = -1;
};

/// Whether the panels scroll as a whole and this text is at the edge of what is shown of them, or beyond.
bool off_ground(const DrawnText& text, const App& app);
/// Whether a text is part of the window itself, not of an overlay on top of it.
bool in_root(const DrawnText& text);
/// The panel that the text was drawn in, "stacks"; "no panel" for the toolbar and the like.
std::string panel_of(const DrawnText& text, const App& app);
/// The rectangle of that panel, if there is one.
std::optional<Rect> panel_rect(const DrawnText& text, const App& app);

/// Moments of the default scenario that look different from each other, the stack switch among them.
const std::vector<std::string>& telling_moments();
/// Moves the run to one of them.
void go_to_moment(App& app, const std::string& moment);

/// Brings the n-th panel of each slot to the front; there are at most kTabRounds in a slot.
void bring_tabs_forward(App& app, int n);
inline constexpr int kTabRounds = 6;

}  // namespace gogoscope
