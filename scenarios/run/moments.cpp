#include "scenarios/run/moments.h"

#include "emu/session/arrival.h"

namespace gogoscope {

VisitCounter::VisitCounter(std::vector<CodeAddr> addresses, const Trace& trace)
    : addresses_(std::move(addresses)), cursor_(trace) {
  look();
}

bool VisitCounter::reach(int visit) {
  while (visits_ < visit && cursor_.forward()) look();
  return visits_ >= visit;
}

void VisitCounter::look() {
  if (arrives_at(addresses_, cursor_)) ++visits_;
}

std::optional<Cursor> arrival_at(const Place& place, const Trace& trace) {
  auto addresses = resolve(place, trace.guest().code);
  if (addresses.index() == 1) return std::nullopt;
  VisitCounter counter(std::move(std::get<0>(addresses)), trace);
  if (!counter.reach(place.visit)) return std::nullopt;
  Cursor cursor = counter.cursor();
  while (!cursor.at_end() && trace.is_edit(cursor.position())) cursor.forward();
  return cursor;
}

std::optional<std::uint64_t> start_of_main(const Trace& trace) {
  const Function* const main = trace.guest().code.function("main.main");
  if (main == nullptr) return std::nullopt;
  for (Cursor cursor(trace); !cursor.at_end(); cursor.forward()) {
    if (cursor.state().pc() == main->entry) return cursor.position();
  }
  return std::nullopt;
}

std::string moment_name(std::uint64_t state, const Trace& trace) {
  if (state > trace.steps()) return std::to_string(state);
  Cursor here(trace);
  here.seek(state);
  Place place = place_of(here.state().pc(), trace.guest().code);
  auto addresses = resolve(place, trace.guest().code);
  if (place.function.empty() || addresses.index() == 1) return std::to_string(state);
  VisitCounter counter(std::move(std::get<0>(addresses)), trace);
  for (int visit = 1; counter.reach(visit) && counter.cursor().position() <= state; ++visit) {
    if (counter.cursor().position() != state) continue;
    place.visit = visit;
    place.counted = true;
    return to_string(place);
  }
  return std::to_string(state);
}

std::variant<std::uint64_t, Message> find_moment(std::string_view text, const Trace& trace) {
  auto parsed = parse_where(text);
  if (auto* const wrong = std::get_if<Message>(&parsed)) return std::move(*wrong);
  const Where& where = std::get<Where>(parsed);
  if (where.kind == Where::Kind::end) return trace.steps();
  if (where.kind == Where::Kind::state) {
    if (where.state <= trace.steps()) return where.state;
    return Message({"there is no state {state}: the run ends with state {last}",
                    "没有状态 {state}：运行到状态 {last} 为止"},
                   {{"state", where.state}, {"last", trace.steps()}});
  }
  auto addresses = resolve(where.place, trace.guest().code);
  if (auto* const wrong = std::get_if<Message>(&addresses)) return std::move(*wrong);
  VisitCounter counter(std::move(std::get<std::vector<CodeAddr>>(addresses)), trace);
  if (counter.reach(where.place.visit)) return counter.cursor().position();
  if (counter.visits() == 0) {
    return Message({"the run never reaches {place}", "运行从未到达 {place}"}, {{"place", text}});
  }
  return Message(
      {"the run reaches this place {n} {times}: {place}", "运行只到过这个位置 {n} {times}：{place}"},
      {{"n", counter.visits()},
       {"times", TextView{counter.visits() == 1 ? "time" : "times", "次"}},
       {"place", text}});
}

}  // namespace gogoscope
