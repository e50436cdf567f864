#include "scenarios/go/stop_signals.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace gogoscope {
namespace {

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};

volatile sig_atomic_t noted = 0;
int ends[2] = {-1, -1};
int nested = 0;
std::array<struct sigaction, kSignals.size()> before;

void note(int) {
  const int kept = errno;
  noted = 1;
  const char byte = 0;
  // A full pipe has said it already.
  if (write(ends[1], &byte, 1) < 0) errno = kept;
  errno = kept;
}

}  // namespace

StopSignals::StopSignals() {
  if (nested++ > 0) return;
  noted = 0;
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) ends[0] = ends[1] = -1;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before[i]);
    // Ignored, as under nohup: it stays so.
    if (before[i].sa_handler == SIG_IGN) continue;
    struct sigaction action {};
    action.sa_handler = note;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(kSignals[i], &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  if (--nested > 0) return;
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
  for (int& end : ends) {
    if (end >= 0) close(end);
    end = -1;
  }
}

int StopSignals::fd() const { return ends[0]; }

bool StopSignals::came() const { return noted != 0; }

}  // namespace gogoscope
