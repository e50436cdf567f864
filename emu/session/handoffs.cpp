#include "emu/session/handoffs.h"

#include <algorithm>
#include <array>

#include "emu/guest/registers.h"

namespace gogoscope {
namespace {

/// gN, counted from 1; system goroutines are called after their M: g0, m1.g0, gsignal.
bool is_ordinary(const std::string& g) { return g.size() > 1 && g[0] == 'g' && g[1] >= '1' && g[1] <= '9'; }

}  // namespace

std::vector<std::uint64_t> handoffs(const std::vector<Event>& events) {
  std::vector<std::uint64_t> out;
  // The g that each M's curg has come to name since the M's SP last changed stacks.
  std::array<std::string, kMaxThreads> chosen;
  for (const Event& event : events) {
    if (event.m < 0 || event.m >= kMaxThreads) continue;
    std::string& g = chosen[static_cast<std::size_t>(event.m)];
    if (event.type == EventType::curg) g = event.to;
    if (event.type != EventType::stack) continue;
    if (event.to == g && is_ordinary(g)) out.push_back(event.step + 1);
    g.clear();
  }
  return out;
}

}  // namespace gogoscope
