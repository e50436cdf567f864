#include "emu/linux/call.h"

#include <cstring>

namespace gogoscope::os {

bool Call::put(std::uint64_t addr, std::string_view bytes) {
  if (!gate_.writable(Addr(addr), bytes.size())) return false;
  for (std::size_t i = 0; i < bytes.size();) {
    const int size = bytes.size() - i >= 8 ? 8 : 1;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, static_cast<std::size_t>(size));
    gate_.store(Addr(addr + i), size, word);
    i += static_cast<std::size_t>(size);
  }
  return true;
}

std::optional<std::string> Call::path(std::uint64_t addr) {
  std::string out;
  while (out.size() < kPathMost) {
    const auto byte = get(addr + out.size(), 1);
    if (!byte) return std::nullopt;
    if (*byte == 0) return out;
    out += static_cast<char>(*byte);
  }
  return out;
}

std::optional<std::uint64_t> Call::timespec(std::uint64_t addr) {
  constexpr std::uint64_t kSecond = 1'000'000'000, kMostSeconds = std::uint64_t{1} << 32;
  const auto seconds = get(addr), ns = get(addr + 8);
  if (!seconds || !ns || *ns >= kSecond || static_cast<std::int64_t>(*seconds) < 0) return std::nullopt;
  return std::min(*seconds, kMostSeconds) * kSecond + *ns;
}

void Call::copy(Addr from, Addr to, std::uint64_t bytes) {
  while (bytes > 0) {
    const int size = bytes >= 8 ? 8 : 1;
    gate_.store(to, size, gate_.load(from, size));
    from = from + size;
    to = to + size;
    bytes -= static_cast<std::uint64_t>(size);
  }
}

void Call::may_be_interrupted(Interrupted interrupted, std::uint64_t remainder) {
  set(task(TaskRow::kSleepsAt), gate_.reg(Reg::rip));
  set(task(TaskRow::kSleepsIn),
      (number() & 0xffff'ffff) | (interrupted == Interrupted::restarts ? TaskRow::kRestarts : 0));
  set(task(TaskRow::kRemainder), remainder);
}

void Call::sleep(Addr on, std::optional<std::uint64_t> ns, Interrupted interrupted, std::uint64_t remainder) {
  may_be_interrupted(interrupted, remainder);
  threads().sleep_until(on, ns ? std::optional(threads().now() + *ns) : std::nullopt);
}

bool Call::wait(Addr on, std::optional<std::uint64_t> ns, Interrupted interrupted) {
  constexpr std::uint64_t kForever = ~std::uint64_t{0};
  const Addr until = task(TaskRow::kWaitsUntil);
  std::uint64_t deadline = load(until);
  if (deadline == 0) {
    deadline = ns ? threads().now() + *ns : kForever;
    set(until, deadline);
  } else if (deadline != kForever && threads().now() >= deadline) {
    return false;
  }
  may_be_interrupted(interrupted, 0);
  threads().sleep_until(on, deadline == kForever ? std::nullopt : std::optional(deadline));
  waits_ = true;
  return true;
}

void Call::absent(std::uint64_t what) {
  for (std::uint64_t i = 0; i < AbsentRow::kRows; ++i) {
    const Addr row = Words::kAbsent + static_cast<std::int64_t>(i * AbsentRow::kSize);
    const std::uint64_t times = load(row + AbsentRow::kTimes);
    if (times != 0 && load(row + AbsentRow::kWhat) != what) continue;
    set(row + AbsentRow::kWhat, what);
    set(row + AbsentRow::kTimes, times + 1);
    return;
  }
}

}  // namespace gogoscope::os
