// The files that `test` is asked to write. They are opened before anything runs, so that what cannot be
// written is known at once.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "asm/text/message.h"
#include "asm/text/output_file.h"
#include "scenarios/verbs/verb.h"

namespace gogoscope {

class ResultFiles {
 public:
  /// Says why they cannot be written; empty if they can.
  Message open(const TestOptions& options, Language language);
  /// Whether standard output is one of them.
  bool take_stdout() const { return takes_stdout_; }
  bool any() const { return !files_.empty() || !gradescope_.empty(); }
  /// Why one of them could not be written, after all have been tried; empty if all are.
  Message write(const SuiteResult& suite);

 private:
  struct File {
    std::string path;
    OutputFile file;  ///< not open: standard output
    std::function<std::string(const SuiteResult&)> text;
  };
  Message write_gradescope(const SuiteResult& suite) const;

  std::vector<File> files_;
  std::string gradescope_;  ///< folder; empty: none
  Language language_ = Language::en;
  bool takes_stdout_ = false;
};

}  // namespace gogoscope
