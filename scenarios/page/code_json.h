// The code that a page shows: the functions that its part of the run is in, with their sources. Private to
// this folder.
#pragma once

#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <unordered_map>
#include <vector>

#include "emu/history/cursor.h"
#include "scenarios/page/values.h"

namespace gogoscope {

class PageCode {
 public:
  /// Looks at the steps [from, to] of the record, and counts the arrivals before them.
  PageCode(const Trace& trace, std::uint64_t from, std::uint64_t to);

  /// The number of an instruction in the page, counted over all functions; -1 where none is known.
  int number(CodeAddr pc) const;
  /// The instruction that a value, a number in hex and its meaning, is the address of; -1 if it is none's.
  int number(const Shown& shown) const;
  /// {"words": [], "sources": [{"name", "language", "lines"}], "functions": [{"name", "kind", "entry",
  /// "source", "line", "offsets": [], "lines": [], "texts": [], "bytes": [], "intel": [], "starts": "0110",
  /// "before": []}]}. "texts" and "intel" are numbers: 0 is the source line itself, N the N-th of "words",
  /// counted from 1; a program has no "texts". Lines of a source that belong to no function shown are empty.
  /// "starts" says which instructions begin a line, "before" how often the run came to each
  /// of them before the part that is shown.
  nlohmann::ordered_json json() const;

 private:
  /// A program lists no instructions: those of a function, as they are in memory.
  void decode_function(const Function& function);

  const Trace& trace_;
  std::deque<Instruction> decoded_;
  std::vector<const Function*> functions_;        ///< in order of addresses
  std::vector<const Instruction*> instructions_;  ///< of all of them
  std::unordered_map<std::uint64_t, int> numbers_;
  std::unordered_map<std::uint64_t, std::uint64_t> before_;
};

}  // namespace gogoscope
