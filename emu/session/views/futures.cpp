#include "emu/session/views/futures.h"

#include <algorithm>

#include "emu/check/run_events.h"

namespace gogoscope {
namespace {

/// A branch's own part, looked at in a copy of the record that has it.
std::vector<Event> look_at(const Trace& run, Future& future) {
  future.steps = run.steps();
  if (run.end() != nullptr) future.end = *run.end();
  Cursor cursor(run);
  cursor.seek(future.from);
  if (!cursor.at_end()) future.first = cursor.next();
  if (run.steps() > Futures::kMostSteps) return {};
  RunEvents events(run);
  events.follow(run.steps());
  std::vector<Event> out;
  for (const Event& event : events.all()) {
    if (event.step >= future.from) out.push_back(event);
  }
  return out;
}

/// The first of a branch's events that is not the record's at the same place among those after the fork.
std::optional<Event> difference(const std::vector<Event>& of_branch, const std::vector<Event>& of_record,
                                std::uint64_t from) {
  auto other = std::partition_point(of_record.begin(), of_record.end(),
                                    [&](const Event& event) { return event.step < from; });
  for (const Event& event : of_branch) {
    if (other == of_record.end() || other->m != event.m || other->what != event.what) return event;
    ++other;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Future> Futures::of(const Trace& trace, const std::vector<Event>& events) {
  const std::vector<RunBranch> branches = trace.branches();
  Future record;
  record.steps = trace.steps();
  if (trace.end() != nullptr) record.end = *trace.end();
  if (const auto last = trace.last_by_hand()) {
    record.by_hand = true;
    record.from = *last;
    Cursor cursor(trace);
    cursor.seek(*last);
    record.first = cursor.next();
  }
  std::vector<Future> all{record};
  std::map<int, Known> still_known;
  for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
    auto known = known_.extract(branch->id);
    if (known.empty()) {
      Known one;
      one.future.branch = branch->id;
      one.future.from = branch->from;
      one.future.by_hand = branch->by_hand;
      const std::unique_ptr<Trace> run = trace.copy_with_branch(branch->id);
      one.events = look_at(*run, one.future);
      known = still_known.extract(still_known.emplace(branch->id, std::move(one)).first);
    }
    Known& one = known.mapped();
    one.future.differs = difference(one.events, events, branch->from);
    all.push_back(one.future);
    still_known.insert(std::move(known));
  }
  known_ = std::move(still_known);
  return all;
}

}  // namespace gogoscope
