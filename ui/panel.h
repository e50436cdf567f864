// What a panel is. It reads a View, keeps what it derived from it, and pushes commands; the state of the
// machine is never kept here.
//
// To add a panel: a file in panels/ with a subclass, a row in desk.cpp, a name in the list of panels.cpp.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "emu/session/command.h"
#include "scenarios/told/bookmark.h"
#include "ui/action.h"
#include "ui/anchors.h"
#include "ui/desk.h"
#include "ui/fonts.h"
#include "ui/kept_lessons.h"
#include "ui/lesson_play.h"
#include "ui/motion.h"
#include "ui/press.h"
#include "ui/registry.h"
#include "ui/text.h"
#include "ui/theme.h"
#include "ui/view.h"

namespace gogoscope {

struct Target;

/// What is on top of the window before a run is looked at.
enum class StartMode : std::uint8_t { none, page, files };

/// What the user chose to see. It is not part of a session and cannot be undone.
struct UiState {
  Language language = Language::en;
  ThemeId theme = ThemeId::dark;
  bool presenter = false;
  bool motion = true;
  float zoom = 1;  ///< on top of the screen's own scale

  Desk desk;                        ///< which panel of each slot is in front
  Addr selected_g;                  ///< whose stack, states and struct to show; nil: the current one
  std::optional<int> registers_of;  ///< the M whose registers are shown; none: the one whose turn it is
  CodeAddr cursor_place;            ///< the line that was clicked, for run to the cursor; 0: none
  CodeAddr code_at;  ///< the code that a link led to, until the moment changes; 0: where the PC is
  Addr memory_at;    ///< where the memory panel looks; nil: where SP points
  std::vector<std::string> watched;   ///< "g2.sched.sp", "rsp": on the watch list, in the order of coming
  bool only_user_goroutines = false;  ///< in lists of goroutines: without those of the runtime itself
  std::string struct_shown;           ///< "p0": the struct asked for by a link; brought into sight once

  std::optional<PanelId> alone;      ///< the only panel, as large as the window: for pictures
  std::optional<PanelId> copy_text;  ///< the panel whose text is to be copied as it is drawn next

  bool caption_hidden = false;                    ///< in presenter mode, until it is asked for
  std::optional<std::uint64_t> caption_asked_at;  ///< the state in which it was
  std::string unsaid;  ///< the lesson's question of which it is not said yet what is right; its key

  bool scroll_to_now = false;    ///< the moment has changed: bring the current line into sight
  bool help = false;             ///< the overlay with all commands
  bool window_menu = false;      ///< the overlay with the window's own menu
  bool palette = false;          ///< the overlay to search in
  std::string palette_text;      ///< what the palette begins with
  std::shared_ptr<Target> menu;  ///< the link whose menu is open
  ImVec2 menu_at{};
  StartMode start = StartMode::none;  ///< the start page, or its chooser of files

  std::string path;                      ///< of the file shown, as App knows it; empty: built in
  std::vector<std::string> recent;       ///< files opened before, the newest first
  std::string to_open;                   ///< a file to open, after the frame
  std::optional<Bookmark> new_bookmark;  ///< to be set at this moment, after the frame
  std::string to_print;                  ///< for the speaker, on the terminal, after the frame
  std::string new_words;                 ///< texts that the fonts may lack characters of

  std::optional<LeftOutLine> leave_out;  ///< to see the run without it, after the frame

  std::vector<LessonWish> lesson;  ///< what its panel asks for, after the frame
  std::string lesson_problem;      ///< why what was typed is no answer
  KeptLessons lessons;             ///< answers given, in all lessons
  std::string term_shown;          ///< the area of a term whose entry was asked for by key
  bool key_taken = false;          ///< a widget has used this frame's key: it is no shortcut

  std::string notice;  ///< the last answer worth showing: an error, a stop
  bool notice_is_error = false;
  std::string problem;            ///< what the palette says is wrong
  std::string to_copy;            ///< for the clipboard, after the frame
  std::vector<ActionId> actions;  ///< asked for in this frame
};

/// What a panel gets each frame.
struct Frame {
  const View& view;
  const Theme& theme;
  const Fonts& fonts;
  UiState& ui;
  std::vector<Command>& commands;  ///< executed after the frame, in order
  WidgetRegistry& widgets;
  Anchors& anchors;
  Press& press;
  const Motion& motion;
  float scale = 1;

  std::string_view text(const Words& words) const { return words.in(ui.language); }
  float px(float pixels) const { return pixels * scale; }
  /// A pressable area of the current ImGui window.
  Pressed area(std::string_view name, Rect rect) { return press.area(widgets, theme, scale, name, rect); }
};

class Panel {
 public:
  virtual ~Panel() = default;
  /// Derives what is shown from a new moment; called once for each, not for each frame, and only while the
  /// panel is in sight.
  virtual void rebuild(const View& view, const UiState& ui) = 0;
  virtual void draw(Frame& frame, Rect rect) = 0;
};

}  // namespace gogoscope
