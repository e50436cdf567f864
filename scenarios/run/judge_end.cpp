#include "scenarios/run/judge_end.h"

#include <algorithm>

#include "scenarios/told/ending.h"

namespace gogoscope {
namespace {

Message describe(StopReason reason, const Text& detail, int exit_code) {
  if (reason == StopReason::exit)
    return {{"exits with code {code}", "以代码 {code} 退出"}, {{"code", exit_code}}};
  return {
      {"stops with a {reason}{detail}", "因 {reason} 停止{detail}"},
      {{"reason", name(reason)},
       {"detail", detail.empty() ? Message() : Message({": {detail}", "：{detail}"}, {{"detail", detail}})}}};
}

/// The message, and under it where the run ended and what each goroutine waits for.
Message with_place(Message message, const Ending& ending) {
  Message out({"{message}\n    at {where}", "{message}\n    位置：{where}"},
              {{"message", message}, {"where", ending.where}});
  for (const Message& line : ending.waiting) {
    out = Message({"{above}\n    {line}", "{above}\n    {line}"}, {{"above", out}, {"line", line}});
  }
  return out;
}

/// What went wrong first, before what came of it.
Message found(const Stop& stop, const Ending& ending) {
  const Message end = describe(stop.reason, stop.detail, stop.exit_code);
  if (ending.overrun.empty()) return {{"it {end}", "它{end}"}, {{"end", end}}};
  return {{"{overrun}; in the end it {end}", "{overrun}；最后它{end}"},
          {{"overrun", ending.overrun}, {"end", end}}};
}

/// Whether one of the places that the report names is the one expected: the same function, and its line or
/// offset if one is given.
bool is_there(const Place& place, const Ending& ending, const Code& code) {
  const auto resolved = resolve(place, code);
  const auto* const pcs = std::get_if<std::vector<CodeAddr>>(&resolved);
  if (pcs == nullptr) return false;
  return std::ranges::any_of(ending.places, [&](const EndPlace& there) {
    if (there.function == nullptr || there.function->name != place.function) return false;
    if (!place.line && place.offset == 0) return true;
    return std::ranges::any_of(*pcs, [&](CodeAddr pc) {
      const Instruction* const instruction = code.instruction_at(pc);
      return pc == there.pc || (place.line && instruction != nullptr && instruction->line == there.line);
    });
  });
}

}  // namespace

EndMatch match_end(const ExpectedStop& expected, const Stop* stop) {
  const int wanted_code = expected.exit_code.value_or(0);
  const bool exits = expected.reason == StopReason::exit;
  EndMatch out;
  out.reason = stop == nullptr
                   ? expected.reason == StopReason::budget
                   : stop->reason == expected.reason && (!exits || stop->exit_code == wanted_code);
  out.detail = stop == nullptr || stop->detail.en.find(expected.detail_contains) != std::string::npos;
  // The process of a run that has not ended has no code, which is none of those that can be expected.
  const int code = stop == nullptr ? -1 : process_exit_code(*stop).value_or(-1);
  out.exit_code = exits || !expected.exit_code || code == *expected.exit_code;
  return out;
}

void judge_end(const Scenario& scenario, const Trace& trace, const Told& told, Verdict& verdict) {
  const ExpectedStop& expected = scenario.stop;
  const Stop* const stop = trace.end();
  // A run stops where an invariant breaks unexpectedly, and that is reported by itself.
  const std::vector<Event>& events = told.events;
  const bool broke = !events.empty() && events.back().as<InvariantBreak>() != nullptr &&
                     events.back().step + 1 == trace.steps();
  const bool budget = expected.reason == StopReason::budget;
  if (stop == nullptr && broke && !scenario.breaks && !budget) return;

  const int wanted_code = expected.exit_code.value_or(0);
  const int code = stop == nullptr ? -1 : process_exit_code(*stop).value_or(-1);
  const EndMatch match = match_end(expected, stop);
  if (match.all() && !expected.place) return;

  std::vector<SourceInFile> in_files = {{kBodiesSource, scenario.path, scenario.bodies.first_line}};
  for (const IncludedFile& file : scenario.includes) {
    in_files.push_back({file.name, file.path, file.bodies.first_line});
  }
  const Ending ending = ending_of(trace, in_files);
  FileMark mark = expected.mark;
  if (mark.line == 0 && ending.line > 0) {
    const std::size_t file = ending.source;
    const Bodies& bodies = file == 0 ? scenario.bodies : scenario.includes[file - 1].bodies;
    mark = {bodies.first_line + static_cast<int>(ending.line) - 1, bodies.indent + ending.column, 1,
            static_cast<int>(file)};
  }
  const Message wanted = describe(expected.reason, {}, wanted_code);
  const Message end =
      stop == nullptr ? Message({"goes on after {n} steps", "{n} 步之后还在继续"}, {{"n", scenario.budget}})
                      : describe(stop->reason, stop->detail, stop->exit_code);
  FailureParts parts{"finally", {}, wanted, end, {}, trace.steps()};
  Message message;
  if (!match.reason && stop == nullptr) {
    message = with_place(ending.overrun.empty()
                             ? Message({"the run did not stop within its budget of {n} steps",
                                        "运行没有在 {n} 步的预算内停止"},
                                       {{"n", scenario.budget}})
                             : Message({"{overrun}; the run did not stop within its budget of {n} steps",
                                        "{overrun}；运行没有在 {n} 步的预算内停止"},
                                       {{"overrun", ending.overrun}, {"n", scenario.budget}}),
                         ending);
  } else if (!match.reason) {
    message = {{"expected that the run {wanted}, but {found}", "运行应{wanted}，但{found}"},
               {{"wanted", wanted}, {"found", found(*stop, ending)}}};
    if (stop->reason != StopReason::exit) message = with_place(message, ending);
  } else if (!match.detail) {
    parts.expected = Message::untranslated(expected.detail_contains);
    message = with_place(
        {{"expected a {reason} whose detail contains \"{wanted}\", but it is \"{detail}\"",
          "{reason} 的说明里应有“{wanted}”，却是“{detail}”"},
         {{"reason", name(stop->reason)}, {"wanted", expected.detail_contains}, {"detail", stop->detail.en}}},
        ending);
  } else if (!match.exit_code) {
    mark = expected.exit_mark;
    parts.expected = describe(StopReason::exit, {}, wanted_code);
    parts.got = describe(StopReason::exit, {}, code);
    message = {
        {"expected that the process exits with code {wanted}, but a {reason} ends it with code {found}",
         "进程应以代码 {wanted} 退出，但 {reason} 使它以代码 {found} 结束"},
        {{"wanted", wanted_code}, {"reason", name(stop->reason)}, {"found", code}}};
  } else if (!is_there(*expected.place, ending, trace.guest().code)) {
    mark = expected.place_mark;
    parts.place = expected.place_text;
    parts.expected = Message::untranslated(expected.place_text);
    parts.got = ending.where;
    message = with_place(
        {{"expected that the run stops at {place}, but it does not", "运行应停在 {place}，却没有停在那里"},
         {{"place", expected.place_text}}},
        ending);
  }
  if (!message.empty()) verdict.failures.push_back({mark, message, at_the_end(told), parts});
}

}  // namespace gogoscope
