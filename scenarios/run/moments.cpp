#include "scenarios/run/moments.h"

#include <fmt/format.h>

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

std::variant<std::uint64_t, std::string> find_moment(std::string_view text, const Trace& trace) {
  const auto parsed = parse_where(text);
  if (const auto* wrong = std::get_if<Message>(&parsed)) return wrong->in(Language::en);
  const Where& where = std::get<Where>(parsed);
  if (where.kind == Where::Kind::end) return trace.steps();
  if (where.kind == Where::Kind::state) {
    if (where.state <= trace.steps()) return where.state;
    return fmt::format("there is no state {}: the run ends with state {}", where.state, trace.steps());
  }
  auto addresses = resolve(where.place, trace.guest().code);
  if (const auto* wrong = std::get_if<Message>(&addresses)) return wrong->in(Language::en);
  VisitCounter counter(std::move(std::get<std::vector<CodeAddr>>(addresses)), trace);
  if (counter.reach(where.place.visit)) return counter.cursor().position();
  if (counter.visits() == 0) return fmt::format("the run never reaches {}", text);
  return fmt::format("the run reaches this place {} time{}: {}", counter.visits(),
                     counter.visits() == 1 ? "" : "s", text);
}

}  // namespace gogoscope
