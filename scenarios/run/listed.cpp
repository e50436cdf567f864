#include "scenarios/run/listed.h"

#include <algorithm>

#include "scenarios/format/read_events.h"

namespace gogoscope {
namespace {

bool same(const FileMark& a, const FileMark& b) {
  return a.line == b.line && a.column == b.column && a.file == b.file;
}

class Lister {
 public:
  Lister(const Verdict& verdict, std::uint64_t steps)
      : verdict_(verdict), listed_(verdict.failures.size(), false), steps_(steps) {}

  /// `decided_at_once`: it is about one moment, which the verdict names where it was met.
  void add(std::string section, std::string text, const FileMark& mark, bool decided_at_once) {
    ListedExpectation& one = begin(std::move(section), std::move(text), mark);
    if (take_failure(mark, one) || !decided_at_once) return;
    const auto met = std::find_if(verdict_.met.begin(), verdict_.met.end(),
                                  [&](const Met& other) { return same(other.mark, mark); });
    if (met == verdict_.met.end()) {
      one.state = ListedExpectation::State::not_asked;
    } else {
      one.moment = met->state;
    }
  }
  /// What is said at a place that the run does not reach.
  bool add_unreached(const PlaceExpectations& at) {
    ListedExpectation probe;
    if (!take_failure(at.mark, probe)) return false;
    ListedExpectation& one = begin("at", at.place_text, at.mark);
    one.state = probe.state;
    one.moment = probe.moment;
    one.why = probe.why;
    return true;
  }
  std::vector<ListedExpectation> finish() {
    for (std::size_t i = 0; i < verdict_.failures.size(); ++i) {
      if (listed_[i]) continue;
      const Failure& failure = verdict_.failures[i];
      tell(failure, begin(failure.parts.key, failure.parts.place, failure.mark));
    }
    return std::move(out_);
  }

 private:
  ListedExpectation& begin(std::string section, std::string text, const FileMark& mark) {
    ListedExpectation& one = out_.emplace_back();
    one.section = std::move(section);
    one.text = std::move(text);
    one.line = mark.line;
    one.moment = steps_;
    return one;
  }
  void tell(const Failure& failure, ListedExpectation& one) const {
    one.state = ListedExpectation::State::failed;
    one.why = failure.message;
    if (failure.parts.step) one.moment = std::min(*failure.parts.step + 1, steps_);
    if (failure.parts.state) one.moment = *failure.parts.state;
  }
  bool take_failure(const FileMark& mark, ListedExpectation& one) {
    for (std::size_t i = 0; i < verdict_.failures.size(); ++i) {
      if (listed_[i] || !same(verdict_.failures[i].mark, mark)) continue;
      listed_[i] = true;
      tell(verdict_.failures[i], one);
      return true;
    }
    return false;
  }

  const Verdict& verdict_;
  std::vector<bool> listed_;
  std::uint64_t steps_;
  std::vector<ListedExpectation> out_;
};

}  // namespace

std::vector<ListedExpectation> listed(const LoadedScenario& loaded, const ScenarioRun& run) {
  const Scenario& scenario = loaded.scenario;
  const Verdict verdict = judge(loaded, run);
  Lister list(verdict, run.session->trace().steps());
  for (const ExpectedEvent& event : scenario.events) list.add("events", to_string(event), event.mark, true);
  for (const PlaceExpectations& at : scenario.at) {
    if (list.add_unreached(at)) continue;
    for (const Expectation& one : at.expect) {
      list.add("at", at.place_text + ": " + one.comparison.text, one.mark, true);
    }
  }
  for (const Expectation& one : scenario.always) list.add("always", one.comparison.text, one.mark, false);
  for (const Expectation& one : scenario.finally) list.add("finally", one.comparison.text, one.mark, true);
  for (const ExpectedEvent& event : scenario.never) list.add("never", to_string(event), event.mark, false);
  return list.finish();
}

}  // namespace gogoscope
