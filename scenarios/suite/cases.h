// The cases of a suite: which scenarios there are, in the order of their names. A file gives one case, called
// like the file, or one for each case of its matrix.
#pragma once

#include <string>
#include <vector>

#include "scenarios/results/result.h"

namespace gogoscope {

/// What a student handed in for a case.
struct HandIn {
  std::string student;
  std::string path;                   ///< the file, or the folder that it is in
  std::vector<GradeResult> at_stake;  ///< what there is to earn, as it is where nothing has been earned
};

struct Case {
  std::string file;
  std::string name;         ///< "02-two-exits", "95-any-order [procs=2, seed=7]"
  std::string matrix = {};  ///< of its cases; empty: it has no matrix, or cannot be read
  std::optional<HandIn> hand_in = {};
  CaseId id() const {
    return {file, name, hand_in ? std::string_view(hand_in->student) : std::string_view()};
  }
};

struct FoundCases {
  std::vector<Case> cases;          ///< in the order of results, each once
  std::vector<std::string> closed;  ///< folders that this user may not read
  std::vector<std::string> empty;   ///< paths at which there is no scenario
};

/// The files that are named, and those with the ending .yaml or .yml of folders and the folders below, except
/// hidden ones, links to folders, and what a scenario there includes.
FoundCases find_cases(const std::vector<std::string>& paths);

/// Leaves those whose file, or name, fits a shell's pattern.
void keep_matching(std::vector<Case>& cases, const std::string& glob);

/// Leaves every N-th case, so that long ones are spread over all shards.
void keep_shard(std::vector<Case>& cases, const Shard& shard);

}  // namespace gogoscope
