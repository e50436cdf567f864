// What the palette finds: commands, panels, functions, structs, fields, events, and the line itself where it
// is a command.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/told/narration.h"
#include "ui/action.h"
#include "ui/desk.h"
#include "ui/link.h"
#include "ui/overlays/event_groups.h"
#include "ui/overlays/field_search.h"

namespace gogoscope {

/// Puts a text into the field instead of doing something: "run-to ".
struct FillIn {
  std::string text;
};
/// A bookmark at the moment shown.
struct NewBookmark {
  std::string name, note;
};
struct PlaceToWatch {
  std::string place;
};
struct FileToOpen {
  std::string path;
};
using Deed = std::variant<Command, ActionId, PanelId, Target, FillIn, NewBookmark, PlaceToWatch, FileToOpen>;

enum class HitKind : std::uint8_t {
  execute,
  command,
  window,
  panel,
  function,
  structure,
  field,
  reg,
  event,
  bookmark,
  file
};

/// One result.
struct Hit {
  HitKind kind = HitKind::command;
  std::string title;
  std::string note;  ///< its short name, "run-to"; may be empty
  std::string also;  ///< what it is called in English where that is not its title; not shown
  std::string detail;
  std::string_view shortcut;
  Deed deed;
  std::vector<std::uint16_t> title_at;  ///< bytes of the characters that were matched
  std::vector<std::uint16_t> note_at;
  bool below = false;  ///< another thing to do with the result above
};

/// A field as a result.
Hit hit_of(const FieldHit& field, Deed deed);
/// What is said of a function that is run to.
const Words& words_run_to_it();

struct Results {
  std::vector<Hit> hits;
  bool more = false;                   ///< there were more than fit
  std::string problem;                 ///< why the line is not a command, where it looks like one
  const CommandInfo* wants = nullptr;  ///< the command whose argument is being typed
};

class Search {
 public:
  static constexpr std::size_t kMostHits = 40;
  static constexpr std::size_t kMostEvents = 10'000;

  /// Gathers what there is at this moment. Cost: about 2 ms for a long record, of which events take most;
  /// some more the first time in a language, whose narration is read.
  void gather(const View& view, Language language, const std::vector<std::string>& recent = {});
  /// Best first; the same text always gives the same answer. Cost: 0.1 ms for a usual record, up to 1 ms
  /// where ten thousand events all read differently.
  Results find(std::string_view typed, const View& view) const;
  /// Whether only events near the moment were gathered.
  bool events_bounded() const { return events_bounded_; }

 private:
  struct Item {
    Hit hit;
    std::string also;  ///< searched by words: help in both languages
    Target code;       ///< of a function: it can be looked at as well as run to
  };
  void add_commands();
  void add_window();
  void add_functions(const View& view);
  void add_structs(const View& view);
  void add_bookmarks(const View& view);
  void add_files(const std::vector<std::string>& recent);
  void find_items(std::string_view typed, Results& answer) const;
  void find_argument(const CommandInfo& command, std::string_view argument, const View& view,
                     Results& answer) const;
  void find_functions(std::string_view typed, CommandId id, Results& answer) const;
  void find_events(std::string_view typed, const View& view, Results& answer) const;

  Language language_ = Language::en;
  std::vector<Item> items_;
  std::vector<EventGroup> events_;
  bool events_bounded_ = false;
  std::optional<Narration> narration_;
};

}  // namespace gogoscope
