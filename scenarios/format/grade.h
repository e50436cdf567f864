// What an expectation is worth to a grader: `points: 2`, `hidden: true`.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <vector>

#include "scenarios/format/file_mark.h"

namespace gogoscope {

/// Of an expectation, or of several that earn their points together.
struct Grade {
  std::uint32_t points = 0;
  bool hidden = false;            ///< students never read it; what it is part of counts, too
  std::string_view section = {};  ///< "events", "at"
  FileMark mark = {};
  int part_of = -1;  ///< the grade of the entry that it is in; what breaks the part breaks the whole
};

/// All of a scenario, in the order of its files.
class Grades {
 public:
  const std::vector<Grade>& all() const { return all_; }
  /// The grade of the innermost expectation that has this place; -1: none, which is worth nothing and not
  /// hidden.
  int at(const FileMark& mark) const {
    const auto found = by_place_.find(place(mark));
    return found == by_place_.end() ? -1 : found->second;
  }
  /// `places` are all that belong to it. What it is in must have been added before.
  void add(Grade grade, const std::vector<FileMark>& places) {
    grade.part_of = at(grade.mark);
    if (grade.part_of >= 0) grade.hidden |= all_[static_cast<std::size_t>(grade.part_of)].hidden;
    for (const FileMark& mark : places) by_place_[place(mark)] = static_cast<int>(all_.size());
    all_.push_back(grade);
  }

 private:
  using Place = std::tuple<int, int, int>;
  static Place place(const FileMark& mark) { return {mark.file, mark.line, mark.column}; }
  std::vector<Grade> all_;
  std::map<Place, int> by_place_;
};

}  // namespace gogoscope
