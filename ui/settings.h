// What is kept from one start to the next, in the XDG folders: what the user chose to see in
// $XDG_CONFIG_HOME/gogoscope/settings.json, breakpoints, and the bookmarks that could not be kept beside
// their scenario, in $XDG_STATE_HOME/gogoscope/breakpoints.json and bookmarks.json, answers given in lessons
// in lessons.json there.
//
// A file that cannot be read or makes no sense counts as missing, and is reported once; a field that makes no
// sense keeps its default. Writing replaces a file as a whole or not at all.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ui/bookmarks.h"
#include "ui/desk.h"
#include "ui/kept_lessons.h"
#include "ui/layout.h"

namespace gogoscope {

/// Beyond these nothing fits, or nothing can be read.
inline constexpr float kLeastZoom = 0.7F;
inline constexpr float kMostZoom = 2.5F;

struct Settings {
  Language language = Language::en;
  ThemeId theme = ThemeId::dark;
  bool motion = true;
  float zoom = 1;
  int window_width = 1600;  ///< at a scale of 1
  int window_height = 1000;
  LayoutShares shares;
  Desk desk;
  std::vector<std::string> recent;  ///< files opened before, the newest first
};

/// So many files are kept as recent.
inline constexpr std::size_t kMostRecent = 12;

/// Breakpoints as texts that the command `break` takes, by absolute path of the scenario ("" for the built-in
/// one).
using KeptBreakpoints = std::map<std::string, std::vector<std::string>>;

using KeptBookmarks = std::map<std::string, std::vector<Bookmark>>;

class SettingsFiles {
 public:
  /// Folders of the environment given, usually std::getenv; empty where there is neither XDG folder nor home:
  /// then nothing is kept. An XDG folder that is not absolute is none.
  using Environment = std::string (*)(const char* variable);
  explicit SettingsFiles(Environment environment);

  /// `first` where there is no file yet. `complaint` gets a sentence, in first.language, if a file is
  /// there and cannot be used.
  Settings load(const Settings& first, std::string& complaint) const;
  KeptBreakpoints load_breakpoints(std::string& complaint, Language language = Language::en) const;
  KeptBookmarks load_bookmarks(std::string& complaint, Language language = Language::en) const;
  KeptLessons load_lessons(std::string& complaint, Language language = Language::en) const;
  /// False if it could not be written.
  bool save(const Settings& settings) const;
  bool save(const KeptBreakpoints& breakpoints) const;
  bool save(const KeptBookmarks& bookmarks) const;
  bool save(const KeptLessons& lessons) const;

  const std::string& settings_path() const { return settings_path_; }
  const std::string& breakpoints_path() const { return breakpoints_path_; }

 private:
  std::string settings_path_;
  std::string breakpoints_path_;
  std::string bookmarks_path_;
  std::string lessons_path_;
};

}  // namespace gogoscope
