// Ctrl-C, and a polite request to end: noted instead of obeyed, so that what is known can be written first.
// A second one ends the process at once.
#pragma once

namespace gogoscope {

/// While one exists. One inside of another notes what that one does.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Readable once a signal has come.
  int fd() const;
  bool came() const;
};

}  // namespace gogoscope
