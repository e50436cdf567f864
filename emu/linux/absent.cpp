#include "emu/linux/absent.h"

#include <fmt/format.h>

#include <array>

#include "emu/linux/words.h"

namespace gogoscope::os {

std::string signal_name(std::uint64_t number) {
  constexpr std::array<const char*, 32> kNames = {
      "",          "SIGHUP",  "SIGINT",    "SIGQUIT", "SIGILL",   "SIGTRAP", "SIGABRT", "SIGBUS",
      "SIGFPE",    "SIGKILL", "SIGUSR1",   "SIGSEGV", "SIGUSR2",  "SIGPIPE", "SIGALRM", "SIGTERM",
      "SIGSTKFLT", "SIGCHLD", "SIGCONT",   "SIGSTOP", "SIGTSTP",  "SIGTTIN", "SIGTTOU", "SIGURG",
      "SIGXCPU",   "SIGXFSZ", "SIGVTALRM", "SIGPROF", "SIGWINCH", "SIGIO",   "SIGPWR",  "SIGSYS"};
  return number > 0 && number < kNames.size() ? kNames[number] : fmt::format("signal {}", number);
}

std::vector<Absent> absent(const Guest& guest, const MemoryView& memory) {
  std::vector<Absent> out;
  const DataSymbol* const table = guest.code.data("kernel.absent");
  if (table == nullptr || table->size < AbsentRow::kRows * AbsentRow::kSize) return out;
  for (std::uint64_t i = 0; i < AbsentRow::kRows; ++i) {
    const Addr row = table->addr + static_cast<std::int64_t>(i * AbsentRow::kSize);
    const std::uint64_t what = memory.load_or_zero(row + AbsentRow::kWhat);
    const std::uint64_t times = memory.load_or_zero(row + AbsentRow::kTimes);
    if (times == 0) break;
    const std::uint64_t number = what & ~AbsentRow::kSignal;
    out.push_back(
        {(what & AbsentRow::kSignal) != 0 ? "signal " + signal_name(number) : system_call_name(number),
         times});
  }
  return out;
}

}  // namespace gogoscope::os
