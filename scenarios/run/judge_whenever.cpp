#include "scenarios/run/judge_whenever.h"

#include "emu/session/arrival.h"
#include "scenarios/format/read_events.h"

namespace gogoscope {
namespace {

/// One entry of `whenever` on its way through a record.
class Entry {
 public:
  Entry(const WheneverExpectations& entry, const Trace& trace, const Told& told, Verdict& verdict)
      : entry_(entry), trace_(trace), told_(told), verdict_(verdict), over_(entry.expect.size(), false) {}

  void judge() {
    if (entry_.event) {
      events();
    } else {
      visits();
    }
    if (matches_ > 0) return;
    const Message what = entry_.event ? Message::untranslated(to_string(*entry_.event))
                                      : Message::untranslated(entry_.place_text);
    verdict_.failures.push_back(
        {entry_.mark,
         {{"whenever {what}, but that never happens", "每当 {what}，但这从未发生"}, {{"what", what}}},
         at_the_end(told_),
         {"whenever", entry_.place_text, what, {{"never", "从未"}}, {}, trace_.steps()}});
  }

 private:
  void events() {
    const GoroutineAt goroutine_at = [&](std::string_view name, std::uint64_t step) {
      return told_.goroutines.at_step(name, step);
    };
    Cursor cursor(trace_);
    for (std::size_t i = 0; i < told_.events.size(); ++i) {
      const Event& event = told_.events[i];
      if (!matches(*entry_.event, event, told_.guest, goroutine_at)) continue;
      cursor.seek(event.step + 1);
      ask(cursor, &event,
          {{"whenever {what}, here {event}", "每当 {what}，这里是 {event}"},
           {{"what", to_string(*entry_.event)}, {"event", told_.line(i)}}},
          [&] { return around(told_, i, true); });
    }
  }

  void visits() {
    const auto resolved = resolve(entry_.place, told_.guest.code);
    const auto* const pcs = std::get_if<std::vector<CodeAddr>>(&resolved);
    if (pcs == nullptr) return;  // reported when the file was loaded
    Cursor cursor(trace_);
    do {
      if (!arrives_at(*pcs, cursor)) continue;
      Cursor moment = cursor;
      // What the scenario itself sets here is part of the moment.
      while (!moment.at_end() && trace_.is_edit(moment.position())) moment.forward();
      ask(moment, nullptr,
          {{"whenever at {place}, time {n}", "每当到 {place}，第 {n} 次"},
           {{"place", entry_.place_text}, {"n", matches_ + 1}}},
          [&] { return around_step(told_, moment.position()); });
    } while (cursor.forward());
  }

  template <class Context>
  void ask(const Cursor& at, const Event* event, const Message& when, Context context) {
    ++matches_;
    for (std::size_t i = 0; i < over_.size(); ++i) {
      if (over_[i]) continue;
      const Answer answer = answer_at(entry_.expect[i].comparison, event, at);
      if (answer.holds) continue;
      over_[i] = true;
      verdict_.failures.push_back({entry_.expect[i].mark,
                                   {{"{when} (state {k}): {sentence}", "{when}（状态 {k}）：{sentence}"},
                                    {{"when", when}, {"k", at.position()}, {"sentence", answer.sentence}}},
                                   context(),
                                   parts(answer, event, at, entry_.expect[i].comparison)});
    }
  }

  FailureParts parts(const Answer& answer, const Event* event, const Cursor& at,
                     const Comparison& comparison) const {
    FailureParts out{"whenever", entry_.place_text, answer.expected, answer.got, {}, at.position()};
    // A comparison with terms of the event means nothing at other steps: the event's own is to blame.
    if (event != nullptr) {
      out.step = event->step;
    } else {
      out.comparison = &comparison;
    }
    return out;
  }

  Answer answer_at(const Comparison& comparison, const Event* event, const Cursor& at) const {
    std::variant<Comparison, Message> bound = comparison;
    if (event != nullptr) bound = bound_to(*event, told_.guest, comparison);
    if (bound.index() == 0) bound = told_.goroutines.bound(std::get<0>(bound), at.position());
    if (const auto* const why = std::get_if<Message>(&bound)) return without_value(comparison, *why);
    return evaluate(std::get<0>(bound), told_.guest, at.state());
  }

  const WheneverExpectations& entry_;
  const Trace& trace_;
  const Told& told_;
  Verdict& verdict_;
  std::vector<bool> over_;  ///< expectations that are broken
  std::uint64_t matches_ = 0;
};

}  // namespace

void judge_whenever(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  for (const WheneverExpectations& entry : scenario.whenever) Entry(entry, trace, told, verdict).judge();
}

}  // namespace gogoscope
