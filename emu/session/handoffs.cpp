#include "emu/session/handoffs.h"

#include <array>

#include "emu/guest/registers.h"

namespace gogoscope {

std::vector<std::uint64_t> handoffs(const std::vector<Event>& events) {
  std::vector<std::uint64_t> out;
  // The g that each M's curg has come to name since the M's SP last changed stacks.
  std::array<GId, kMaxThreads> chosen;
  for (const Event& event : events) {
    if (event.m < 0 || event.m >= kMaxThreads) continue;
    GId& g = chosen[static_cast<std::size_t>(event.m)];
    if (const auto* curg = event.as<CurgChange>()) g = curg->to;
    const auto* stack = event.as<StackSwitch>();
    if (stack == nullptr) continue;
    if (stack->to.is_ordinary() && stack->to == g) out.push_back(event.step + 1);
    g = {};
  }
  return out;
}

}  // namespace gogoscope
