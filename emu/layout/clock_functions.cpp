// Origin: the TEXTs of runtime/sys_linux_amd64.s and time_linux_amd64.s that load SP from g0.sched.sp, in Go
// 1.15.15, 1.19.8, 1.21.13, 1.22.12, 1.23.5, 1.24.4, 1.25.12, 1.26.10 and 1.27.3.
#include "emu/layout/clock_functions.h"

#include "emu/layout/release_number.h"

namespace gogoscope {
namespace {

constexpr std::string_view kUpTo15[] = {"runtime.walltime1", "runtime.nanotime1"};
/// Of releases whose sources were not looked at: what those before and after them have.
constexpr std::string_view kUpTo18[] = {"runtime.walltime1", "runtime.walltime", "runtime.nanotime1",
                                        "time.now"};
constexpr std::string_view kFrom19[] = {"runtime.nanotime1", "time.now"};

}  // namespace

std::span<const std::string_view> clock_functions(std::string_view release) {
  const int number = release_number(release);
  if (number < 0 || number >= 19) return kFrom19;
  if (number >= 16) return kUpTo18;
  return kUpTo15;
}

}  // namespace gogoscope
