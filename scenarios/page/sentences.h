// What was said of each step, kept as texts with the values that go into them: a text that is told of many
// steps is in the page once. Private to this folder.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/page/stage.h"
#include "scenarios/told/narration.h"

namespace gogoscope {

class Sentences {
 public:
  /// The number of the sentence on the step that led to the stage's moment; 0 where nothing is said.
  int of(const Stage& stage, const StateView& before, StepNames english, StepNames chinese);

  /// [[English, Chinese, word, ...]]: the words in braces that follow are those that a sentence has values
  /// for.
  nlohmann::ordered_json patterns() const { return patterns_; }
  /// [[pattern, value, ...]]; number 0 is none.
  nlohmann::ordered_json sentences() const { return sentences_; }

 private:
  int pattern(const std::string& english, const std::string& chinese, const std::vector<std::string>& words);

  Narration english_{Language::en}, chinese_{Language::zh};
  nlohmann::ordered_json patterns_ = nlohmann::ordered_json::array();
  nlohmann::ordered_json sentences_ = nlohmann::ordered_json::array({nullptr});
  std::map<std::string, int> pattern_numbers_, sentence_numbers_;
};

}  // namespace gogoscope
