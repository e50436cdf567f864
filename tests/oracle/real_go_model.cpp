#include "tests/oracle/real_go_model.h"

#include <stdexcept>

#include "emu/live/live.h"
#include "emu/runtime/program.h"
#include "tests/oracle/real_go_reader.h"

namespace gogoscope::oracle {

Moments model_run(const std::string& program, std::vector<Mutation> mutations) {
  ProgramOptions options;
  options.name = program;
  options.bodies = {{"bodies", file_text(real_go_file(program + ".s"))}};
  options.mutations = std::move(mutations);
  const auto built = build_program(options);
  if (const auto* problems = std::get_if<1>(&built)) throw std::runtime_error(format(problems->front()));
  const auto session = live_session(std::get<0>(built));
  session->execute({CommandId::run});
  return moments_of(session->trace());
}

}  // namespace gogoscope::oracle
