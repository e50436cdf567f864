#include <unistd.h>

#include <iostream>

#include "asm/text/printable.h"
#include "scenarios/told/walk_text.h"
#include "scenarios/verbs/terminal.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

int walk(const WalkOptions& options, Language language) {
  const std::optional<OpenedRun> run = open_or_complain(options.source, language);
  if (!run) return kBadInput;
  const Trace& record = run->session->trace();
  std::uint64_t from = 0, to = record.steps();
  if (!options.from.empty()) {
    const std::optional<std::uint64_t> found = moment_of(options.from, record, language);
    if (!found) return kBadInput;
    from = *found;
  }
  if (!options.to.empty()) {
    const std::optional<std::uint64_t> found = moment_of(options.to, record, language);
    if (!found) return kBadInput;
    to = *found;
  }
  if (to < from) {
    complain({{"--to is before --from", "--to 在 --from 之前"}}, language);
    return kBadInput;
  }
  if (!run->title.en.empty()) {
    std::cout << printable(run->title.in(language)) << "\n\n";
  }
  WalkStyle style;
  style.colours = wants_colours(STDOUT_FILENO);
  if (options.only == "events") style.only = WalkStyle::Only::events;
  if (options.only == "lines") style.only = WalkStyle::Only::lines;
  tell_walk(std::cout, record, run->session->events(), from, to, Narration(language), style);
  return kOk;
}

}  // namespace gogoscope
