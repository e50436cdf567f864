// The window's content, without a window: what is shown of a session, and what the user asks of it.
//
//   app.draw();              // between ImGui::NewFrame and ImGui::Render: only reads the session
//   app.execute_queued();    // after the frame: the only place that moves it
//
// Everything here is state of the screen. The state of the machine is in the session, and only there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenarios/narration.h"
#include "ui/layout.h"
#include "ui/panels/disassembly.h"
#include "ui/panels/gs.h"
#include "ui/panels/registers.h"
#include "ui/panels/source.h"
#include "ui/panels/stacks.h"
#include "ui/panels/story.h"
#include "ui/panels/timeline.h"
#include "ui/toolbar.h"

namespace gogoscope {

class App {
 public:
  /// The session must outlive the app.
  App(Session& session, std::string name, Text title);

  /// Every character that the window may show: what to load the fonts with.
  std::string characters() const;
  /// Takes the fonts and sets ImGui's style; again after a change of scale.
  void set_fonts(const Fonts& fonts, float scale);

  /// Draws the whole window and queues what the user asked for.
  void draw();
  /// Executes the queue, in order; true if there was anything to execute.
  bool execute_queued();
  /// For front ends and tests: as if a button had been pressed.
  void queue(Command command) { commands_.push_back(std::move(command)); }

  UiState& ui() { return ui_; }
  const View& view() const { return view_; }
  const std::vector<Command>& queued() const { return commands_; }
  const WidgetRegistry& widgets() const { return widgets_; }
  /// What the window's title bar says: the scenario and the state shown.
  std::string window_title() const;

  const SourcePanel& source() const { return source_; }
  const DisassemblyPanel& disassembly() const { return disassembly_; }
  const RegistersPanel& registers() const { return registers_; }
  const StacksPanel& stacks() const { return stacks_; }
  const GsPanel& gs() const { return gs_; }
  const StoryPanel& story() const { return story_; }
  const TimelinePanel& timeline() const { return timeline_; }

 private:
  /// What the derived data depend on. The length of the record stands for its content: a record that was
  /// cut and grew again has passed through execute_queued, which counts.
  struct Key {
    std::uint64_t position = ~std::uint64_t{0};
    std::uint64_t steps = 0;
    std::uint64_t executed = 0;
    Language language = Language::en;
    Addr selected_g;
    bool operator==(const Key&) const = default;
  };
  void refresh();
  void tell(const Outcome& outcome, const Command& command);

  Session& session_;
  std::string name_;
  Text title_;
  Narration narration_en_{Language::en};
  Narration narration_zh_{Language::zh};
  Fonts fonts_;
  float scale_ = 1;
  ImVec2 size_{};  ///< of the window in the last frame

  UiState ui_;
  LayoutShares shares_;
  std::vector<Command> commands_;
  WidgetRegistry widgets_;
  View view_;
  Key shown_;
  std::uint64_t executed_ = 0;  ///< commands so far
  ThemeId styled_ = ThemeId::dark;

  Toolbar toolbar_;
  SourcePanel source_;
  DisassemblyPanel disassembly_;
  RegistersPanel registers_;
  StacksPanel stacks_;
  GsPanel gs_;
  StoryPanel story_;
  TimelinePanel timeline_;
};

}  // namespace gogoscope
