// What a step means, in the learner's language: one or two sentences on what happened and why it matters.
//
// Texts are data (told/en.yaml, zh.yaml), chosen by the line of the step, or else by what it did. What a text
// says of the state is beside it as expressions (told/claims.yaml), and a text of which one does not hold is
// not shown: a changed runtime is not described with the sentences of the intact one.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/history/cursor.h"
#include "emu/history/event.h"
#include "scenarios/told/narrated_step.h"

namespace gogoscope {

class NarratedStep;

/// A sentence and the key that it was found under; both empty where nothing is worth saying, or nothing true.
/// The sentence is also there in parts, for those that keep a text once for all steps that it is told of.
struct Narrated {
  std::string key;
  std::string sentence;
  std::string_view pattern;  ///< the text with its words in braces; of the Narration
  std::map<std::string, std::string, std::less<>> words;  ///< what each of them means at this step

  /// What makes the sentence of its parts: each word put in, then single spaces, and none at the ends.
  static std::string joined(std::string_view pattern,
                            const std::map<std::string, std::string, std::less<>>& words);
};

class Narration {
 public:
  explicit Narration(Language language);

  /// What is said of a step that has just been executed, with the states on both sides of it. `names`
  /// are in this language; those that the caller does not have are found again. Cost: some
  /// microseconds, and that of names.
  Narrated told(const Guest& guest, const StateView& before, const StateView& after, const Step& step,
                const std::vector<Event>& events, StepNames names = {}) const;
  std::string sentence(const Guest& guest, const StateView& before, const StateView& after, const Step& step,
                       const std::vector<Event>& events, StepNames names = {}) const {
    return told(guest, before, after, step, events, names).sentence;
  }

  Language language() const { return language_; }
  /// All texts by their keys: lines by their names in the intact source ('runtime.gogo:"JMP BX"'), functions
  /// at their first instruction, all lines of a function ("runtime.retake:*"), a line wherever it is
  /// ('line:"dropg()"'), or kinds of steps ("event.gfree.put"). KEY else is shown where a claim of KEY does
  /// not hold and its own do.
  const std::map<std::string, std::string, std::less<>>& texts() const { return texts_; }
  /// What the text of a key claims; none for a text that says nothing of the state.
  const std::vector<std::string>& claims(std::string_view key) const;
  const std::map<std::string, std::vector<std::string>, std::less<>>& all_claims() const { return claims_; }

 private:
  /// The text of a key; null if there is none, or if one of its claims does not hold.
  const std::string* text_that_holds(const std::string& key, const NarratedStep& step,
                                     const Event* event) const;
  std::string event_meaning(const Event& event, const NarratedStep& step) const;

  Language language_;
  std::map<std::string, std::string, std::less<>> texts_;
  std::map<std::string, std::vector<std::string>, std::less<>> claims_;
};

/// The names in braces that a text or a claim may use.
std::vector<std::string_view> narration_placeholders();

/// The files as they were built in, for tests and for tools that collect the characters in use.
std::string_view narration_source(Language language);
std::string_view claims_source();

}  // namespace gogoscope
