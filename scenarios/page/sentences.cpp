#include "scenarios/page/sentences.h"

#include "asm/text/printable.h"

namespace gogoscope {

namespace {

/// What a page puts in: "?" for a word without a value, as in the narration.
std::string put_in(const std::map<std::string, std::string, std::less<>>& words, const std::string& word) {
  const auto found = words.find(word);
  return found == words.end() || found->second.empty() ? "?" : found->second;
}

}  // namespace

int Sentences::pattern(const std::string& english, const std::string& chinese,
                       const std::vector<std::string>& words) {
  nlohmann::ordered_json row = {printable(english), printable(chinese)};
  for (const std::string& word : words) row.push_back(word);
  const auto [at, is_new] = pattern_numbers_.try_emplace(row.dump(), static_cast<int>(patterns_.size()));
  if (is_new) patterns_.push_back(std::move(row));
  return at->second;
}

int Sentences::of(const Stage& stage, const StateView& before, StepNames english, StepNames chinese) {
  const MomentView& view = stage.view();
  const auto told = [&](const Narration& narration, StepNames names) {
    return narration.told(stage.guest(), before, view.state(), *view.executed, view.events, names);
  };
  const Narrated en = told(english_, english);
  const Narrated zh = told(chinese_, chinese);
  if (en.sentence.empty() && zh.sentence.empty()) return 0;
  std::vector<std::string> words;
  nlohmann::ordered_json row = nlohmann::ordered_json::array({nullptr});
  std::map<std::string, bool> known;
  for (const auto* of_language : {&en.words, &zh.words}) {
    for (const auto& [word, value] : *of_language) {
      if (!known.try_emplace(word, true).second) continue;
      words.push_back(word);
      row.push_back(stage.values.of(Text{put_in(en.words, word), put_in(zh.words, word)}));
    }
  }
  row[0] = pattern(std::string(en.pattern), std::string(zh.pattern), words);
  const auto [at, is_new] = sentence_numbers_.try_emplace(row.dump(), static_cast<int>(sentences_.size()));
  if (is_new) sentences_.push_back(std::move(row));
  return at->second;
}

}  // namespace gogoscope
