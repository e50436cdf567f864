// How a run has ended, in words: where the thread is that ended it, which task led there, what each goroutine
// waits for, and what a task did that has run past its last line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "asm/text/message.h"
#include "emu/history/trace.h"

namespace gogoscope {

/// A source that is part of a file: its lines are told as lines of that file.
struct SourceInFile {
  std::string_view source;  ///< as the guest calls it: "bodies"
  std::string file;
  int first_line = 1;  ///< of the file
};

/// A place that an ending names.
struct EndPlace {
  const Function* function = nullptr;
  CodeAddr pc;             ///< of the instruction; of a call, not behind it
  std::uint32_t line = 0;  ///< in the function's source
};

struct Ending {
  Message where;                 ///< "main.worker+0x7, `MOVQ 0(AX), CX` (x.yaml:21), g2 on m0"
  std::vector<Message> waiting;  ///< of a deadlock: what each goroutine waits for, one a line
  Message overrun;               ///< which task ran past its last line, and when; empty if none did
  std::vector<EndPlace> places;  ///< all that are named
  std::size_t source = 0;        ///< of the sources in files, the one that holds `line`
  std::uint32_t line = 0;        ///< of a source in a file, where a task is concerned; 0: none is
  int column = 0;                ///< of what is written in that line
};

/// Of the last state of a record. Cost: some look-ups; for a run that a throw, a fault or its budget has
/// ended a walk over the record besides, which finds a task that ran past its last line.
Ending ending_of(const Trace& trace, const std::vector<SourceInFile>& in_files = {});

/// The end as lines for people: its reason and detail, the process's exit code where it is not in the detail,
/// and the remarks. Of a record that has ended.
std::vector<std::string> end_lines(const Trace& trace, Language language);

}  // namespace gogoscope
