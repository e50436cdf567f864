// How well a short typed text fits a longer one: its characters must come in order, and count more where
// they begin words or stand side by side. Case does not matter; Chinese characters are words of their own.
// The same two texts always give the same answer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace gogoscope {

struct FuzzyMatch {
  int score = 0;  ///< higher is better; only to be compared with others of the same typed text
  std::vector<std::uint16_t> at;  ///< first byte of each character that was matched, ascending
};

/// Nothing if the text does not fit, or only by letters strewn over it. Spaces in `typed` are passed over.
/// An empty `typed` fits everything. Cost: typed x text characters, 200 of the text at most.
std::optional<FuzzyMatch> fuzzy(std::string_view typed, std::string_view text);

/// The bytes of `text` at which characters of the words of `typed` occur, if every word occurs in it,
/// whatever the case: for sentences, in which letters in order would prove nothing. An empty `typed` fits
/// everything.
std::optional<std::vector<std::uint16_t>> word_matches(std::string_view typed, std::string_view text);

}  // namespace gogoscope
