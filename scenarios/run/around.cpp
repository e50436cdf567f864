#include "scenarios/run/around.h"

#include <algorithm>
#include <optional>

#include "emu/history/event_info.h"
#include "scenarios/told/event_text.h"

namespace gogoscope {

Message Told::event(std::size_t i) const {
  static const Narration chinese(Language::zh);
  return Message::literal(Text{to_string(events[i], guest), event_text(events[i], guest, chinese)});
}

Message Told::line(std::size_t i) const {
  return {{"step {n}: {event}", "第 {n} 步：{event}"}, {{"n", events[i].step}, {"event", event(i)}}};
}

Answer Told::answer(const Comparison& comparison, const Moment& moment, std::uint64_t k) const {
  const auto bound = goroutines.bound(comparison, k);
  if (const auto* const why = std::get_if<Message>(&bound)) return without_value(comparison, *why);
  return evaluate(std::get<Comparison>(bound), guest, moment);
}

namespace {

constexpr std::size_t kAround = 3;  ///< events on each side

/// The events [begin, end), `marked` among them perhaps.
void add_lines(const Told& told, std::size_t begin, std::size_t end, std::optional<std::size_t> marked,
               std::vector<Message>& out) {
  for (std::size_t i = begin; i < std::min(end, told.events.size()); ++i) {
    out.push_back(Message({"  {mark} {line}", "  {mark} {line}"},
                          {{"mark", marked == i ? ">" : " "}, {"line", told.line(i)}}));
  }
}

}  // namespace

std::vector<Message> around(const Told& told, std::size_t at, bool mark) {
  std::vector<Message> out;
  add_lines(told, at > kAround ? at - kAround : 0, at + kAround, mark ? std::optional(at) : std::nullopt,
            out);
  if (out.empty()) out.push_back({{"    (no events)", "    （没有事件）"}});
  return out;
}

std::vector<Message> around_and_end(const Told& told, std::size_t at) {
  std::vector<Message> out = around(told, at, true);
  const std::size_t n = told.events.size();
  add_lines(told, std::max(at + kAround, n > kAround ? n - kAround : 0), n, std::nullopt, out);
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
