// Searches through a record: for events, handoffs, places and writes.
#include <fmt/format.h>

#include <algorithm>

#include "emu/session/arrival.h"
#include "emu/session/handoffs.h"
#include "emu/session/navigator.h"

namespace gogoscope {

void Navigator::next_event() {
  const std::uint64_t from = cursor_.position();
  for (;;) {
    const std::vector<Event>& all = events();
    if (given_up_) return;
    const auto next = std::partition_point(all.begin(), all.end(),
                                           [this](const Event& e) { return e.step < cursor_.position(); });
    if (next != all.end()) {
      cursor_.seek(next->step + 1);
      return;
    }
    cursor_.seek(trace_.steps());
    if (!extend(1)) return;
    if (trace_.steps() % kWatched == 0 && !goes_on(from, trace_.steps(), trace_.guest().step_budget)) return;
  }
}

void Navigator::last_event() {
  const std::vector<Event>& all = events();
  const auto here = std::partition_point(all.begin(), all.end(),
                                         [this](const Event& e) { return e.step + 1 < cursor_.position(); });
  cursor_.seek(here == all.begin() ? 0 : std::prev(here)->step + 1);
}

void Navigator::next_handoff() {
  const std::uint64_t from = cursor_.position();
  for (std::size_t seen = 0;;) {
    // Searched again only where the record has brought events.
    const std::vector<Event>& all = events();
    if (given_up_) return;
    if (all.size() > seen) {
      seen = all.size();
      const std::vector<std::uint64_t> found = handoffs(all);
      const auto next = std::upper_bound(found.begin(), found.end(), cursor_.position());
      if (next != found.end()) {
        cursor_.seek(*next);
        return;
      }
    }
    cursor_.seek(trace_.steps());
    if (!extend(1)) return;
    if (trace_.steps() % kWatched == 0 && !goes_on(from, trace_.steps(), trace_.guest().step_budget)) return;
  }
}

void Navigator::last_handoff() {
  const std::vector<std::uint64_t> found = handoffs(events());
  const auto here = std::lower_bound(found.begin(), found.end(), cursor_.position());
  cursor_.seek(here == found.begin() ? 0 : *std::prev(here));
}

Message Navigator::run_to(const Where& where) {
  const std::uint64_t from = cursor_.position();
  if (where.kind == Where::Kind::end) {
    run_to_the_end();
    return {};
  }
  if (where.kind == Where::Kind::state) {
    const std::uint64_t recorded = trace_.steps();
    while (where.state > trace_.steps() && extend(std::min(where.state - trace_.steps(), kWatched)) &&
           goes_on(recorded, trace_.steps(), where.state)) {
    }
    if (given_up_) return {};
    if (where.state > trace_.steps()) {
      return Message(
          {"there is no state {state}: the run has {steps} steps", "没有状态 {state}：这次运行有 {steps} 步"},
          {{"state", where.state}, {"steps", trace_.steps()}});
    }
    cursor_.seek(where.state);
    return {};
  }

  const auto resolved = resolve(where.place, trace_.guest().code);
  if (const auto* const wrong = std::get_if<Message>(&resolved)) return *wrong;
  const auto& places = std::get<std::vector<CodeAddr>>(resolved);
  int to_go = 1;
  if (where.place.counted) {
    cursor_.seek(0);
    to_go = where.place.visit;
  }
  int seen = 0;
  auto here = [&] {
    if (arrives_at(places, cursor_)) ++seen;
    return seen == to_go;
  };
  // A counted visit may be the very start; otherwise the search begins after the moment shown.
  if ((where.place.counted && here()) || forward_until(here)) return {};
  cursor_.seek(from);
  if (seen > 0) {
    return Message({"the run reaches {function} only {n} {times}", "这次运行只到达 {function} {n} {times}"},
                   {{"function", where.place.function},
                    {"n", seen},
                    {"times", TextView{seen == 1 ? "time" : "times", "次"}}});
  }
  if (from > 0) {
    return Message({"the run does not reach {place} from here on", "从这里起，运行不会到达 {place}"},
                   {{"place", to_string(where)}});
  }
  return Message({"the run does not reach {place}", "这次运行不会到达 {place}"},
                 {{"place", to_string(where)}});
}

Message Navigator::back_to(const Place& place) {
  if (place.counted) {
    return Message({"back-to takes a place such as runtime.gogo; run-to goes to states and counted visits",
                    "back-to 需要 runtime.gogo 这样的位置；到状态编号或第几次到达请用 run-to"});
  }
  const auto resolved = resolve(place, trace_.guest().code);
  if (const auto* const wrong = std::get_if<Message>(&resolved)) return *wrong;
  const auto& places = std::get<std::vector<CodeAddr>>(resolved);
  const std::uint64_t from = cursor_.position();
  if (back_until([&] { return arrives_at(places, cursor_); })) return {};
  cursor_.seek(from);
  return Message({"the run has not reached {place} before this moment", "在此刻之前，运行没有到达过 {place}"},
                 {{"place", to_string(place)}});
}

Message Navigator::next_write(const FieldPath& field) {
  const auto place = find_field(trace_.guest(), cursor_.state(), field.text);
  if (!place) return no_field(field);
  const std::uint64_t from = cursor_.position();
  if (forward_until([&] { return last_step_writes(cursor_, *place); })) return {};
  cursor_.seek(from);
  return Message({"{field} is not written after this moment", "此刻之后，{field} 不再被写"},
                 {{"field", field.text}});
}

Message Navigator::last_write(const FieldPath& field) {
  const auto place = find_field(trace_.guest(), cursor_.state(), field.text);
  if (!place) return no_field(field);
  const std::uint64_t from = cursor_.position();
  const auto written = [&] { return cursor_.position() > 0 && last_step_writes(cursor_, *place); };
  // Not the store that has just been made: asking again leads to the one before.
  cursor_.back();
  if (written() || back_until(written)) return {};
  cursor_.seek(from);
  return Message({"{field} is not written before this moment", "此刻之前，{field} 没有被写过"},
                 {{"field", field.text}});
}

Message no_field(const FieldPath& field) {
  return Message({"there is no field {name} at this moment", "此刻没有字段 {name}"}, {{"name", field.text}});
}

}  // namespace gogoscope
