#include "scenarios/run/around.h"

#include <fmt/format.h>

#include <algorithm>

#include "emu/history/event_info.h"

namespace gogoscope {

std::string Told::line(std::size_t i) const {
  return fmt::format("step {}: {}", events[i].step, to_string(events[i], guest));
}

std::vector<std::string> around(const Told& told, std::size_t at, bool mark) {
  std::vector<std::string> out;
  const std::size_t begin = at > 3 ? at - 3 : 0;
  const std::size_t end = std::min(told.events.size(), at + 3);
  for (std::size_t i = begin; i < end; ++i) {
    out.push_back(fmt::format("  {} {}", mark && i == at ? ">" : " ", told.line(i)));
  }
  if (out.empty()) out.push_back("    (no events)");
  return out;
}

std::vector<std::string> around_step(const Told& told, std::uint64_t step) {
  const std::vector<Event>& events = told.events;
  const auto first =
      std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.step >= step; });
  return around(told, static_cast<std::size_t>(first - events.begin()), false);
}

std::vector<std::string> at_the_end(const Told& told) { return around(told, told.events.size(), false); }

}  // namespace gogoscope
