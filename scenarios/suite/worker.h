// A process that runs cases, one after the other, and sends their results home. It is a copy of this process,
// so all that was made before it started is there already; what it does to itself is its own.
#pragma once

#include <sys/types.h>

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "asm/text/message.h"
#include "scenarios/results/result.h"
#include "scenarios/suite/cases.h"

namespace gogoscope {

using Work = std::function<CaseResult(const Case&)>;

class Worker {
 public:
  /// Starts the process. This process must have no threads but one, and nothing unwritten in its buffers.
  /// `others`: descriptors of this process that are none of the worker's business. Throws nothing; where no
  /// process can be started, started() is false, and errno says why.
  Worker(const std::vector<Case>& cases, const Work& work, std::span<const int> others);
  ~Worker();  ///< ends it, whatever it is doing
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  bool started() const { return pid_ > 0; }
  /// Readable when there is something to hear.
  int fd() const { return fd_; }
  std::optional<std::size_t> busy_with() const { return busy_; }

  /// Hands it a case. False if it is gone.
  bool give(std::size_t index);

  enum class Heard : std::uint8_t { nothing, result, end };
  /// Takes what has come: nothing whole yet, a result, or that the process is gone.
  Heard hear(CaseResult& out);

  /// Ends it by force.
  void kill();
  /// Waits for the process, and says how it ended: "signal 11 (Segmentation fault) ended its process".
  Message ending();

  /// Memory that it occupies, in bytes; 0 if that cannot be found out.
  std::uint64_t resident() const;

 private:
  [[noreturn]] static void serve(int fd, const std::vector<Case>& cases, const Work& work);

  pid_t pid_ = -1;
  int fd_ = -1;
  std::optional<std::size_t> busy_;
  std::string heard_;
};

}  // namespace gogoscope
