// Collects what is wrong with the texts, all of it in one go, up to a limit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "asm/assembler.h"
#include "asm/source_set.h"
#include "asm/spelling.h"

namespace plan9 {

class Diagnostics {
 public:
  Diagnostics(const SourceSet& sources, int most) : sources_(sources), most_(most < 1 ? 1 : most) {}

  void error(const Place& place, std::string message);

  /// The limit is reached: every pass stops when it sees this.
  bool full() const { return static_cast<int>(found_.size()) >= most_; }
  bool empty() const { return found_.empty(); }

  /// Sorted by place: passes find errors in another order than readers look for them.
  std::vector<Diagnostic> take();

 private:
  struct Found {
    std::uint32_t source;
    Diagnostic diagnostic;
  };
  const SourceSet& sources_;
  int most_;
  std::vector<Found> found_;
};

/// `text` in the quotes that all messages use, shortened and printable.
std::string quoted(std::string_view text);

}  // namespace plan9
