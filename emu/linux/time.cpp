// Time is the kernel's clock, which counts steps.
#include "emu/linux/call.h"

namespace gogoscope::os {
namespace {

/// The clock on the wall when the kernel's is 0: 2009-11-10 23:00:00 UTC, when Go became public.
constexpr std::uint64_t kEpoch = 1'257'894'000ULL * 1'000'000'000;

bool is_wall_clock(std::uint64_t clock) { return clock == 0 || clock == 5 || clock == 11; }

std::uint64_t time_of(Call& c, std::uint64_t clock) {
  return c.threads().now() + (is_wall_clock(clock) ? kEpoch : 0);
}

}  // namespace

std::int64_t nanosleep(Call& c) {
  const auto ns = c.timespec(c.arg(0));
  if (!ns) return kEINVAL;
  c.sleep(Addr(), *ns, Call::Interrupted::ends, c.arg(1));
  return 0;
}

std::int64_t clock_nanosleep(Call& c) {
  constexpr std::uint64_t kAbsolute = 1;
  const auto time = c.timespec(c.arg(2));
  if (!time) return kEINVAL;
  std::uint64_t ns = *time;
  if ((c.arg(1) & kAbsolute) != 0) {
    const std::uint64_t now = time_of(c, c.arg(0));
    ns = ns > now ? ns - now : 0;
  }
  c.sleep(Addr(), ns, Call::Interrupted::ends, (c.arg(1) & kAbsolute) != 0 ? 0 : c.arg(3));
  return 0;
}

std::int64_t clock_gettime(Call& c) {
  constexpr std::uint64_t kClocks = 12, kSecond = 1'000'000'000;
  if (c.arg(0) >= kClocks) return kEINVAL;
  const std::uint64_t now = time_of(c, c.arg(0));
  const bool told = c.put(c.arg(1), now / kSecond) && c.put(c.arg(1) + 8, now % kSecond);
  return told ? 0 : static_cast<std::int64_t>(kEFAULT);
}

std::int64_t gettimeofday(Call& c) {
  constexpr std::uint64_t kMicrosecond = 1000, kSecond = 1'000'000;
  const std::uint64_t now = time_of(c, 0) / kMicrosecond;
  if (c.arg(0) == 0) return 0;
  const bool told = c.put(c.arg(0), now / kSecond) && c.put(c.arg(0) + 8, now % kSecond);
  return told ? 0 : static_cast<std::int64_t>(kEFAULT);
}

}  // namespace gogoscope::os
