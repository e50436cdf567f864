// What a step means, in the learner's language: one or two sentences on what happened and why it matters.
//
// Texts are data (told/en.yaml, zh.yaml), chosen by the place of the step, or else by what it did.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/history/event_info.h"
#include "emu/history/trace.h"

namespace gogoscope {

class Narration {
 public:
  explicit Narration(Language language);

  /// The sentence for a step that has just been executed, with the states on both sides of it. Empty where
  /// there is nothing worth saying. Cost: some microseconds.
  std::string sentence(const Guest& guest, const StateView& before, const StateView& after, const Step& step,
                       const std::vector<Event>& events) const;

  Language language() const { return language_; }
  /// All texts by their keys: places in the syntax of WHERE, all lines of a function ("runtime.retake:*"), a
  /// line wherever it stands ('line:"dropg()"'), or kinds of steps ("event.gfree.put").
  const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }

 private:
  const std::string* find(std::string_view key) const;
  std::string event_meaning(const Event& event, const EventNaming& naming) const;
  const std::string* text_for(const Guest& guest, const StateView& after, const Step& step,
                              const std::vector<Event>& events) const;

  Language language_;
  std::map<std::string, std::string, std::less<>> texts_;
};

/// The names in braces that a text may use.
std::vector<std::string_view> narration_placeholders();

/// The file as it was built in, for tests and for tools that collect the characters in use.
std::string_view narration_source(Language language);

}  // namespace gogoscope
