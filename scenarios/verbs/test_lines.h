// What `test` says on the terminal: a line for each case, what is wrong with it on stderr, and on a terminal
// a last line that says how far it is.
#pragma once

#include <iosfwd>

#include "asm/text/language.h"
#include "scenarios/results/result.h"
#include "scenarios/suite/run_suite.h"

namespace gogoscope {

struct TestLinesStyle {
  bool colours = false;
  bool progress = false;  ///< `out` is a terminal
  bool quiet = false;
};

class TestLines {
 public:
  TestLines(std::ostream& out, TestLinesStyle style, Language language)
      : out_(out), style_(style), language_(language) {}

  /// Each line is flushed: whoever reads them may wait.
  void tell(const CaseResult& result);
  void tell(const SuiteProgress& progress);
  /// What each student has earned, and the counts.
  void tell(const SuiteResult& suite);
  /// Takes away the line that says how far it is.
  void wipe();

 private:
  std::ostream& out_;
  TestLinesStyle style_;
  Language language_;
  bool wiped_ = true;
};

}  // namespace gogoscope
