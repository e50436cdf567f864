#include "ui/lesson_trial.h"

#include "emu/history/cursor.h"
#include "scenarios/told/ending.h"

namespace gogoscope {

TrialEnd trial_end(const Trace& trace, const std::vector<Event>& events, std::uint64_t from) {
  TrialEnd out;
  out.state = trace.steps();
  for (const Event& event : events) {
    const auto* const broken = event.step < from ? nullptr : event.as<InvariantBreak>();
    if (broken == nullptr) continue;
    out.invariant = broken->name;
    out.reason = broken->reason;
    out.state = event.step + 1;
    Cursor at(trace);
    at.seek(event.step);
    out.place = trace.guest().code.symbolize(at.state().pc());
    break;
  }
  if (trace.end() == nullptr) return out;
  const std::vector<std::string> en = end_lines(trace, Language::en), zh = end_lines(trace, Language::zh);
  for (std::size_t i = 0; i < en.size() && i < zh.size(); ++i) out.end.push_back({en[i], zh[i]});
  return out;
}

}  // namespace gogoscope
