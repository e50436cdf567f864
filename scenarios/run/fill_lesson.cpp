#include "scenarios/run/fill_lesson.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "asm/text/printable.h"
#include "emu/layout/describe.h"
#include "emu/session/arrival.h"
#include "emu/session/command_text.h"
#include "scenarios/format/read_events.h"
#include "scenarios/run/around.h"
#include "scenarios/run/fill_question.h"
#include "scenarios/run/moments.h"

namespace gogoscope {
namespace {

/// The moment that a WHERE means; nothing if the run does not come there.
std::optional<Cursor> moment(const Where& where, const Trace& trace) {
  if (where.kind == Where::Kind::place) return arrival_at(where.place, trace);
  Cursor end(trace);
  end.seek(trace.steps());
  return end;
}

class LessonFiller {
 public:
  LessonFiller(const Scenario& scenario, const Trace& trace, const std::vector<Event>& events)
      : scenario_(scenario),
        trace_(trace),
        goroutines_(scenario.goroutines, trace, events),
        told_{events, trace.guest(), goroutines_} {}

  FilledLesson fill() {
    const LessonPlan& plan = *scenario_.lesson;
    out_.lesson.name = scenario_.name;
    out_.lesson.goal = plan.goal;
    out_.lesson.steps = trace_.steps();
    for (const PlannedStop& stop : plan.stops) this->stop(stop);
    return std::move(out_);
  }

 private:
  void stop(const PlannedStop& plan) {
    const std::optional<Cursor> at = moment(plan.at, trace_);
    if (!at) {
      out_.problems.push_back(
          {plan.mark,
           {{"the run never comes to the stop at {place}", "运行从未到达 {place} 处的停靠点"},
            {{"place", plan.at_text}}},
           trace_.steps()});
      return;
    }
    const std::uint64_t state = at->position();
    if (!out_.lesson.stops.empty() && state < out_.lesson.stops.back().state) {
      out_.problems.push_back(
          {plan.mark,
           {{"this stop, state {state}, comes before the one above it, state {above}: stops are in the order "
             "of the run",
             "这个停靠点（状态 {state}）在它上面那个（状态 {above}）之前：停靠点要按运行的顺序"},
            {{"state", state}, {"above", out_.lesson.stops.back().state}}},
           state});
      return;
    }
    LessonStop stop;
    stop.state = state;
    stop.id = stop.at = plan.at_text;
    stop.title = plan.title;
    stop.picture = {plan.picture.name, plan.picture.shows};
    for (int n = 2; find_stop(out_.lesson, stop.id) != nullptr; ++n)
      stop.id = fmt::format("{} ({})", plan.at_text, n);
    QuestionFiller filler(trace_, told_, *at, out_.problems);
    stop.say = filler.text(plan.say, *at);
    stop.tries = filler.text(plan.tries, *at);
    deed(plan, state, stop);
    for (const PlannedLook& look : plan.look) {
      Look one{look.name, std::nullopt};
      if (look.value) {
        const auto value = filler.value(*look.value, look.mark, *at);
        if (!value) continue;
        one.value = *value;
      }
      stop.look.push_back(std::move(one));
    }
    for (const PlannedQuestion& question : plan.ask) {
      std::optional<Question> one = filler.question(question);
      if (!one) continue;
      const std::string id = one->id;
      for (int n = 2; find_question(stop, one->id) != nullptr; ++n) one->id = fmt::format("{} ({})", id, n);
      stop.ask.push_back(std::move(*one));
    }
    out_.lesson.stops.push_back(std::move(stop));
  }

  /// What `try` does must be possible: a typing error is found by whoever writes it.
  void deed(const PlannedStop& plan, std::uint64_t state, LessonStop& out) {
    out.edit = plan.edit;
    out.opens = plan.opens;
    if (!plan.edit.empty()) {
      const auto command = parse_command(CommandId::edit, plan.edit, trace_.guest().code);
      if (const auto* const why = std::get_if<Message>(&command))
        out_.problems.push_back({plan.try_mark, *why, state});
    }
    std::error_code error;
    const auto path = std::filesystem::path(scenario_.path).parent_path() / plan.opens;
    if (!plan.opens.empty() && !scenario_.path.empty() && !std::filesystem::exists(path, error))
      out_.problems.push_back(
          {plan.try_mark,
           {{"there is no file {path}", "没有文件 {path}"}, {{"path", in_quotes(plan.opens)}}},
           state});
  }

  const Scenario& scenario_;
  const Trace& trace_;
  Goroutines goroutines_;
  Told told_;
  FilledLesson out_;
};

}  // namespace

FilledLesson fill_lesson(const Scenario& scenario, const Trace& trace, const std::vector<Event>& events) {
  return LessonFiller(scenario, trace, events).fill();
}

}  // namespace gogoscope
