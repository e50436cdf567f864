// A moment with a name, to be come back to: a stop of a talk.
#pragma once

#include <cstdint>
#include <string>

namespace gogoscope {

struct Bookmark {
  std::uint64_t state = 0;
  std::string name;
  std::string note = {};  ///< for the speaker: it is never shown in the window; may be empty
  bool operator==(const Bookmark&) const = default;
};

}  // namespace gogoscope
