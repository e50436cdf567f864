// Collects what is wrong with the sources of one assembly.
#pragma once

#include <vector>

#include "asm/assembler.h"
#include "asm/source_set.h"
#include "asm/text/near.h"
#include "asm/text/printable.h"
#include "asm/text/utf8.h"

namespace plan9 {

using gogoscope::did_you_mean;
using gogoscope::in_quotes;
using gogoscope::is_control;
using gogoscope::Rune;
using gogoscope::rune_at;
using gogoscope::shortened;
using gogoscope::Text;
using gogoscope::TextView;

class Diagnostics {
 public:
  Diagnostics(const SourceSet& sources, int most) : sources_(sources), list_(most) {}

  void error(const Place& place, Message message);
  std::uint32_t line_in_file(const Place& place) const { return sources_.line_in_file(place); }

  /// The limit is reached: every pass stops when it sees this.
  bool full() const { return list_.full(); }
  bool empty() const { return list_.empty(); }
  std::vector<Diagnostic> take() { return list_.take(); }

 private:
  const SourceSet& sources_;
  gogoscope::DiagnosticList list_;
};

}  // namespace plan9
