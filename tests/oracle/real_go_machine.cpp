#include "tests/oracle/real_go_machine.h"

#include <stdexcept>

#include "emu/linux/process.h"
#include "emu/live/live.h"
#include "tests/oracle/real_go_compare.h"

#ifndef GOGOSCOPE_REAL_GO_PROGRAMS
#define GOGOSCOPE_REAL_GO_PROGRAMS ""
#endif

namespace gogoscope::oracle {

std::shared_ptr<const Binary> real_go_binary(const std::string& program) {
  const std::string folder = GOGOSCOPE_REAL_GO_PROGRAMS;
  if (folder.empty()) return nullptr;
  auto read = read_binary_here(file_text(folder + "/" + program));
  if (const auto* const why = std::get_if<Message>(&read)) throw std::runtime_error(why->in(Language::en));
  return std::make_shared<Binary>(std::get<Binary>(std::move(read)));
}

std::shared_ptr<const Binary> real_go_binary_of_tables(const std::string& program) {
  auto binary = real_go_binary(program);
  const bool known = binary != nullptr && binary->layout.release().starts_with(kRealGoRelease) &&
                     binary->layout.release().substr(kRealGoRelease.size()).starts_with('.');
  return known ? binary : nullptr;
}

std::unique_ptr<Session> run_in_the_machine(const std::string& program, const Binary& binary,
                                            const MachineSettings& settings) {
  ProcessOptions options;
  options.name = program;
  options.arguments = {"/" + program};
  options.environment = {"GOGC=off", "GODEBUG=asyncpreemptoff=1"};
  options.procs = settings.procs;
  options.turns.quantum = settings.quantum;
  auto made = make_process(binary, options);
  if (const auto* const why = std::get_if<Message>(&made)) throw std::runtime_error(why->in(Language::en));
  auto session = live_session(std::get<Program>(made));
  session->execute({CommandId::run});
  const Stop* const end = session->trace().end();
  if (end == nullptr || end->reason != StopReason::exit) throw std::runtime_error(program + " does not exit");
  return session;
}

}  // namespace gogoscope::oracle
