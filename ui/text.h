// Every word of the window, in both languages. Panels ask by name, so switching the language is a
// matter of one frame.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "emu/history/trace.h"
#include "emu/session/command.h"
#include "scenarios/language.h"

namespace gogoscope {

enum class Phrase : std::uint8_t {
  source,
  disassembly,
  registers,
  stacks,
  goroutines,
  story,
  timeline,
  real,
  modelled,
  task,
  stack_of,
  active,
  saved,
  free_words,
  more_words,
  no_goroutine,
  no_source,
  no_code,
  changed_from,
  column_name,
  column_goid,
  column_status,
  column_m,
  column_sp,
  column_pc,
  column_named_by,
  nothing_yet,
  executed,
  edited,
  live,
  replay,
  type_command,
  switch_language,
  light_theme,
  dark_theme,
  unknown_command,
  command_needs,
  stopped,
  future_dropped,
  font_missing,
  count,
};

std::string_view text(Phrase id, Language language);

/// What stands on a command's button.
std::string_view label(CommandId id, Language language);
/// The sentence of its tooltip.
std::string_view help(const CommandInfo& command, Language language);
/// Why a run stopped.
std::string_view label(StopReason reason, Language language);

/// Every text above in one string: what the fonts must be able to show.
std::string all_ui_text();

}  // namespace gogoscope
