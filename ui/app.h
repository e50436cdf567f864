// The window's content, without a window: what is shown of a run, and what the user asks of it.
//
//   app.prepare(io, scale);  // fonts, when the scale or the run has changed
//   app.draw();              // between ImGui::NewFrame and ImGui::Render: only reads the session
//   app.execute_queued();    // after the frame: the only place that moves it
//
// Everything here is state of the screen. The state of the machine is in the session, and only there.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/told/narration.h"
#include "scenarios/told/opened_run.h"
#include "ui/ground.h"
#include "ui/horizon.h"
#include "ui/layout.h"
#include "ui/lesson_trial.h"
#include "ui/overlays/overlays.h"
#include "ui/panels.h"
#include "ui/player.h"
#include "ui/settings.h"
#include "ui/status_line.h"
#include "ui/toolbar.h"

namespace gogoscope {

class App {
 public:
  /// `opener` opens other files, and the file shown again.
  App(OpenedRun run, RunOpener opener);

  /// What makes the library of the start page.
  void set_library(LibraryMaker maker) { overlays_.set_library(std::move(maker)); }
  /// What makes a run without a line.
  void set_without(RunWithout without) { without_ = std::move(without); }
  /// What is being tried, if the run shown is not the file's own.
  const Trial* trial() const { return trial_ ? &*trial_ : nullptr; }
  /// Goes to where the first goroutine begins to run user code; to the start where none does.
  void go_to_first_moment();
  /// Shows another file, at its first moment; where it cannot be opened, the run shown stays, with the errors
  /// beside it.
  void open(const std::string& path);
  /// Reads the file shown again, and stays at the same moment where there still is one.
  void reload();
  /// Plays the lesson of the run shown, from the first stop with an open question on; nothing without one.
  void begin_lesson();
  void leave_lesson();
  bool has_lesson() const { return run_.lesson.has_value() && run_.lesson_problem.empty(); }
  const LessonPlay* lesson() const { return lesson_ ? &*lesson_ : nullptr; }
  /// To a stop, counted from 0; false if there is no lesson, no such stop, or a question open before it.
  bool go_to_stop(std::size_t stop);
  /// Answers kept from earlier; a lesson that is played goes on with them.
  void set_lessons(KeptLessons lessons);
  /// Whether an answer was given since the last call.
  bool take_answers_given() { return std::exchange(answers_given_, false); }
  /// The file that the user wants to see, even while it has errors; empty for the run built in.
  const std::string& path() const { return path_; }

  /// Loads the fonts and sets ImGui's style where they are not yet right; true if the atlas is a new one.
  /// Between frames only. Cost: 30-40 ms when it loads.
  bool prepare(ImGuiIO& io, float screen_scale);
  /// Every character that the window may show.
  std::string characters() const;
  /// Lets time pass: for play and transitions.
  void advance(float seconds);
  /// Seconds until it must be drawn again without an event: 0 while something moves, nothing at rest.
  std::optional<float> wakes_in() const;

  /// Draws the whole window and queues what the user asked for.
  void draw();
  /// Executes the queue, in order; true if there was anything to execute.
  bool execute_queued();
  /// Asked while a command of the queue takes long; false gives it up.
  void set_watch(Watch watch) { watch_ = std::move(watch); }
  /// For front ends and tests: as if a button had been pressed.
  void queue(Command command) { commands_.push_back(std::move(command)); }
  void queue(ActionId action) { ui_.actions.push_back(action); }
  /// Whether a picture of the window was asked for since the last call.
  bool take_picture_wish() { return std::exchange(picture_wanted_, false); }
  bool wants_to_quit() const { return quit_wanted_; }
  void notice(std::string words, bool is_error);

  Settings settings() const;
  void apply(const Settings& settings);
  const std::vector<Bookmark>& bookmarks() const { return bookmarks_.all(); }
  void set_bookmarks(const std::vector<Bookmark>& bookmarks);
  /// Whether a text field has the keyboard, or will have it in the next frame.
  bool typing() const;
  /// Breakpoints in the words that the command `set-break` takes.
  std::vector<std::string> breakpoints() const;
  void set_breakpoints(const std::vector<std::string>& places);

  Session& session() { return *run_.session; }
  const Session& session() const { return *run_.session; }
  UiState& ui() { return ui_; }
  const UiState& ui() const { return ui_; }
  const View& view() const { return view_; }
  const Player& player() const { return player_; }
  const std::vector<Command>& queued() const { return commands_; }
  const WidgetRegistry& widgets() const { return widgets_; }
  /// Where the panel is, if the last frame has drawn it.
  std::optional<Rect> panel_rect(PanelId id) const;
  const Press& press() const { return press_; }
  /// "02-two-exits-1664": what a picture of this moment is called.
  std::string picture_name() const;
  /// What the window's title bar says: the scenario and the state shown.
  std::string window_title() const;
  /// A panel as of the moment shown, whether it is in front or not.
  template <class T>
  const T& panel() {
    refresh();
    return static_cast<const T&>(panels_.rebuilt(T::kId, view_, ui_));
  }

 private:
  /// What the derived data depend on. The length of the record represents its content: a record that was cut
  /// and grew again has passed through execute_queued, which counts.
  struct Key {
    std::uint64_t position = ~std::uint64_t{0};
    std::uint64_t steps = 0;
    std::uint64_t executed = 0;
    Language language = Language::en;
    Addr selected_g;
    Addr memory_at;
    CodeAddr code_at;
    CodeAddr cursor_place;
    std::vector<std::string> watched;
    std::optional<int> registers_of;
    std::optional<std::uint64_t> last_shown;
    bool operator==(const Key&) const = default;
  };
  /// The stop of a lesson whose file is read again.
  struct StopLeft {
    std::string id;
    std::size_t at = 0;
    bool there = false;                ///< the run was at it
    std::vector<std::string> skipped;  ///< keys of questions
  };
  void refresh();
  void show(OpenedRun run);
  void tell(const Outcome& outcome, const Command& command);
  /// Step out of a function that never returns is not done at once: true if instead it was said where it
  /// leads, and why. Asked again at the same moment, it goes there.
  bool tells_where_it_leads();
  /// Loads the fonts again where these words have a character that no font has yet: most texts are known when
  /// fonts are loaded, but answers are made as the program runs.
  void need_characters_of(std::string_view words);
  void act(ActionId action);
  /// To the next bookmark or the one before; without any, by one unit of play.
  void turn_page(bool backwards);
  bool turn_page_of_lesson(bool backwards);
  void carry_out(const LessonWish& wish);
  void answer(const LessonWish& wish);
  void keep_answers();
  /// While the caption waits to be asked for, so do the verdict and the reason of the open question.
  void keep_unsaid();
  /// The last state that the view may show; nothing while all of the run may be seen.
  std::optional<std::uint64_t> last_shown() const;
  void try_it();
  /// The run without a line of the runtime, beside the intact one.
  void leave_out(const LeftOutLine& line);
  /// The changed run is shown at the step that broke it, or at its end.
  void show_trial(Trial trial);
  void end_trial();
  StopLeft stop_shown();
  /// Goes on with the lesson of a file that was read again, at the stop where it was left.
  void take_up_lesson(const StopLeft& left);
  /// Whether the lesson's column is there: for a lesson, or for what is tried.
  bool has_column() const { return lesson_ || trial_; }
  void export_answers();
  /// What derived data may have seen of the run is forgotten: less of it may be shown now.
  void forget_the_future();
  /// Whether an open question forbids the command; then says so.
  bool lesson_refuses(const Command& command);
  /// Goes back to the horizon where a command has led beyond it; true if it had.
  bool back_to_horizon(std::uint64_t from);
  const Words& why_no_further() const;
  void note_edit(const Command& command, const Outcome& outcome);
  void set_or_remove_bookmark();
  /// Leaves the speaker's note of the bookmark that the run has come to in UiState::to_print.
  void come_to_bookmark();
  /// Hidden from now on; shown for this moment; always shown: in turn.
  void turn_caption();
  void copy_text_of_panel();
  void remember(const std::string& path);
  /// The place that the PC is at, and which visit to it this is.
  std::optional<Place> place_shown();
  void draw_panel(Frame& frame, PanelId id, Rect rect);
  void draw_panels(Frame& frame, const Places& places);
  void draw_root(Frame& frame, Rect window);
  /// Scrolls to a panel that has come to the front, and to where the keyboard has moved.
  void show_what_was_chosen(const Places& places);
  /// Scrolls to what the lesson's stop points at, as much of it as there is room for.
  void show_looked_at(const Places& places);
  float scale() const;

  OpenedRun run_;
  RunOpener open_;
  RunWithout without_;
  Watch watch_;
  std::string path_;
  std::vector<Diagnostic> errors_;
  std::string broken_text_;  ///< that errors_ point into
  Narration narration_en_{Language::en};
  Narration narration_zh_{Language::zh};

  Fonts fonts_;
  float screen_scale_ = 1;
  float fonts_scale_ = 0;  ///< that the fonts were loaded for; 0: not yet
  std::string answered_;   ///< words whose characters were asked for by need_characters_of
  ThemeId styled_ = ThemeId::dark;
  ImVec2 size_{};         ///< of the window
  bool resized_ = false;  ///< since the last frame

  UiState ui_;
  LayoutShares shares_;
  Ground ground_;
  Desk fronts_;              ///< of the last frame
  std::string focus_shown_;  ///< the area with the keyboard then
  std::vector<Command> commands_;
  WidgetRegistry widgets_;
  Anchors anchors_;
  Press press_;
  Motion motion_;
  Player player_;
  Bookmarks bookmarks_;
  std::optional<Bookmark> spoken_of_;  ///< the one at this moment, if its note was printed
  std::optional<LessonPlay> lesson_;
  /// Something has been changed to see what comes of it: the run shown is not the file's own.
  std::optional<Trial> trial_;
  std::optional<OpenedRun> intact_;  ///< the file's own run, while another one is tried
  Horizon horizon_;
  bool answers_given_ = false;
  bool stop_is_new_ = false;  ///< what it points at is not yet in sight
  std::optional<StopLeft> stop_left_;
  View view_;
  Key shown_;
  std::uint64_t executed_ = 0;                  ///< commands so far
  std::optional<std::uint64_t> leads_told_at_;  ///< the state in which it was said where step out leads
  int unsettled_ = 0;  ///< frames that must be drawn until sizes and scrolling have settled
  bool picture_wanted_ = false;
  bool quit_wanted_ = false;

  Toolbar toolbar_;
  StatusLine status_line_;
  Panels panels_;
  Overlays overlays_;
};

}  // namespace gogoscope
