#include "scenarios/format/process.h"

#include "emu/linux/process.h"
#include "scenarios/go/go_program.h"

namespace gogoscope {

std::variant<Program, Message> make_process(const ProgramPlan& plan, const MachineSettings& machine) {
  ProcessOptions options;
  options.name = program_name(plan.path);
  options.arguments = {"/" + options.name};
  options.arguments.insert(options.arguments.end(), plan.arguments.begin(), plan.arguments.end());
  options.environment = plan.environment;
  options.input = plan.input;
  options.files = plan.files;
  options.procs = machine.procs;
  options.turns = machine.turns;
  options.step_budget = machine.budget;
  options.sources = sources_of(*plan.binary);
  return make_process(*plan.binary, options);
}

}  // namespace gogoscope
