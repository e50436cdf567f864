#include "scenarios/run/around.h"

#include <algorithm>

#include "emu/history/event_info.h"
#include "scenarios/told/event_text.h"

namespace gogoscope {

Message Told::line(std::size_t i) const {
  static const Narration chinese(Language::zh);
  const Event& event = events[i];
  return {{"step {n}: {event}", "第 {n} 步：{event}"},
          {{"n", event.step}, {"event", Text{to_string(event, guest), event_text(event, guest, chinese)}}}};
}

std::vector<Message> around(const Told& told, std::size_t at, bool mark) {
  std::vector<Message> out;
  const std::size_t begin = at > 3 ? at - 3 : 0;
  const std::size_t end = std::min(told.events.size(), at + 3);
  for (std::size_t i = begin; i < end; ++i) {
    out.push_back(Message({"  {mark} {line}", "  {mark} {line}"},
                          {{"mark", mark && i == at ? ">" : " "}, {"line", told.line(i)}}));
  }
  if (out.empty()) out.push_back({{"    (no events)", "    （没有事件）"}});
  return out;
}

std::vector<Message> around_step(const Told& told, std::uint64_t step) {
  const std::vector<Event>& events = told.events;
  const auto first =
      std::find_if(events.begin(), events.end(), [&](const Event& e) { return e.step >= step; });
  return around(told, static_cast<std::size_t>(first - events.begin()), false);
}

std::vector<Message> at_the_end(const Told& told) { return around(told, told.events.size(), false); }

}  // namespace gogoscope
