// One traceback, put into the window's words: what each of its lines says, and where a press on it leads.
// Go's own words (function names, "created by") are the same in both languages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/layout/traceback.h"
#include "ui/link.h"

namespace gogoscope {

/// A sentence of ours beside what Go prints.
struct TraceRemark {
  enum class Tone : std::uint8_t { plain, switching, wrong };
  std::string text;
  Target target;
  Tone tone = Tone::plain;
};

/// Why a return address names the function that it names: the call is before it, so the address minus one
/// is looked up.
struct ReturnLookup {
  enum class Found : std::uint8_t { inside, another, nobody };
  std::string pc;               ///< "goexit+0x1"
  std::string minus_one;        ///< "goexit+0x0"
  std::string function;         ///< "goexit": which function the return address belongs to
  Found found = Found::inside;  ///< which function minus one belongs to
  /// Of the address that newproc1 forges, goexit+1: what it spares us.
  struct Instead {
    std::string sentence;   ///< "If newproc1 forged goexit+0x0:"
    std::string minus_one;  ///< "mcall+0x5f"
    Found found = Found::another;
  };
  std::optional<Instead> instead;
};

struct TraceCall {
  struct Argument {
    std::string text;  ///< "0xc000000480"
    Target target;
  };
  std::string function;  ///< "runtime.goexit0"
  Target code;           ///< the instruction that was looked up
  std::optional<std::vector<Argument>> arguments;
  bool more_arguments = false;  ///< than Go prints
  std::string place;            ///< "goexit0.go:1 +0x0"
  // Of a frame; the function that made the goroutine has none.
  std::string sp;  ///< "…e6a8": its lower end
  Target stack;
  std::optional<FunctionKind> kind;  ///< nothing where there is no function
  bool here = false;                 ///< the current thread is here
  bool pushed = false;               ///< the executed step stored its return address
  bool promised = false;             ///< gogo has not jumped there yet
  std::optional<TraceRemark> before;
  std::optional<ReturnLookup> lookup;  ///< of goexit, and wherever the rule is broken
};

struct ToldTraceback {
  std::vector<TraceRemark> whence;  ///< where PC and SP come from
  std::vector<TraceCall> calls;     ///< innermost first
  std::vector<TraceRemark> end;
  std::optional<TraceCall> creator;
};

ToldTraceback tell_traceback(const View& view, const Traceback& traceback, Language language);

/// "goroutine 2 [running]:", as Go prints it; g may be null.
std::string traceback_header(const View& view, const Entity* g);

}  // namespace gogoscope
