// The bookmarks of a scenario, in a file beside it: NAME.bookmarks. It is YAML, and is not called so, because
// a folder's YAML files are scenarios.
//
//   - at: runtime.gogo+0x23#3      # WHERE: a place follows the scenario when it is edited
//     name: the switch
//     note: Ask what SP is before the step.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/trace.h"
#include "scenarios/told/bookmark.h"

namespace gogoscope {

struct BookmarkFile {
  struct Lost {
    std::string at;
    Bookmark bookmark;  ///< its state means nothing
  };
  bool there = false;  ///< the file exists
  std::vector<Bookmark> bookmarks;
  std::vector<Lost> lost;  ///< those whose moment this run does not have: they are kept in the file
  std::map<std::uint64_t, std::string> spelled;  ///< how states are written there: an edited run keeps it
  Message problem;     ///< why the file cannot be used, or which moment is not there; usually empty
  bool usable = true;  ///< false: it is left as it is
};

/// "dir/02-two-exits.bookmarks" of "dir/02-two-exits.yaml"; empty for no path.
std::string bookmarks_path(const std::string& scenario_path);
/// Cost: a walk over the record for each bookmark.
BookmarkFile read_bookmarks(const std::string& path, const Trace& trace);
/// Replaces the file as a whole; without any bookmark it is removed. False, and nothing changed, if it could
/// not be written, or is not usable.
bool write_bookmarks(const std::string& path, BookmarkFile& file, const Trace& trace);

}  // namespace gogoscope
