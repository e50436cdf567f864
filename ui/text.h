// The words of the window, in both languages. They are defined where they are used; switching the language is
// a matter of one frame.
//
//   const Words kTitle{"Registers", "寄存器"};     // at namespace scope
//   frame.text(kTitle)
//
// Every Words object registers itself, so that the fonts can be loaded with the characters in use, and so
// that tests can compare both languages with each other.
#pragma once

#include <string>
#include <string_view>

#include "asm/text/language.h"
#include "emu/history/trace.h"
#include "emu/session/command.h"

namespace gogoscope {

/// One text in both languages. Only for constants at namespace scope: the list of them is never shortened.
class Words : public TextView {
 public:
  Words(std::string_view english, std::string_view chinese);
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  static const Words* first();
  const Words* next() const { return next_; }

 private:
  const Words* next_;
};

inline const Words kChangedFrom{"was", "原为"};
inline const Words kStopped{"Stopped:", "停止："};

/// What is on a command's button.
std::string_view label(CommandId id, Language language);
/// The sentence of its tooltip.
std::string_view help(const CommandInfo& command, Language language);
/// Why a run stopped.
std::string_view label(StopReason reason, Language language);

/// Every text of the window in one string: what the fonts must be able to show.
std::string all_ui_text();

}  // namespace gogoscope
