// A step as texts and claims refer to it: what the words in braces are at this step.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/language.h"
#include "emu/history/cursor.h"
#include "emu/history/event.h"
#include "emu/layout/describe.h"

namespace gogoscope {

/// Names on both sides of a step, where they are known already.
struct StepNames {
  const Names* before = nullptr;
  const Names* after = nullptr;
};

class NarratedStep {
 public:
  /// All must outlive it. Names that are not known are found when a word first needs them.
  NarratedStep(const Guest& guest, const StateView& before, const StateView& after, const Step& step,
               const std::vector<Event>& events, Language language, StepNames names = {});

  const std::vector<Event>& events() const { return events_; }

  /// What a word means; empty where the step has nothing of the kind. Where an event is meant, its own
  /// words come first.
  std::string word(std::string_view key, const Event* event = nullptr) const;

  /// Whether a claim, with its words filled in, holds after the step. One that asks for something that does
  /// not exist at this moment does not.
  bool holds(std::string_view claim, const Event* event = nullptr) const;

 private:
  std::string p_of_m() const;
  std::string of_the_edit(std::string_view key) const;
  std::string of_the_step(std::string_view key) const;
  const Names& names() const;
  const Names& names_before() const;

  const Guest& guest_;
  const StateView& before_;
  const StateView& after_;
  const Step& step_;
  const std::vector<Event>& events_;
  Language language_;
  StepNames known_;
  mutable std::optional<Names> names_, names_before_;
};

}  // namespace gogoscope
