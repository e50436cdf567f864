#include "tests/linux/go_run.h"

#include "emu/history/output.h"

namespace gogoscope {

Program process(const std::vector<std::string>& arguments, const RunSettings& settings) {
  ProcessOptions options;
  options.name = "program";
  options.arguments = {"/program"};
  options.arguments.insert(options.arguments.end(), arguments.begin(), arguments.end());
  options.environment = settings.environment;
  options.turns.quantum = settings.quantum;
  options.procs = settings.procs;
  options.step_budget = settings.budget;
  return std::get<Program>(make_process(*go_program(), options));
}

std::vector<Event> Recording::events() const {
  RunEvents events(trace);
  events.follow(trace.steps());
  return events.all();
}

Done Recording::done() const {
  const std::vector<Event> all = events();
  const Stop* const end = trace.end();
  return {output(all, 1, trace.steps()), output(all, 2, trace.steps()),
          end != nullptr && end->reason == StopReason::exit ? end->exit_code : -1};
}

Image Recording::last() const {
  Cursor cursor(trace);
  cursor.seek(trace.steps());
  return cursor.state();
}

Done in_the_machine(const std::vector<std::string>& arguments, const RunSettings& settings) {
  Recording recording(process(arguments, settings));
  recording.to_the_end();
  return recording.done();
}

void expect_the_same_natively(const std::string& part, const RunSettings& settings) {
  SCOPED_TRACE(part);
  const Done native = natively({part}, settings.environment), ours = in_the_machine({part}, settings);
  EXPECT_EQ(ours.out, native.out);
  EXPECT_EQ(without_what_varies(ours.err), without_what_varies(native.err));
  EXPECT_EQ(ours.code, native.code);
}

}  // namespace gogoscope
