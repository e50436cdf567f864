// What the start page and the file chooser list, for a text that is being typed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/kept_lessons.h"
#include "ui/library.h"

namespace gogoscope {

struct StartRow {
  enum class Kind {
    heading,
    resume,  ///< back to the run that is loaded
    browse,  ///< to the file chooser
    file,    ///< opens `path`
    folder,  ///< goes into `path`
  };
  Kind kind = Kind::heading;
  std::string words;
  std::string note;  ///< a name or a folder, dim
  std::string path;
};

/// Lessons, recent files, examples under their topics: those in whose words or name all that is typed occurs.
/// A heading without rows is left out. Lessons that were begun say how far one is.
std::vector<StartRow> start_rows(const Library& library, const std::vector<std::string>& recent,
                                 std::string_view typed, Language language, const KeptLessons& kept = {});

/// The folders and files of the folder that `typed` names up to its last "/", those whose names begin with
/// the rest first, then those that have it inside. Hidden ones only where that begins with a dot. At most
/// kMostFiles of each.
std::vector<StartRow> file_rows(const std::string& typed, Language language);
inline constexpr std::size_t kMostFiles = 1000;

}  // namespace gogoscope
