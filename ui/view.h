// What panels read: one moment of a session, and the run that it belongs to. Nothing here can change the
// guest: every pointer is to const, and App hands panels nothing else.
#pragma once

#include <string>
#include <vector>

#include "asm/text/diagnostic.h"
#include "asm/text/language.h"
#include "emu/session/views/moment.h"
#include "scenarios/told/opened_run.h"
#include "ui/bookmarks.h"

namespace gogoscope {

class LessonPlay;
struct Trial;

struct View : MomentView {
  const std::vector<Breakpoint>* breakpoints = nullptr;
  const Session* session = nullptr;  ///< to ask what would be wrong with a command; nothing here moves it
  std::vector<RunBranch> branches;   ///< futures that were cut off, and can be gone back to
  const Bookmarks* bookmarks = nullptr;
  const LessonPlay* lesson = nullptr;  ///< that is being played, if one is
  const Trial* trial = nullptr;        ///< what is being tried: the run shown is not the file's own
  bool hidden = false;                 ///< the run goes on beyond `steps`, unseen (ui/horizon.h)
  bool live = false;
  std::uint64_t start = 0;  ///< the state that the run opens at: main.main of a program
  std::string name;         ///< of the scenario or the trace
  Text title;
  Text about;
  const std::string* scenario_text = nullptr;       ///< of the file as it is now; empty for a trace
  const std::vector<Diagnostic>* errors = nullptr;  ///< of that text; the run shown is then the last good one
  bool run_of_another = false;  ///< there was no good one: what is shown is not a run of that text
  const std::vector<ListedExpectation>* expectations = nullptr;  ///< judged in the run as it was opened
  std::vector<std::string> event_texts;  ///< the events as lines in the language shown
  std::string outcome;                   ///< how the condition came out that the step decided
  std::string sentence;                  ///< what they mean, in the language shown

  /// Whether what runs is a Go program, not a lesson.
  bool of_program() const { return !guest->code.rows().empty(); }
  /// Whether this is the last moment of a run that has ended.
  bool at_its_end() const { return !hidden && !in_the_past() && trace->end() != nullptr; }
};

/// The view of the moment that the session shows, without its sentence. Cost: some allocations.
View view_of(Session& session, Language language);

}  // namespace gogoscope
