// Tracebacks for people and for programs. The text is the one that Go prints with GOTRACEBACK=system, as far
// as it can be: line numbers are those of the texts shown here, and our remarks follow a #.
//
//   goroutine 2 [running]:
//   # g2, from the registers of m0
//   main.worker(...)
//           bodies:7 +0x0
//   runtime.goexit(...)
//           goexit.s:8 +0x1
//   # return PC runtime.goexit+0x1, minus one runtime.goexit: inside runtime.goexit, as it must be
//   created by main.main
//           bodies:3 +0x19
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "emu/layout/traceback.h"

namespace gogoscope {

/// The words of arguments and results of a modelled function, as they are in its frame; nothing where no step
/// says how many there are.
std::optional<std::vector<std::uint64_t>> argument_words(const MemoryView& memory, const TraceFrame& frame);
/// As many as Go prints.
inline constexpr std::size_t kMostArguments = 10;
/// "runtime.goexit0(0xc000000180)": the name and these words; "(...)" where they are not known.
std::string call_text(const MemoryView& memory, const TraceFrame& frame);
/// The source that holds the line of a frame, where code was inlined not that of its function; null where
/// none is known.
const SourceFile* source_of(const Code& code, const TraceFrame& frame);
/// "bodies:7 +0x12": the line that was looked up, and how far PC lies in the function that holds it.
std::string place_text(const Code& code, const TraceFrame& frame);
/// The function that a return address is in, and the function that the address before it is in.
std::string lookup_text(const Code& code, const TraceFrame& frame);

/// "goroutine 1 [chan receive]:", the line before its calls.
std::string head_text(const Traceback& traceback);

/// Whether a switch of stacks explains that the TLS of the traceback's M names another g (Traceback::tls).
bool is_switching(const Guest& guest, const StateView& state, const Traceback& traceback);

void write_traceback_text(std::ostream& out, const Guest& guest, const StateView& state,
                          const std::vector<Traceback>& all);
/// {"state":N,"at":"runtime.goexit0","tracebacks":[{"g":"g2","goid":2,"status":"running","source":"registers","m":0,
/// "frames":[{"function","pc","looked_up","inside","file","line",...}],"end":"top"}]}
void write_traceback_json(std::ostream& out, const Guest& guest, const StateView& state, std::uint64_t number,
                          const std::vector<Traceback>& all);

}  // namespace gogoscope
