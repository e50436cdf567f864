// The words of every stack, as cells, with SP, BP and frames. Private to this folder.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <vector>

#include "emu/session/views/stack.h"
#include "scenarios/page/stage.h"

namespace gogoscope {

class StackCells {
 public:
  /// No stack of a page has more words: the highest ones.
  static constexpr std::int64_t kMostWords = 2048;

  /// Looks ahead at the steps [from, to): a stack is listed down to the lowest word that is used there.
  StackCells(const Trace& trace, std::uint64_t from, std::uint64_t to);

  void follow(Stage& stage);
  /// {"g0": cell, "g": cell, "all": [{"owner", "hi", "sp", "bp", "saved_sp", "saved_bp", "frames", "use",
  /// "count", "words", "roles"}]}. The first two name the stacks to show. Words and roles are the cells of
  /// the highest word; those of the words below follow. Marks are rows from the top, -1 for stack.hi.
  nlohmann::ordered_json json(CellNumbers& numbers) const;

 private:
  enum Mark { kSp, kBp, kSavedSp, kSavedBp, kFrames, kUse, kMarks };
  struct Stack {
    std::string owner;
    Addr lo, hi;
    Addr low;  ///< of the lowest word listed
    std::vector<int> words, roles;
    std::array<int, kMarks> marks{};
    std::set<std::size_t> named;  ///< rows that have a role
    std::size_t row(Addr at) const { return static_cast<std::size_t>((hi - at) / 8 - 1); }
    bool lists(Addr at) const { return at >= low && at < hi; }
  };

  Stack& found(Stage& stage, const StackRef& ref);
  Addr lowest_used(Stage& stage, const StackRef& ref) const;
  void show_words(Stage& stage);
  void show_frames(Stage& stage, Stack& stack, const Entity& owner);
  void show_marks(Stage& stage, Stack& stack, const StackView& seen);

  std::vector<std::uint64_t> used_;  ///< words that are stored to or that SP points to, sorted
  std::vector<Stack> stacks_;
  std::map<std::pair<std::string, std::uint64_t>, std::size_t> numbers_;  ///< by owner and hi
  std::map<std::uint64_t, std::size_t> by_low_;                           ///< the newest stack of a place
  std::set<std::uint64_t> was_near_;  ///< gs whose stacks were in use at the moment before
  int g0_ = -1, g_ = -1;              ///< cells: whose stacks are shown
};

}  // namespace gogoscope
